using System.Composition;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT013: leaves a property of an attribute at its default.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveAttributeValueFix)), Shared]
public sealed class RemoveAttributeValueFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public RemoveAttributeValueFix()
        : base(RuleIdentifiers.AttributeValue)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (ArgumentOf(diagnostic, node) is { NameEquals: { } name, Parent: AttributeArgumentListSyntax list } argument)
        {
            OfferRoot(context, diagnostic, $"Remove '{name.Name.Identifier.Text}', so that its default applies", () =>
                list.Arguments.Count == 1 ? root.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)! : root.ReplaceNode(list, Without(list, argument)));
        }

        return Task.CompletedTask;
    }

    // The finding stands at the argument, or at the attribute and names the property.
    private static AttributeArgumentSyntax? ArgumentOf(Diagnostic diagnostic, SyntaxNode node)
    {
        if (node is not AttributeSyntax { ArgumentList: { } list })
        {
            return node.FirstAncestorOrSelf<AttributeArgumentSyntax>();
        }

        var message = diagnostic.GetMessage(CultureInfo.InvariantCulture);
        var named = list.Arguments.Where(a => a.NameEquals is { } name && message.Contains($" {name.Name.Identifier.Text} ")).ToArray();
        return named.Length == 1 ? named[0] : null;
    }

    private static AttributeArgumentListSyntax Without(AttributeArgumentListSyntax list, AttributeArgumentSyntax argument)
    {
        var first = list.Arguments[0] == argument;
        var rest = list.WithArguments(list.Arguments.Remove(argument));
        return first ? rest.ReplaceNode(rest.Arguments[0], rest.Arguments[0].WithLeadingTrivia()) : rest;
    }
}
