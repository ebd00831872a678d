using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers;

/// <summary>
/// Every rule, in one table. The parser states what is wrong and the way out in whole clauses, so most messages are
/// "the thing" and "the clause".
/// </summary>
internal static class RuleDescriptors
{
    private const string Functions = "Portable.Functions";
    private const string Json = "Portable.Json";
    private const string Workflows = "Portable.Workflows";

    public static readonly DiagnosticDescriptor ExactlyOneTrigger = new(
        RuleIdentifiers.ExactlyOneTrigger,
        "A function has exactly one trigger",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.ExactlyOneTrigger));

    public static readonly DiagnosticDescriptor FunctionName = new(
        RuleIdentifiers.FunctionName,
        "A function's name must be valid on every cloud",
        "The function name '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.FunctionName));

    public static readonly DiagnosticDescriptor DuplicateFunctionName = new(
        RuleIdentifiers.DuplicateFunctionName,
        "Function names are unique, ignoring case",
        "The function name '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.DuplicateFunctionName));

    public static readonly DiagnosticDescriptor ParameterCannotBeBound = new(
        RuleIdentifiers.ParameterCannotBeBound,
        "A parameter cannot be bound",
        "'{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.ParameterCannotBeBound));

    public static readonly DiagnosticDescriptor MalformedRoute = new(
        RuleIdentifiers.MalformedRoute,
        "An HTTP trigger's method and route must be well formed",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.MalformedRoute));

    public static readonly DiagnosticDescriptor RouteParameterMissing = new(
        RuleIdentifiers.RouteParameterMissing,
        "Route and parameters must agree",
        "'{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.RouteParameterMissing));

    public static readonly DiagnosticDescriptor SeveralPayloads = new(
        RuleIdentifiers.SeveralPayloads,
        "A function has at most one payload",
        "Parameter '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.SeveralPayloads));

    public static readonly DiagnosticDescriptor ReturnType = new(
        RuleIdentifiers.ReturnType,
        "A function's return type must fit its trigger",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.ReturnType));

    public static readonly DiagnosticDescriptor HandlerNotCallable = new(
        RuleIdentifiers.HandlerNotCallable,
        "Emitted code must be able to call the handler",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.HandlerNotCallable));

    public static readonly DiagnosticDescriptor MalformedCron = new(
        RuleIdentifiers.MalformedCron,
        "A schedule is five cron fields that every cloud takes",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.MalformedCron));

    public static readonly DiagnosticDescriptor StartupClass = new(
        RuleIdentifiers.StartupClass,
        "An application has one startup class, which emitted code can make",
        "Startup class '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.StartupClass));

    public static readonly DiagnosticDescriptor HandlerConstructor = new(
        RuleIdentifiers.HandlerConstructor,
        "A handler's class has one constructor whose parameters are services",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.HandlerConstructor));

    public static readonly DiagnosticDescriptor AttributeValue = new(
        RuleIdentifiers.AttributeValue,
        "An attribute's value is out of range",
        "'{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.AttributeValue));

    /// <summary>
    /// An error where reflection is gone (AOT, trimming), else information. The compiler skips analyzers whose every rule is
    /// milder than a warning, hence the default.
    /// </summary>
    public static readonly DiagnosticDescriptor PayloadWithoutJsonContext = new(
        RuleIdentifiers.PayloadWithoutJsonContext,
        "A payload's type is in no JsonSerializerContext",
        "'{0}' {1}",
        Json,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.PayloadWithoutJsonContext));

    public static readonly DiagnosticDescriptor WorkflowJsonNaming = new(
        RuleIdentifiers.WorkflowJsonNaming,
        "The payloads of a workflow follow one JSON naming policy",
        "Workflow '{0}' {1}",
        Json,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.WorkflowJsonNaming));

    public static readonly DiagnosticDescriptor WorkflowSignature = new(
        RuleIdentifiers.WorkflowSignature,
        "A workflow is an async method of IWorkflow and at most one input",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.WorkflowSignature));

    public static readonly DiagnosticDescriptor StepSignature = new(
        RuleIdentifiers.StepSignature,
        "A step returns a task and takes at most one payload",
        "Step '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.StepSignature));

    public static readonly DiagnosticDescriptor UnsupportedStatement = new(
        RuleIdentifiers.UnsupportedStatement,
        "A statement cannot be part of a workflow",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.UnsupportedStatement));

    public static readonly DiagnosticDescriptor UnsupportedExpression = new(
        RuleIdentifiers.UnsupportedExpression,
        "An expression cannot be part of a workflow",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.UnsupportedExpression));

    public static readonly DiagnosticDescriptor ForeignAwait = new(
        RuleIdentifiers.ForeignAwait,
        "A workflow awaits nothing but its own IWorkflow",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.ForeignAwait));

    public static readonly DiagnosticDescriptor NotAStep = new(
        RuleIdentifiers.NotAStep,
        "flow.Step takes a step of the workflow's class",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.NotAStep));

    public static readonly DiagnosticDescriptor InferenceSignature = new(
        RuleIdentifiers.InferenceSignature,
        "An inference is a partial method of one payload and a result",
        "Inference '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.InferenceSignature));

    public static readonly DiagnosticDescriptor WorkflowName = new(
        RuleIdentifiers.WorkflowName,
        "A workflow's name is unique and valid on every engine",
        "The workflow name '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.WorkflowName));

    public static readonly DiagnosticDescriptor UnsupportedCatch = new(
        RuleIdentifiers.UnsupportedCatch,
        "A workflow catches StepFailed and nothing else",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.UnsupportedCatch));

    public static readonly DiagnosticDescriptor BranchAssignsOuter = new(
        RuleIdentifiers.BranchAssignsOuter,
        "A branch assigns no variable of the workflow around it",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.BranchAssignsOuter));

    public static readonly DiagnosticDescriptor FanOut = new(
        RuleIdentifiers.FanOut,
        "Branches and elements run as every engine can run them",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.FanOut));

    public static readonly DiagnosticDescriptor EventWait = new(
        RuleIdentifiers.EventWait,
        "An event has a constant name and a timeout",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.EventWait));

    public static readonly DiagnosticDescriptor ChildWorkflow = new(
        RuleIdentifiers.ChildWorkflow,
        "A child is a workflow of the project",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.ChildWorkflow));

    public static readonly DiagnosticDescriptor Compensation = new(
        RuleIdentifiers.Compensation,
        "A step is undone by a step that takes its result or payload",
        "Step '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.Compensation));

    public static readonly DiagnosticDescriptor ExpressWorkflow = new(
        RuleIdentifiers.ExpressWorkflow,
        "An Express workflow is short and waits for nothing outside",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.ExpressWorkflow));

    public static readonly DiagnosticDescriptor SharedList = new(
        RuleIdentifiers.SharedList,
        "A list that is added to has one name",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.SharedList));

    public static readonly DiagnosticDescriptor EventContract = new(
        RuleIdentifiers.EventContract,
        "A published event's type says what event it is",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.EventContract));

    public static readonly DiagnosticDescriptor ThrownFailure = new(
        RuleIdentifiers.ThrownFailure,
        "A workflow throws StepFailed and nothing else",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.ThrownFailure));

    public static readonly DiagnosticDescriptor IdempotencyKey = new(
        RuleIdentifiers.IdempotencyKey,
        "An idempotency key is a member of the payload",
        "Step '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.IdempotencyKey));

    public static readonly DiagnosticDescriptor Duration = new(
        RuleIdentifiers.Duration,
        "A wait ends within a year",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.Duration));

    public static readonly DiagnosticDescriptor OwnFunction = new(
        RuleIdentifiers.OwnFunction,
        "A function of the workflow is one whose statements can stand where it is called",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.OwnFunction));

    public static readonly DiagnosticDescriptor MisplacedAttribute = new(
        RuleIdentifiers.MisplacedAttribute,
        "An attribute stands where it does something",
        "'{0}' {1}",
        Workflows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.MisplacedAttribute));

    public static readonly DiagnosticDescriptor NotReplayable = new(
        RuleIdentifiers.NotReplayable,
        "A workflow takes time, identifiers and chance from the engine",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.NotReplayable));

    public static readonly DiagnosticDescriptor LiftingForbidden = new(
        RuleIdentifiers.LiftingForbidden,
        "A [Native] workflow has no generated steps",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.LiftingForbidden));

    public static readonly DiagnosticDescriptor LiftedExpression = new(
        RuleIdentifiers.LiftedExpression,
        "An expression becomes a generated step",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.LiftedExpression));

    public static readonly DiagnosticDescriptor GoogleWorkflowsLimit = new(
        RuleIdentifiers.GoogleWorkflowsLimit,
        "A workflow stays within the limits of Google Workflows",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLink(RuleIdentifiers.GoogleWorkflowsLimit));

    /// <summary>Every rule by its id.</summary>
    public static ImmutableDictionary<string, DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        ExactlyOneTrigger,
        FunctionName,
        DuplicateFunctionName,
        ParameterCannotBeBound,
        MalformedRoute,
        RouteParameterMissing,
        SeveralPayloads,
        ReturnType,
        HandlerNotCallable,
        MalformedCron,
        StartupClass,
        HandlerConstructor,
        AttributeValue,
        PayloadWithoutJsonContext,
        WorkflowJsonNaming,
        WorkflowSignature,
        StepSignature,
        UnsupportedStatement,
        UnsupportedExpression,
        ForeignAwait,
        NotAStep,
        InferenceSignature,
        WorkflowName,
        UnsupportedCatch,
        BranchAssignsOuter,
        FanOut,
        EventWait,
        ChildWorkflow,
        Compensation,
        ExpressWorkflow,
        SharedList,
        EventContract,
        ThrownFailure,
        IdempotencyKey,
        Duration,
        NotReplayable,
        LiftingForbidden,
        LiftedExpression,
        OwnFunction,
        MisplacedAttribute,
        GoogleWorkflowsLimit).ToImmutableDictionary(descriptor => descriptor.Id);

    /// <summary>The page that explains a rule.</summary>
    public static string HelpLink(string id) => $"https://github.com/portable-dotnet/portable/blob/main/docs/rules/{id}.md";
}
