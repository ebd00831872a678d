using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// A generator does not see its own output, so to it an inference has no body yet, the compiler makes no delegate of the method
/// (CS0762), and the type of <c>await flow.Step(Score, order)</c> is unknown. To read such a workflow, the missing bodies are put
/// into a compilation of their own that is thrown away.
/// </summary>
internal static class InferenceStubs
{
    /// <summary>The method and its compilation with every inference of the class implemented; the same ones when nothing is missing.</summary>
    public static (IMethodSymbol Method, Compilation Compilation) Implement(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
    {
        var source = new StringBuilder();
        foreach (var member in method.ContainingType.GetMembers())
        {
            if (member is IMethodSymbol { IsPartialDefinition: true, PartialImplementationPart: null } inference
                && InferenceParser.Parse(inference, compilation, cancellationToken).Model is { } model)
            {
                Append(source, model);
            }
        }

        if (source.Length == 0 || method.DeclaringSyntaxReferences is not [{ } declaration, ..])
        {
            return (method, compilation);
        }

        var stub = CSharpSyntaxTree.ParseText(source.ToString(), (CSharpParseOptions)declaration.SyntaxTree.Options, cancellationToken: cancellationToken);
        var complete = compilation.AddSyntaxTrees(stub);
        return complete.GetSemanticModel(declaration.SyntaxTree).GetDeclaredSymbol(declaration.GetSyntax(cancellationToken), cancellationToken) is IMethodSymbol same
            ? (same, complete)
            : (method, compilation);
    }

    private static void Append(StringBuilder source, InferenceModel inference)
    {
        source.Append(inference.Namespace.Length > 0 ? $"namespace {inference.Namespace} {{ " : "");
        foreach (var type in inference.ContainingTypes)
        {
            source.Append(type).Append(" { ");
        }

        var cancellation = inference.CancellationName is { } name ? $", global::System.Threading.CancellationToken {Readings.Escape(name)}" : "";
        source
            .Append(inference.Accessibility).Append(" partial global::System.Threading.Tasks.Task<").Append(inference.Output.FullName).Append("> ").Append(Readings.Escape(inference.Name))
            .Append('(').Append(inference.Input.FullName).Append(' ').Append(Readings.Escape(inference.InputName)).Append(cancellation).Append(") => throw null; ")
            .Append('}', inference.ContainingTypes.Count)
            .AppendLine(inference.Namespace.Length > 0 ? " }" : "");
    }
}
