using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.GoogleWorkflows;

/// <summary>What branches and map items assign their values to: variables of the statement around them, which they share.</summary>
internal static class GoogleTargets
{
    /// <summary>The variable of a branch's value; <see langword="null"/> when it is not used.</summary>
    public static string? Of(IrBranch branch) => branch.Result;

    /// <summary>The place of an item's value in the list of results; <see langword="null"/> when it is not used.</summary>
    public static string? Of(IrMap map) => map.Result is { } result ? $"{result}[{IndexOf(map)}]" : null;

    /// <summary>The variable of the item's number.</summary>
    public static string IndexOf(IrMap map) => map.Label + "_index";

    /// <summary>The result of an item of a map that collects.</summary>
    public static IrObject Collected(IrExpression value, IrExpression? failure) => new(new[]
    {
        new IrField(new IrName("value", "value"), value),
        new IrField(new IrName("failure", "failure"), failure ?? new IrLiteral(IrKind.Null, "")),
    }.ToEquatableArray());
}
