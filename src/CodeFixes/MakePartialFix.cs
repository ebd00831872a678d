using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT707: makes an inference and the types around it partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix)), Shared]
public sealed class MakePartialFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public MakePartialFix()
        : base(RuleIdentifiers.InferenceSignature)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        // A body that someone wrote is not thrown away.
        if (node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { Body: null, ExpressionBody: null } method)
        {
            var missing = method.AncestorsAndSelf().OfType<MemberDeclarationSyntax>()
                .Where(m => m is MethodDeclarationSyntax or TypeDeclarationSyntax && !m.Modifiers.Any(SyntaxKind.PartialKeyword))
                .ToArray();
            if (missing.Length > 0)
            {
                OfferRoot(context, diagnostic, $"Make '{method.Identifier.Text}' partial", () => root.ReplaceNodes(missing, (_, inner) => MakePartial(inner)));
            }
        }

        return Task.CompletedTask;
    }

    private static MemberDeclarationSyntax MakePartial(MemberDeclarationSyntax member)
    {
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (member.Modifiers.Count > 0)
        {
            return member.WithModifiers(member.Modifiers.Add(partial));
        }

        // The first token's comments and indentation belong before the new modifier.
        return member switch
        {
            MethodDeclarationSyntax method => method
                .WithReturnType(method.ReturnType.WithoutLeadingTrivia())
                .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(method.ReturnType.GetLeadingTrivia()))),
            TypeDeclarationSyntax type => type
                .WithKeyword(type.Keyword.WithLeadingTrivia())
                .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(type.Keyword.LeadingTrivia))),
            _ => member,
        };
    }
}
