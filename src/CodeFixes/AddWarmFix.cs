using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT508: keeps one instance warm.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddWarmFix)), Shared]
public sealed class AddWarmFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public AddWarmFix()
        : base(RuleIdentifiers.ColdPromise)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method && AttributeEdit.Append(root, method, AttributeEdit.Attribute("Warm", "(1)")) is { } changed)
        {
            OfferRoot(context, diagnostic, "Add [Warm(1)]", () => changed);
        }

        return Task.CompletedTask;
    }
}
