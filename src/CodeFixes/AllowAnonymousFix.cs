using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT801: says that everybody may call an HTTP function. Who else may, only its author knows.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AllowAnonymousFix)), Shared]
public sealed class AllowAnonymousFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public AllowAnonymousFix()
        : base(RuleIdentifiers.NoAuthorization)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (node is not MethodDeclarationSyntax { AttributeLists: [.., var list] } method)
        {
            return Task.CompletedTask;
        }

        var attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::Portable.AllowAnonymous").WithAdditionalAnnotations(Simplifier.Annotation));
        OfferRoot(context, diagnostic, $"Let everybody call '{method.Identifier.Text}'", () => root.ReplaceNode(
            list,
            list.WithAttributes(SyntaxFactory.SeparatedList(
                [.. list.Attributes, attribute],
                [.. list.Attributes.GetSeparators(), SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)]))));
        return Task.CompletedTask;
    }
}
