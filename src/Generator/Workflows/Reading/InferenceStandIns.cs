using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Gives inference methods a body to read workflows by. The compiler makes no delegate of a partial method without a body (CS0762), so
/// in the compilation that a generator sees, <c>flow.Step(ScoreRisk, order)</c> has no type: its body is what we are about to emit.
/// Analyzers see the emitted body and need none of this.
/// </summary>
internal static class InferenceStandIns
{
    /// <summary>The same method in a compilation where the inferences of its class have bodies; the method itself when they have.</summary>
    public static (IMethodSymbol Method, Compilation Compilation) Complete(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        var writer = new SourceWriter();
        var missing = 0;
        foreach (var member in method.ContainingType.GetMembers())
        {
            if (member is IMethodSymbol { IsPartialDefinition: true, PartialImplementationPart: null } partial
                && InferenceParser.Parse(partial, compilation, cancellationToken).Model is { } inference)
            {
                Write(writer, inference);
                missing++;
            }
        }

        if (missing == 0 || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is not MethodDeclarationSyntax declaration)
        {
            return (method, compilation);
        }

        var tree = CSharpSyntaxTree.ParseText(writer.ToString(), (CSharpParseOptions)declaration.SyntaxTree.Options, cancellationToken: cancellationToken);
        var complete = compilation.AddSyntaxTrees(tree);
        JsonContracts.Share(compilation, complete, cancellationToken);
        return complete.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken) is { } same
            ? (same, complete)
            : (method, compilation);
    }

    private static void Write(SourceWriter writer, InferenceModel inference)
    {
        var depth = inference.ContainingTypes.Count;
        if (inference.Namespace.Length > 0)
        {
            writer.Open($"namespace {inference.Namespace}");
            depth++;
        }

        foreach (var type in inference.ContainingTypes)
        {
            writer.Open(type);
        }

        var cancellation = inference.CancellationName is { } name ? $", global::System.Threading.CancellationToken {name}" : "";
        writer.Line($"{inference.Accessibility} partial global::System.Threading.Tasks.Task<{inference.Output.FullName}> {inference.Name}({inference.Input.FullName} {inference.InputName}{cancellation}) => throw null!;");
        for (; depth > 0; depth--)
        {
            writer.Close();
        }
    }
}
