using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;
using Portable.Generator.Model;

namespace Portable.CodeFixes;

/// <summary>PORT201: names the payload's identifier as the key, or that of the message where the payload has none that is obvious.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddIdempotentFix)), Shared]
public sealed class AddIdempotentFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public AddIdempotentFix()
        : base(RuleIdentifiers.NotIdempotent)
    {
    }

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null || node is not MethodDeclarationSyntax method || model.GetDeclaredSymbol(method, context.CancellationToken) is not { } symbol)
        {
            return;
        }

        var function = FunctionParser.Parse(symbol, model.Compilation, context.CancellationToken).Model;
        var isStep = PortableTypes.Attribute(symbol, "StepAttribute") is not null;
        var payload = isStep ? StepPayload(symbol)
            : function?.Trigger is MessageTriggerModel { Shape.Body: not null } ? FunctionParser.PayloadOf(symbol, context.CancellationToken)
            : null;
        var key = payload is null ? null : PayloadKeys.ObviousOf(payload, model.Compilation);
        var arguments = key is not null ? $"(nameof({payload!.ToMinimalDisplayString(model, method.SpanStart)}.{key}))"
            : function?.Trigger is MessageTriggerModel ? "(MessageId = true)"
            : null;
        if (arguments is not null
            && AttributeEdit.Append(root, method, AttributeEdit.Attribute("Idempotent", arguments)) is { } changed
            && IsKey(model.Compilation, root.SyntaxTree, changed, method, isStep, context.CancellationToken))
        {
            OfferRoot(context, diagnostic, $"Add [Idempotent{arguments}]", () => changed);
        }
    }

    private static ITypeSymbol? StepPayload(IMethodSymbol step) =>
        step.Parameters.FirstOrDefault(static parameter => parameter.Type is not { Name: "CancellationToken" or "InvocationContext" })?.Type;

    // What is offered has been tried: the function is understood with it, and nothing that compiled before does not.
    private static bool IsKey(Compilation compilation, SyntaxTree tree, SyntaxNode changed, MethodDeclarationSyntax method, bool isStep, CancellationToken cancellationToken)
    {
        var newTree = tree.WithRootAndOptions(changed, tree.Options);
        var tried = compilation.ReplaceSyntaxTree(tree, newTree);
        var model = tried.GetSemanticModel(newTree);
        var declaration = newTree.GetRoot(cancellationToken).FindToken(method.SpanStart).Parent?.FirstAncestorOrSelf<MethodDeclarationSyntax>();
        return declaration is not null
            && model.GetDeclaredSymbol(declaration, cancellationToken) is { } symbol
            && PortableTypes.Attribute(symbol, "IdempotentAttribute") is { AttributeConstructor: not null }
            && (isStep || FunctionParser.Parse(symbol, tried, cancellationToken).Model is { Idempotency: not null });
    }
}
