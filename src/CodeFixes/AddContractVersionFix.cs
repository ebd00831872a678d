using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT805: states the version that an event without one has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddContractVersionFix)), Shared]
public sealed class AddContractVersionFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public AddContractVersionFix()
        : base(RuleIdentifiers.ContractVersion)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is { ArgumentList.Arguments: [{ NameEquals: null }] } attribute)
        {
            OfferRoot(context, diagnostic, "Add Version = 1", () =>
            {
                var arguments = attribute.ArgumentList.Arguments;
                var version = SyntaxFactory.AttributeArgument(SyntaxFactory.ParseExpression("1"))
                    .WithNameEquals(SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("Version").WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)));
                return root.ReplaceNode(attribute, attribute.WithArgumentList(attribute.ArgumentList.WithArguments(
                    SyntaxFactory.SeparatedList([arguments[0], version], [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)]))));
            });
        }

        return Task.CompletedTask;
    }
}
