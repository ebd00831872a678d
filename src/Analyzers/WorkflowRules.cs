using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers;

/// <summary>The rules of workflows, steps and inferences.</summary>
internal static class WorkflowRules
{
    private const string Workflows = "Portable.Workflows";

    public static readonly DiagnosticDescriptor WorkflowSignature = new(
        RuleIdentifiers.WorkflowSignature,
        "A workflow is an async method of IWorkflow and at most one input",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.WorkflowSignature));

    public static readonly DiagnosticDescriptor StepSignature = new(
        RuleIdentifiers.StepSignature,
        "A step returns a task and takes at most one payload",
        "Step '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.StepSignature));

    public static readonly DiagnosticDescriptor UnsupportedStatement = new(
        RuleIdentifiers.UnsupportedStatement,
        "A statement cannot be part of a workflow",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.UnsupportedStatement));

    public static readonly DiagnosticDescriptor UnsupportedExpression = new(
        RuleIdentifiers.UnsupportedExpression,
        "An expression cannot be part of a workflow",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.UnsupportedExpression));

    public static readonly DiagnosticDescriptor ForeignAwait = new(
        RuleIdentifiers.ForeignAwait,
        "A workflow awaits nothing but its own IWorkflow",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ForeignAwait));

    public static readonly DiagnosticDescriptor NotAStep = new(
        RuleIdentifiers.NotAStep,
        "flow.Step takes a step of the workflow's class",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.NotAStep));

    public static readonly DiagnosticDescriptor InferenceSignature = new(
        RuleIdentifiers.InferenceSignature,
        "An inference is a partial method of one payload and a result",
        "Inference '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.InferenceSignature));

    public static readonly DiagnosticDescriptor WorkflowName = new(
        RuleIdentifiers.WorkflowName,
        "A workflow's name is unique and valid on every engine",
        "The workflow name '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.WorkflowName));

    public static readonly DiagnosticDescriptor UnsupportedCatch = new(
        RuleIdentifiers.UnsupportedCatch,
        "A workflow catches StepFailed and nothing else",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.UnsupportedCatch));

    public static readonly DiagnosticDescriptor BranchAssignsOuter = new(
        RuleIdentifiers.BranchAssignsOuter,
        "A branch assigns no variable of the workflow around it",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.BranchAssignsOuter));

    public static readonly DiagnosticDescriptor FanOut = new(
        RuleIdentifiers.FanOut,
        "Branches and elements run as every engine can run them",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.FanOut));

    public static readonly DiagnosticDescriptor EventWait = new(
        RuleIdentifiers.EventWait,
        "An event has a constant name and a timeout",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.EventWait));

    public static readonly DiagnosticDescriptor ChildWorkflow = new(
        RuleIdentifiers.ChildWorkflow,
        "A child is a workflow of the project",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ChildWorkflow));

    public static readonly DiagnosticDescriptor Compensation = new(
        RuleIdentifiers.Compensation,
        "A step is undone by a step that takes its result or payload",
        "Step '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.Compensation));

    public static readonly DiagnosticDescriptor ExpressWorkflow = new(
        RuleIdentifiers.ExpressWorkflow,
        "An Express workflow is short and waits for nothing outside",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ExpressWorkflow));

    public static readonly DiagnosticDescriptor SharedList = new(
        RuleIdentifiers.SharedList,
        "A list that is added to has one name",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.SharedList));

    public static readonly DiagnosticDescriptor EventContract = new(
        RuleIdentifiers.EventContract,
        "A published event's type says what event it is",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.EventContract));

    public static readonly DiagnosticDescriptor ThrownFailure = new(
        RuleIdentifiers.ThrownFailure,
        "A workflow throws StepFailed and nothing else",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ThrownFailure));

    public static readonly DiagnosticDescriptor IdempotencyKey = new(
        RuleIdentifiers.IdempotencyKey,
        "An idempotency key is a member of the payload",
        "Step '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.IdempotencyKey));

    public static readonly DiagnosticDescriptor Duration = new(
        RuleIdentifiers.Duration,
        "A wait ends within a year",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.Duration));

    public static readonly DiagnosticDescriptor OwnFunction = new(
        RuleIdentifiers.OwnFunction,
        "A function of the workflow is one whose statements can stand where it is called",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.OwnFunction));

    public static readonly DiagnosticDescriptor MisplacedAttribute = new(
        RuleIdentifiers.MisplacedAttribute,
        "An attribute stands where it does something",
        "'{0}' {1}",
        Workflows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.MisplacedAttribute));

    public static readonly DiagnosticDescriptor NotReplayable = new(
        RuleIdentifiers.NotReplayable,
        "A workflow takes time, identifiers and chance from the engine",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.NotReplayable));

    public static readonly DiagnosticDescriptor LiftingForbidden = new(
        RuleIdentifiers.LiftingForbidden,
        "A [Native] workflow has no generated steps",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.LiftingForbidden));

    public static readonly DiagnosticDescriptor LiftedExpression = new(
        RuleIdentifiers.LiftedExpression,
        "An expression becomes a generated step",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.LiftedExpression));

    public static readonly DiagnosticDescriptor GoogleWorkflowsLimit = new(
        RuleIdentifiers.GoogleWorkflowsLimit,
        "A workflow stays within the limits of Google Workflows",
        "Workflow '{0}' {1}",
        Workflows,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.GoogleWorkflowsLimit));

    /// <summary>All of them.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
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
        OwnFunction,
        MisplacedAttribute,
        NotReplayable,
        LiftingForbidden,
        LiftedExpression,
        GoogleWorkflowsLimit);
}
