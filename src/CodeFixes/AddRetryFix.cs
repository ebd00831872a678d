using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT205: has a step called again that may be called again.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddRetryFix)), Shared]
public sealed class AddRetryFix : PortableFix
{
    private const string Arguments = "(MaxAttempts = 3)";

    /// <summary>Creates the fix.</summary>
    public AddRetryFix()
        : base(RuleIdentifiers.StepWithoutRetry)
    {
    }

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is not null
            && node is MethodDeclarationSyntax method
            && model.GetDeclaredSymbol(method, context.CancellationToken) is { } step
            && MayBeCalledAgain(step, model.Compilation, context.CancellationToken)
            && AttributeEdit.Append(root, method, AttributeEdit.Attribute("Retry", Arguments)) is { } changed)
        {
            OfferRoot(context, diagnostic, $"Add [Retry{Arguments}]", () => changed);
        }
    }

    private static bool MayBeCalledAgain(IMethodSymbol step, Compilation compilation, CancellationToken cancellationToken)
    {
        var reach = Reach.Of(compilation);
        return PortableTypes.Attribute(step, "IdempotentAttribute") is not null
            || (reach.BodyOf(step, cancellationToken) is { } body && !reach.From(body, cancellationToken).Any(static call => call.DoesHarmTwice));
    }
}
