namespace Portable.Generator.Workflows.Ir;

/// <summary>Questions about the steps in IR.</summary>
internal static class IrSteps
{
    /// <summary>Every step call in the block, nested ones included, in order.</summary>
    public static IEnumerable<IrStep> Of(IrBlock? block) => IrWalk.All(block).OfType<IrStep>();
}
