using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT001: makes a method that has a trigger a function.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddFunctionAttributeFix)), Shared]
public sealed class AddFunctionAttributeFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public AddFunctionAttributeFix()
        : base(RuleIdentifiers.ExactlyOneTrigger)
    {
    }

    private protected override Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        if (node is not MethodDeclarationSyntax method || Find(method, "Function") is not null
            || (Find(method, "HttpTrigger") ?? Find(method, "QueueTrigger") ?? Find(method, "ScheduleTrigger")) is not { Parent: AttributeListSyntax list } trigger)
        {
            return Task.CompletedTask;
        }

        var function = SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::Portable.Function").WithAdditionalAnnotations(Simplifier.Annotation));
        OfferRoot(context, diagnostic, $"Make '{method.Identifier.Text}' a function", () => root.ReplaceNode(
            list,
            list.WithAttributes(SyntaxFactory.SeparatedList(
                [function, .. list.Attributes.Select(a => a == list.Attributes[0] ? a.WithoutLeadingTrivia() : a)],
                [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), .. list.Attributes.GetSeparators()]))));
        return Task.CompletedTask;
    }

    private static AttributeSyntax? Find(MethodDeclarationSyntax method, string name) =>
        method.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(a => a.Name.ToString().Split('.', ':').Last() is var written && (written == name || written == name + "Attribute"));
}
