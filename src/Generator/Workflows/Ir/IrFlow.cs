namespace Portable.Generator.Workflows.Ir;

/// <summary>Where control goes.</summary>
internal static class IrFlow
{
    /// <summary>Whether control never goes beyond the statement.</summary>
    public static bool Ends(IrStatement statement) => statement switch
    {
        IrReturn or IrThrow or IrBreak or IrContinue or IrLeave => true,
        IrIf { Else: { } otherwise } branch => Ends(branch.Then) && Ends(otherwise),
        IrTry attempt => Ends(attempt.Body) && Ends(attempt.Handler),
        IrLoop { Condition: null } loop => !Breaks(loop.Body),
        IrScope scope => Ends(scope.Body) && !IrWalk.All(scope.Body).Any(inner => inner is IrLeave leave && leave.Name == scope.Name),
        _ => false,
    };

    /// <summary>Whether a failure that a handler sees can come out of the block.</summary>
    public static bool CanFail(IrBlock block) => IrWalk.All(block).Any(static statement =>
        statement is IrStep or IrEvent or IrChild or IrPublish or IrCompensate or IrThrow { IsDefect: false });

    /// <summary>Whether a failure can leave the block: one that no handler in it takes.</summary>
    public static bool Fails(IrBlock block) => block.Statements.Any(static statement => statement switch
    {
        IrTry { Filter: null } attempt => Fails(attempt.Handler),
        IrMap { Collects: true } => false,
        IrStep or IrEvent or IrChild or IrPublish or IrCompensate or IrThrow { IsDefect: false } => true,
        _ => IrWalk.Blocks(statement).Any(Fails),
    });

    public static bool Ends(IrBlock block) => block.Statements.Any(Ends);

    /// <summary>Whether a <c>break</c> in the block leaves the loop whose body the block is.</summary>
    public static bool Breaks(IrBlock block) => block.Statements.Any(static statement => statement switch
    {
        IrBreak => true,
        IrLoop or IrForEach or IrParallel or IrMap => false,
        _ => IrWalk.Blocks(statement).Any(Breaks),
    });
}
