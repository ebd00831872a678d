using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT706: gives the method that is passed to <c>flow.Step</c> the attribute that makes it a step.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddStepAttributeFix)), Shared]
public sealed class AddStepAttributeFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public AddStepAttributeFix()
        : base(RuleIdentifiers.NotAStep)
    {
    }

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        var expression = node is ArgumentSyntax argument ? argument.Expression : node as ExpressionSyntax;
        var workflow = node.FirstAncestorOrSelf<MethodDeclarationSyntax>();
        if (model is null || expression is null || workflow is null
            || MethodOf(model.GetSymbolInfo(expression, context.CancellationToken)) is not { MethodKind: MethodKind.Ordinary } method
            || method.GetAttributes().Any(a => a.AttributeClass?.Name is "StepAttribute" or "InferenceAttribute")
            || !SymbolEqualityComparer.Default.Equals(method.ContainingType, model.GetDeclaredSymbol(workflow, context.CancellationToken)?.ContainingType)
            || method.DeclaringSyntaxReferences.FirstOrDefault() is not { } reference
            || await reference.GetSyntaxAsync(context.CancellationToken).ConfigureAwait(false) is not MethodDeclarationSyntax declaration
            || context.Document.Project.Solution.GetDocument(declaration.SyntaxTree) is not { } document)
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create($"Add [Step] to '{method.Name}'", token => AddStep(document, declaration, token), nameof(AddStepAttributeFix)),
            diagnostic);
    }

    // The call does not bind where the method has the wrong shape; the method is still the one that was meant.
    private static IMethodSymbol? MethodOf(SymbolInfo info) =>
        info.Symbol as IMethodSymbol ?? (info.CandidateSymbols.Length == 1 ? info.CandidateSymbols[0] as IMethodSymbol : null);

    private static async Task<Document> AddStep(Document document, MethodDeclarationSyntax declaration, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var attribute = SyntaxFactory.Attribute(SyntaxFactory.ParseName("global::Portable.Step").WithAdditionalAnnotations(Simplifier.Annotation));
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute))
            .WithLeadingTrivia(declaration.GetLeadingTrivia())
            .WithAdditionalAnnotations(Formatter.Annotation);
        var changed = declaration.WithoutLeadingTrivia();
        changed = changed.WithAttributeLists(changed.AttributeLists.Insert(0, list));
        return document.WithSyntaxRoot(root!.ReplaceNode(declaration, changed));
    }
}
