using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;

namespace Portable.Analyzers;

/// <summary>The attributes that rules start from, looked up once per compilation.</summary>
internal sealed class KnownTypes
{
    private KnownTypes(Compilation compilation, INamedTypeSymbol function)
    {
        Function = function;
        Step = compilation.GetTypeByMetadataName("Portable.StepAttribute");
        Inference = compilation.GetTypeByMetadataName("Portable.InferenceAttribute");
        Workflow = compilation.GetTypeByMetadataName("Portable.WorkflowAttribute");
        Triggers = [.. TriggerParser.Attributes.Select(name => compilation.GetTypeByMetadataName("Portable." + name))];
        Startup = compilation.GetTypeByMetadataName("Portable.StartupAttribute");
    }

    public INamedTypeSymbol Function { get; }

    public IReadOnlyList<INamedTypeSymbol?> Triggers { get; }

    public INamedTypeSymbol? Step { get; }

    public INamedTypeSymbol? Inference { get; }

    public INamedTypeSymbol? Workflow { get; }

    public INamedTypeSymbol? Startup { get; }

    /// <summary>The types, or <see langword="null"/> when the compilation does not use Portable.</summary>
    public static KnownTypes? TryCreate(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Portable.FunctionAttribute") is { } function ? new KnownTypes(compilation, function) : null;

    /// <summary>The attribute of that type on a symbol.</summary>
    public static AttributeData? Find(ISymbol symbol, INamedTypeSymbol? attribute)
    {
        if (attribute is null)
        {
            return null;
        }

        foreach (var data in symbol.GetAttributes())
        {
            if (SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute))
            {
                return data;
            }
        }

        return null;
    }
}
