using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Portable.Analyzers.Security;

/// <summary>Knows the names that people give to secrets, and what a literal is assigned to.</summary>
internal static class SecretNames
{
    private static readonly string[] Words = ["password", "passwd", "passphrase", "secret", "apikey", "accesskey", "privatekey", "clientkey", "signingkey", "accountkey", "token", "credential"];

    // What names a secret, or says where it is, is none.
    private static readonly string[] About = ["name", "id", "path", "file", "header", "parameter", "variable", "type", "endpoint", "url", "uri", "scheme", "prefix", "hint", "hash", "pattern", "policy", "issuer", "audience", "arn", "format", "label", "section"];

    /// <summary>The name of what a literal is assigned to, if it is the name of a secret.</summary>
    public static string? NameAt(SyntaxNode literal)
    {
        var name = literal.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => variable.Identifier.ValueText,
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
            EqualsValueClauseSyntax { Parent: ParameterSyntax parameter } => parameter.Identifier.ValueText,
            AssignmentExpressionSyntax assignment when assignment.Right == literal => NameOf(assignment.Left),
            ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Identifier.ValueText,
            ArgumentSyntax { NameColon: { } colon } => colon.Name.Identifier.ValueText,
            ArgumentSyntax { Parent: ArgumentListSyntax arguments } argument => Before(arguments, argument),
            _ => null,
        };
        return name is not null && IsSecret(name) ? name : null;
    }

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax key }] } => key.Token.ValueText,
        ImplicitElementAccessSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax key }] } => key.Token.ValueText,
        _ => null,
    };

    // Add("x-api-key", "..."), SetEnvironmentVariable("API_TOKEN", "...")
    private static string? Before(ArgumentListSyntax arguments, ArgumentSyntax argument)
    {
        var index = arguments.Arguments.IndexOf(argument);
        return index > 0 && arguments.Arguments[index - 1].Expression is LiteralExpressionSyntax key ? key.Token.ValueText : null;
    }

    private static bool IsSecret(string name)
    {
        if (name.Length > 80)
        {
            return false;
        }

        var plain = name.Replace("_", "").Replace("-", "").Replace(":", "").Replace(".", "");
        foreach (var end in About)
        {
            if (plain.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        foreach (var word in Words)
        {
            if (plain.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
            {
                return true;
            }
        }

        return plain.Equals("pwd", StringComparison.OrdinalIgnoreCase);
    }
}
