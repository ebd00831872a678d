using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers;

/// <summary>The rules of what functions send: to queues, buckets and the bus.</summary>
internal static class OutputRules
{
    private const string Functions = "Portable.Functions";

    public static readonly DiagnosticDescriptor OutputParameter = new(
        RuleIdentifiers.OutputParameter,
        "A queue or bucket says which one it is",
        "Parameter '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.OutputParameter));

    public static readonly DiagnosticDescriptor OutputName = new(
        RuleIdentifiers.OutputName,
        "The name of a queue or bucket must be valid on every cloud",
        "Parameter '{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.OutputName));

    public static readonly DiagnosticDescriptor PublishedPayload = new(
        RuleIdentifiers.PublishedPayload,
        "What is published on the bus says what event it is",
        "'{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.PublishedPayload));
}
