using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers;

/// <summary>The rules of secrets.</summary>
internal static class SecretRules
{
    private const string Functions = "Portable.Functions";

    public static readonly DiagnosticDescriptor SecretPlace = new(
        RuleIdentifiers.SecretPlace,
        "A secret is a string that emitted code sets, and has no value in the code",
        "'{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.SecretPlace));

    public static readonly DiagnosticDescriptor SecretName = new(
        RuleIdentifiers.SecretName,
        "The name of a secret must be valid on every cloud",
        "'{0}' {1}",
        Functions,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.SecretName));
}
