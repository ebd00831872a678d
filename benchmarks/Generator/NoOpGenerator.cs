using Microsoft.CodeAnalysis;

namespace Portable.Benchmarks.Generator;

/// <summary>The floor: finds the functions as any generator must, and does nothing with them.</summary>
internal sealed class NoOpGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var found = context.SyntaxProvider.ForAttributeWithMetadataName("Portable.FunctionAttribute", static (_, _) => true, static (target, _) => target.TargetSymbol.Name);
        context.RegisterSourceOutput(found, static (_, _) => { });
    }
}
