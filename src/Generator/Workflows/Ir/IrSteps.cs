namespace Portable.Generator.Workflows.Ir;

/// <summary>Questions about IR.</summary>
internal static class IrSteps
{
    /// <summary>Every step call in the block, nested ones included, in order.</summary>
    public static IEnumerable<IrStep> Of(IrBlock? block)
    {
        foreach (var statement in block?.Statements ?? default)
        {
            var nested = statement switch
            {
                IrStep step => [step],
                IrIf branch => Of(branch.Then).Concat(Of(branch.Else)),
                IrTry attempt => Of(attempt.Body).Concat(Of(attempt.Handler)),
                _ => [],
            };
            foreach (var step in nested)
            {
                yield return step;
            }
        }
    }
}
