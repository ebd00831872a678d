using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Portable.CodeFixes;

/// <summary>A fix of one or more rules. It looks at the code before it offers anything, so that what is offered always works.</summary>
public abstract class PortableFix : CodeFixProvider
{
    private protected PortableFix(params string[] ids) => FixableDiagnosticIds = ImmutableArray.Create(ids);

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null)
        {
            return;
        }

        foreach (var diagnostic in context.Diagnostics)
        {
            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            await Offer(context, diagnostic, root, node).ConfigureAwait(false);
        }
    }

    /// <summary>Registers what can be done about a diagnostic, if anything.</summary>
    private protected abstract Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node);

    /// <summary>Offers to replace the document's root.</summary>
    private protected void OfferRoot(CodeFixContext context, Diagnostic diagnostic, string title, Func<SyntaxNode> change) =>
        context.RegisterCodeFix(
            CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(change())), GetType().Name),
            diagnostic);
}
