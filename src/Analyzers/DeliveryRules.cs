using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers;

/// <summary>The rules of what starts a function and of how messages are delivered to it.</summary>
internal static class DeliveryRules
{
    private const string Category = "Portable.Functions";

    public static readonly DiagnosticDescriptor EventType = new(
        RuleIdentifiers.EventType,
        "An event trigger says which events",
        "Function '{0}' {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.EventType));

    public static readonly DiagnosticDescriptor NotOnEveryCloud = new(
        RuleIdentifiers.NotOnEveryCloud,
        "A trigger is one that every targeted cloud has",
        "Function '{0}' {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.NotOnEveryCloud));

    public static readonly DiagnosticDescriptor LessOnSomeCloud = new(
        RuleIdentifiers.LessOnSomeCloud,
        "A trigger says less on some targeted cloud",
        "Function '{0}' {1}",
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.LessOnSomeCloud));

    public static readonly DiagnosticDescriptor MisplacedPolicy = new(
        RuleIdentifiers.MisplacedPolicy,
        "A delivery policy stands where it does something",
        "Function '{0}' {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.MisplacedPolicy));

    public static readonly DiagnosticDescriptor OneTimeZone = new(
        RuleIdentifiers.OneTimeZone,
        "Schedules of an application for Azure share one time zone",
        "Function '{0}' {1}",
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.OneTimeZone));

    public static readonly DiagnosticDescriptor UnusableValidation = new(
        RuleIdentifiers.UnusableValidation,
        "A validation attribute can be made by emitted code",
        "'{0}' {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.UnusableValidation));

    public static readonly DiagnosticDescriptor LostAfterRetries = new(
        RuleIdentifiers.LostAfterRetries,
        "What fails to the end is kept somewhere",
        "Function '{0}' {1}",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.LostAfterRetries));
}
