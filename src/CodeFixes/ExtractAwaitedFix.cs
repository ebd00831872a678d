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

/// <summary>PORT705: moves the call of a service that a workflow awaits into a step. Offered when the call reads one value of the workflow at most, since a step takes one payload.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ExtractAwaitedFix)), Shared]
public sealed class ExtractAwaitedFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public ExtractAwaitedFix()
        : base(RuleIdentifiers.ForeignAwait)
    {
    }

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null; // each step deserves a name

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null || node.FirstAncestorOrSelf<AwaitExpressionSyntax>() is not { Expression: InvocationExpressionSyntax call }
            || call.Ancestors().TakeWhile(static outer => outer is not MethodDeclarationSyntax).Any(static outer => outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)
            || call.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } workflow
            || model.GetDeclaredSymbol(workflow, context.CancellationToken) is not { } method
            || WorkflowCode.FlowParameterAt(call, model, context.CancellationToken) is not { } flow
            || model.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol { ReturnType: INamedTypeSymbol { Name: "Task" } task } called
            || called.ContainingType.Name is "Task" or "IWorkflow" || SymbolEqualityComparer.Default.Equals(called.ContainingType, method.ContainingType)
            || call.DescendantNodes().Any(static inner => inner is AwaitExpressionSyntax)
            || !StepExtraction.TryFindPayload(call, model, flow, out var payload))
        {
            return;
        }

        var wanted = called.Name.EndsWith("Async", StringComparison.Ordinal) && called.Name.Length > 5 ? called.Name.Substring(0, called.Name.Length - 5) : called.Name;
        var name = StepExtraction.Unused(wanted, taken => StepExtraction.HasMember(method.ContainingType, taken));
        var parameter = payload is null ? "" : $"{StepExtraction.TypeOf(payload)!.ToDisplayString(StepExtraction.TypeFormat)} {payload.Name}";
        var step = SyntaxFactory.ParseMemberDeclaration(
            $"\n[global::Portable.Step]\npublic {(method.IsStatic ? "static " : "")}{task.ToDisplayString(StepExtraction.TypeFormat)} {name}({parameter}) =>\n    {call.WithoutTrivia()};\n")!;
        var run = SyntaxFactory.ParseExpression($"{flow.Name}.Step({name}{(payload is null ? "" : $", {payload.Name}")})").WithTriviaFrom(call);
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Extract '{called.Name}' into a step",
                _ =>
                {
                    var changed = root.TrackNodes(call, workflow);
                    changed = changed.ReplaceNode(changed.GetCurrentNode(call)!, run);
                    changed = changed.InsertNodesAfter(changed.GetCurrentNode(workflow)!, [step.WithAdditionalAnnotations(Formatter.Annotation, Simplifier.Annotation)]);
                    return Task.FromResult(context.Document.WithSyntaxRoot(changed));
                },
                nameof(ExtractAwaitedFix)),
            diagnostic);
    }
}
