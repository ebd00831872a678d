using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Portable.CodeFixes;

/// <summary>What fixes ask of a workflow's code.</summary>
internal static class WorkflowCode
{
    /// <summary>The name of the <c>IWorkflow</c> parameter of the method around a node.</summary>
    public static string? FlowAt(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) => FlowParameterAt(node, model, cancellationToken)?.Name;

    /// <summary>The <c>IWorkflow</c> parameter of the method around a node.</summary>
    public static IParameterSymbol? FlowParameterAt(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } workflow
            ? model.GetDeclaredSymbol(workflow, cancellationToken)?.Parameters.FirstOrDefault(static parameter => parameter.Type.Name == "IWorkflow")
            : null;
}
