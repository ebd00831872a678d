using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers;

/// <summary>The rules of builds for Azure. Their ids are among those of the build's own errors.</summary>
internal static class AzureRules
{
    public static readonly DiagnosticDescriptor MissingExtension = new(
        RuleIdentifiers.MissingAzureExtension,
        "A trigger's extension package is referenced",
        "Function '{0}' {1}",
        "Portable.Build",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.MissingAzureExtension));
}
