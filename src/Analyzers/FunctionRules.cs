using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers;

/// <summary>The rules of functions and their payloads.</summary>
internal static class FunctionRules
{
    private const string Functions = "Portable.Functions";
    private const string Json = "Portable.Json";

    public static readonly DiagnosticDescriptor ExactlyOneTrigger = new(
        RuleIdentifiers.ExactlyOneTrigger,
        "A function has exactly one trigger",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ExactlyOneTrigger));

    public static readonly DiagnosticDescriptor FunctionName = new(
        RuleIdentifiers.FunctionName,
        "A function's name must be valid on every cloud",
        "The function name '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.FunctionName));

    public static readonly DiagnosticDescriptor DuplicateFunctionName = new(
        RuleIdentifiers.DuplicateFunctionName,
        "Function names are unique, ignoring case",
        "The function name '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.DuplicateFunctionName));

    public static readonly DiagnosticDescriptor ParameterCannotBeBound = new(
        RuleIdentifiers.ParameterCannotBeBound,
        "A parameter cannot be bound",
        "'{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ParameterCannotBeBound));

    public static readonly DiagnosticDescriptor MalformedRoute = new(
        RuleIdentifiers.MalformedRoute,
        "An HTTP trigger's method and route must be well formed",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.MalformedRoute));

    public static readonly DiagnosticDescriptor RouteParameterMissing = new(
        RuleIdentifiers.RouteParameterMissing,
        "Route and parameters must agree",
        "'{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.RouteParameterMissing));

    public static readonly DiagnosticDescriptor SeveralPayloads = new(
        RuleIdentifiers.SeveralPayloads,
        "A function has at most one payload",
        "Parameter '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.SeveralPayloads));

    public static readonly DiagnosticDescriptor ReturnType = new(
        RuleIdentifiers.ReturnType,
        "A function's return type must fit its trigger",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.ReturnType));

    public static readonly DiagnosticDescriptor HandlerNotCallable = new(
        RuleIdentifiers.HandlerNotCallable,
        "Emitted code must be able to call the handler",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.HandlerNotCallable));

    public static readonly DiagnosticDescriptor MalformedCron = new(
        RuleIdentifiers.MalformedCron,
        "A schedule is five cron fields that every cloud takes",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.MalformedCron));

    public static readonly DiagnosticDescriptor StartupClass = new(
        RuleIdentifiers.StartupClass,
        "An application has one startup class, which emitted code can make",
        "Startup class '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.StartupClass));

    public static readonly DiagnosticDescriptor HandlerConstructor = new(
        RuleIdentifiers.HandlerConstructor,
        "A handler's class has one constructor whose parameters are services",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.HandlerConstructor));

    public static readonly DiagnosticDescriptor AttributeValue = new(
        RuleIdentifiers.AttributeValue,
        "An attribute's value is out of range",
        "'{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.AttributeValue));

    public static readonly DiagnosticDescriptor IdempotencyTemplate = new(
        RuleIdentifiers.IdempotencyTemplate,
        "An idempotency key is made of members that have a text",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.IdempotencyTemplate));

    public static readonly DiagnosticDescriptor IdempotencySource = new(
        RuleIdentifiers.IdempotencySource,
        "[Idempotent] says one thing that the trigger delivers",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.IdempotencySource));

    public static readonly DiagnosticDescriptor NoIdempotencyStore = new(
        RuleIdentifiers.NoIdempotencyStore,
        "An idempotent function has a store on every cloud",
        "Function '{0}' {1}",
        Functions,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.NoIdempotencyStore));

    public static readonly DiagnosticDescriptor PayloadWithoutJsonContext = new(
        RuleIdentifiers.PayloadWithoutJsonContext,
        "A payload's type is in no JsonSerializerContext",
        "'{0}' {1}",
        Json,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.PayloadWithoutJsonContext));

    public static readonly DiagnosticDescriptor WorkflowJsonNaming = new(
        RuleIdentifiers.WorkflowJsonNaming,
        "The payloads of a workflow follow one JSON naming policy",
        "Workflow '{0}' {1}",
        Json,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.WorkflowJsonNaming));
}
