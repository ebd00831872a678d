namespace Portable.Generator.Workflows.Ir;

/// <summary>Where control goes.</summary>
internal static class IrFlow
{
    /// <summary>Whether control never goes beyond the statement.</summary>
    public static bool Returns(IrStatement statement) => statement switch
    {
        IrReturn => true,
        IrIf { Else: { } otherwise } branch => Returns(branch.Then) && Returns(otherwise),
        IrTry attempt => Returns(attempt.Body) && Returns(attempt.Handler),
        _ => false,
    };

    public static bool Returns(IrBlock block) => block.Statements.Any(Returns);
}
