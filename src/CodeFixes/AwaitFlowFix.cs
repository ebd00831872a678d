using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Discovery;

namespace Portable.CodeFixes;

/// <summary>PORT705: waits by <c>flow.Delay</c>, runs a step by <c>flow.Step</c>, and takes <c>ConfigureAwait</c> off.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AwaitFlowFix)), Shared]
public sealed class AwaitFlowFix : PortableFix
{
    /// <summary>Creates the fix.</summary>
    public AwaitFlowFix()
        : base(RuleIdentifiers.ForeignAwait)
    {
    }

    private protected override async Task Offer(CodeFixContext context, Diagnostic diagnostic, SyntaxNode root, SyntaxNode node)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null || node.FirstAncestorOrSelf<AwaitExpressionSyntax>() is not { Expression: InvocationExpressionSyntax call }
            || model.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol method
            || WorkflowCode.FlowAt(call, model, context.CancellationToken) is not { } flow)
        {
            return;
        }

        var text = method switch
        {
            { Name: "Delay", ContainingType.Name: "Task" } => $"{flow}.Delay({Duration(call, method)})",
            { Name: "ConfigureAwait" } when call.Expression is MemberAccessExpressionSyntax access => access.Expression.ToString(),
            _ when IsStep(method) && StepName(call) is { } step => $"{flow}.Step({string.Join(", ", new[] { step }.Concat(Payload(call, method)))})",
            _ => null,
        };
        if (text is not null)
        {
            OfferRoot(context, diagnostic, method.Name == "ConfigureAwait" ? "Remove ConfigureAwait" : $"Use {text}", () => root.ReplaceNode(call, SyntaxFactory.ParseExpression(text).WithTriviaFrom(call)));
        }
    }

    private static string Duration(InvocationExpressionSyntax call, IMethodSymbol method)
    {
        var first = call.ArgumentList.Arguments[0].Expression.ToString();
        return method.Parameters[0].Type.SpecialType == SpecialType.System_Int32 ? $"TimeSpan.FromMilliseconds({first})" : first;
    }

    private static bool IsStep(IMethodSymbol method) => method.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "StepAttribute" or "InferenceAttribute");

    private static string? StepName(InvocationExpressionSyntax call) => call.Expression switch
    {
        IdentifierNameSyntax name => name.ToString(),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access => access.ToString(),
        _ => null,
    };

    // A step takes its cancellation token from the engine.
    private static IEnumerable<string> Payload(InvocationExpressionSyntax call, IMethodSymbol method) =>
        call.ArgumentList.Arguments.Take(method.Parameters.Count(static parameter => parameter.Type.Name != "CancellationToken")).Select(static argument => argument.Expression.ToString());
}
