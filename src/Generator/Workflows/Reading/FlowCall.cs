using Microsoft.CodeAnalysis;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>A result of a call of the workflow.</summary>
/// <param name="IsExternal">Whether it comes from outside our own code.</param>
/// <param name="HasValue">Whether there is one: a branch may return nothing, and still have its place in the tuple.</param>
internal sealed record FlowResult(ITypeSymbol? Type, bool IsExternal, bool HasValue = true);

/// <summary>A call of the workflow that has been read, all but the variables that its results go to.</summary>
/// <param name="context">The context.</param>
/// <param name="results">The results: none, one, or those of <c>flow.Parallel</c>.</param>
/// <param name="isTuple">Whether the results are a tuple in C#.</param>
/// <param name="make">The statements of the call, given a variable or <see langword="null"/> per result.</param>
internal sealed class FlowCall(ReadingContext context, IReadOnlyList<FlowResult> results, bool isTuple, Func<IReadOnlyList<string?>, IrSource, IEnumerable<IrStatement>> make)
{
    public IReadOnlyList<FlowResult> Results { get; } = results;

    public bool IsTuple { get; } = isTuple;

    /// <summary>The statements of the call, whose one result goes to a variable if one is named.</summary>
    public IEnumerable<IrStatement> Run(Func<ITypeSymbol?, bool, string>? variable, IrSource source) => RunAll(Results.Select(_ => variable).ToList(), source);

    /// <summary>The statements of the call, whose one result goes to a new variable.</summary>
    public IEnumerable<IrStatement> Run(string hint, IrSource source, out IrVariable? result)
    {
        result = Results.Count == 0 ? null : context.Temporary(hint, context.KindOf(Results[0].Type), Results[0].IsExternal);
        var name = result?.Name;
        return Run(name is null ? null : (_, _) => name, source);
    }

    /// <summary>The statements of the call, each of whose results goes to a variable if one is named.</summary>
    public IEnumerable<IrStatement> RunAll(IReadOnlyList<Func<ITypeSymbol?, bool, string>?> variables, IrSource source) =>
        make(Results.Zip(variables, static (result, variable) => variable?.Invoke(result.Type, result.IsExternal)).ToList(), source);
}
