using Microsoft.CodeAnalysis;

namespace Portable.Generator.Workflows.Reading;

/// <summary>The types that workflow code is read against, looked up once per compilation.</summary>
internal sealed class WorkflowSymbols(Compilation compilation)
{
    public const string WorkflowAttributeName = "Portable.WorkflowAttribute";
    public const string StepAttributeName = "Portable.StepAttribute";
    public const string InferenceAttributeName = "Portable.InferenceAttribute";

    public INamedTypeSymbol? Workflow { get; } = compilation.GetTypeByMetadataName("Portable.IWorkflow");

    public INamedTypeSymbol? WorkflowExtensions { get; } = compilation.GetTypeByMetadataName("Portable.WorkflowExtensions");

    public INamedTypeSymbol? ParallelExtensions { get; } = compilation.GetTypeByMetadataName("Portable.ParallelExtensions");

    public INamedTypeSymbol? MapExtensions { get; } = compilation.GetTypeByMetadataName("Portable.MapExtensions");

    public INamedTypeSymbol? ChildExtensions { get; } = compilation.GetTypeByMetadataName("Portable.ChildExtensions");

    public INamedTypeSymbol? CompensateAttribute { get; } = compilation.GetTypeByMetadataName("Portable.CompensateAttribute");

    public INamedTypeSymbol? IdempotentAttribute { get; } = compilation.GetTypeByMetadataName("Portable.IdempotentAttribute");

    public INamedTypeSymbol? EventContractAttribute { get; } = compilation.GetTypeByMetadataName("Portable.EventContractAttribute");

    public INamedTypeSymbol? StepFailed { get; } = compilation.GetTypeByMetadataName("Portable.StepFailed");

    public INamedTypeSymbol? StepAttribute { get; } = compilation.GetTypeByMetadataName(StepAttributeName);

    public INamedTypeSymbol? InferenceAttribute { get; } = compilation.GetTypeByMetadataName(InferenceAttributeName);

    public INamedTypeSymbol? WorkflowAttribute { get; } = compilation.GetTypeByMetadataName(WorkflowAttributeName);

    public INamedTypeSymbol? RetryAttribute { get; } = compilation.GetTypeByMetadataName("Portable.RetryAttribute");

    public INamedTypeSymbol? NativeAttribute { get; } = compilation.GetTypeByMetadataName("Portable.NativeAttribute");

    public INamedTypeSymbol? Task { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task");

    public INamedTypeSymbol? TaskOfT { get; } = compilation.GetTypeByMetadataName("System.Threading.Tasks.Task`1");

    public INamedTypeSymbol? CancellationToken { get; } = compilation.GetTypeByMetadataName("System.Threading.CancellationToken");

    public static bool Same(ISymbol? left, ISymbol? right) => left is not null && SymbolEqualityComparer.Default.Equals(left, right);

    /// <summary>Whether calls of the type's methods are calls of the workflow: <c>IWorkflow</c> and its extensions.</summary>
    public bool IsFlow(INamedTypeSymbol? type) =>
        Same(type, Workflow) || Same(type, WorkflowExtensions) || Same(type, ParallelExtensions) || Same(type, MapExtensions) || Same(type, ChildExtensions);

    /// <summary>Whether the type is <c>Task</c> or <c>Task&lt;T&gt;</c>, and the <c>T</c>.</summary>
    public bool IsTask(ITypeSymbol type, out ITypeSymbol? result)
    {
        result = type is INamedTypeSymbol { TypeArguments.Length: 1 } generic && Same(generic.OriginalDefinition, TaskOfT) ? generic.TypeArguments[0] : null;
        return result is not null || Same(type, Task);
    }

    public static AttributeData? Attribute(ISymbol symbol, INamedTypeSymbol? type)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (Same(attribute.AttributeClass, type))
            {
                return attribute;
            }
        }

        return null;
    }
}
