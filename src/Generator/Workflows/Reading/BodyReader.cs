using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

internal sealed class BodyReader
{
    public static IrBlock? Read(
        IMethodSymbol method,
        Compilation compilation,
        WorkflowSymbols symbols,
        EquatableArray<StepModel> steps,
        ImmutableArray<Finding>.Builder findings,
        CancellationToken cancellationToken) => null;
}
