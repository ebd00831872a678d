using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT308: keeps a client in a static readonly field, which is then not disposed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(KeepClientFix)), Shared]
public sealed class KeepClientFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public KeepClientFix()
        : base(RuleIdentifiers.ClientPerInvocation)
    {
    }

    /// <summary>Several fixes of a class add fields to it, and clients that are made alike share one: they are applied one after another.</summary>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(async (context, document, diagnostics) =>
    {
        var root = (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
        var marks = ImmutableArray.CreateBuilder<SyntaxAnnotation>();
        var places = diagnostics.Select(diagnostic => CreationAt(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true))).OfType<SyntaxNode>().Distinct();
        document = document.WithSyntaxRoot(root.ReplaceNodes(places, (_, inner) =>
        {
            marks.Add(new SyntaxAnnotation(nameof(KeepClientFix)));
            return inner.WithAdditionalAnnotations(marks[marks.Count - 1]);
        }));
        foreach (var mark in marks)
        {
            root = (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false))!;
            var model = await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
            if (root.GetAnnotatedNodes(mark).OfType<BaseObjectCreationExpressionSyntax>().FirstOrDefault() is { } creation
                && model is not null
                && KeptClient.TryCreate(creation, model, context.CancellationToken) is { } kept)
            {
                document = document.WithSyntaxRoot(kept.Apply(root));
            }
        }

        return document;
    });

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is not null && CreationAt(node) is { } creation && KeptClient.TryCreate(creation, model, context.CancellationToken) is { } kept)
        {
            OfferRoot(context, diagnostic, $"Keep one in a static readonly field '{kept.Field}'", () => kept.Apply(root));
        }
    }

    private static BaseObjectCreationExpressionSyntax? CreationAt(SyntaxNode node) =>
        node as BaseObjectCreationExpressionSyntax ?? (node as ArgumentSyntax)?.Expression as BaseObjectCreationExpressionSyntax;
}
