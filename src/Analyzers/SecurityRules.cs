using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers;

/// <summary>The rules of who may call a function.</summary>
internal static class SecurityRules
{
    private const string Security = "Portable.Security";

    public static readonly DiagnosticDescriptor NoAuthorization = new(
        RuleIdentifiers.NoAuthorization,
        "An HTTP function says who may call it",
        "Function '{0}' {1}",
        Security,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.NoAuthorization));

    public static readonly DiagnosticDescriptor AuthorizationPackage = new(
        RuleIdentifiers.AuthorizationPackage,
        "[Authorize] needs the package that validates tokens",
        "Function '{0}' {1}",
        Security,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.AuthorizationPackage));

    public static readonly DiagnosticDescriptor AuthorizationPolicy = new(
        RuleIdentifiers.AuthorizationPolicy,
        "A function has one policy that can be checked",
        "Function '{0}' {1}",
        Security,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpLinks.Of(RuleIdentifiers.AuthorizationPolicy));
}
