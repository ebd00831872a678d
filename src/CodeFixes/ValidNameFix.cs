using System.Composition;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT002 and PORT708: the nearest name that every cloud takes.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ValidNameFix)), Shared]
public sealed class ValidNameFix : PortableFix
{
    private const int LongestName = 50;

    /// <summary>Creates the fix.</summary>
    public ValidNameFix()
        : base(RuleIdentifiers.FunctionName, RuleIdentifiers.WorkflowName)
    {
    }

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null; // a name deserves a look of its own

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        // The finding stands at the attribute, or at the name within it.
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
        {
            return Task.CompletedTask;
        }

        var lowerCase = diagnostic.Id == RuleIdentifiers.WorkflowName;
        var argument = attribute.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals is null);
        var stated = argument is null
            ? attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.Identifier.ValueText
            : (argument.Expression as LiteralExpressionSyntax)?.Token.Value as string;
        if (stated is not null && NearestValid(stated, lowerCase) is { } name && name != stated)
        {
            OfferRoot(context, diagnostic, $"Name it \"{name}\"", () => argument is null
                ? root.ReplaceNode(attribute, WithName(attribute, name))
                : root.ReplaceNode(argument.Expression, Text(name).WithTriviaFrom(argument.Expression)));
        }

        return Task.CompletedTask;
    }

    private static string? NearestValid(string name, bool lowerCase)
    {
        var text = new StringBuilder(name.Length);
        var previous = '\0';
        foreach (var c in name)
        {
            if (c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or (>= 'A' and <= 'Z'))
            {
                if (lowerCase && c is >= 'A' and <= 'Z' && previous is (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                {
                    text.Append('-');
                }

                text.Append(lowerCase ? char.ToLowerInvariant(c) : c);
            }
            else if (text.Length > 0 && text[text.Length - 1] != '-')
            {
                text.Append('-');
            }

            previous = c;
        }

        // A leading digit cannot be repaired without inventing a word.
        var valid = (text.Length > LongestName ? text.ToString(0, LongestName) : text.ToString()).Trim('-');
        return valid.Length > 0 && !char.IsDigit(valid[0]) ? valid : null;
    }

    private static AttributeSyntax WithName(AttributeSyntax attribute, string name)
    {
        var others = attribute.ArgumentList?.Arguments ?? default;
        var arguments = SyntaxFactory.SeparatedList<AttributeArgumentSyntax>();
        arguments = arguments.Add(SyntaxFactory.AttributeArgument(Text(name)));
        arguments = arguments.AddRange(others.Select(a => a.WithLeadingTrivia(SyntaxFactory.Space)));
        return attribute.WithArgumentList(SyntaxFactory.AttributeArgumentList(arguments));
    }

    private static LiteralExpressionSyntax Text(string name) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name));
}
