using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT009, PORT701 and PORT702: makes a method and the types around it visible to emitted code.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeVisibleFix)), Shared]
public sealed class MakeVisibleFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public MakeVisibleFix()
        : base(RuleIdentifiers.HandlerNotCallable, RuleIdentifiers.WorkflowSignature, RuleIdentifiers.StepSignature)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (node is not MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method || method.Modifiers.Any(m => m.IsKind(SyntaxKind.OverrideKeyword)))
        {
            return Task.CompletedTask;
        }

        var hidden = method.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Where(IsHidden).ToArray();
        if (hidden.Length > 0)
        {
            OfferRoot(context, diagnostic, $"Make '{method.Identifier.Text}' internal", () => root.ReplaceNodes(hidden, (_, inner) => MakeInternal(inner)));
        }

        return Task.CompletedTask;
    }

    private static bool IsHidden(MemberDeclarationSyntax member)
    {
        var isNested = member is MethodDeclarationSyntax || (member is TypeDeclarationSyntax && member.Parent is TypeDeclarationSyntax);
        return isNested
            && member.Parent is not InterfaceDeclarationSyntax
            && (member.Modifiers.Any(SyntaxKind.PrivateKeyword) || !member.Modifiers.Any(m => m.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword));
    }

    private static MemberDeclarationSyntax MakeInternal(MemberDeclarationSyntax member)
    {
        var keyword = SyntaxFactory.Token(SyntaxKind.InternalKeyword);
        var stated = member.Modifiers.Where(m => m.Kind() is SyntaxKind.PrivateKeyword or SyntaxKind.ProtectedKeyword).ToArray();
        if (stated.Length > 0)
        {
            var modifiers = member.Modifiers.Replace(stated[0], keyword.WithTriviaFrom(stated[0]));
            foreach (var other in stated.Skip(1))
            {
                modifiers = modifiers.Remove(modifiers.First(m => m.IsKind(other.Kind())));
            }

            return member.WithModifiers(modifiers);
        }

        // In front of what is there, and behind the attributes.
        var first = member.Modifiers.Count > 0 ? member.Modifiers[0] : member is MethodDeclarationSyntax m ? m.ReturnType.GetFirstToken() : ((TypeDeclarationSyntax)member).Keyword;
        var spaced = keyword.WithLeadingTrivia(first.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space);
        var trimmed = member.ReplaceToken(first, first.WithLeadingTrivia());
        return trimmed.WithModifiers(trimmed.Modifiers.Insert(0, spaced));
    }
}
