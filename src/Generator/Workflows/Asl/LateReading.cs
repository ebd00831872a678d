using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>
/// Lets a handler's variable hold the error output as Step Functions gives it, where that is shorter: making a failure of it is a long
/// expression, which every catcher would have, and few readers need.
/// </summary>
internal sealed class LateReading(string failure) : IrRewriter
{
    /// <summary>The handler with the failure read late; <see langword="null"/> when the catchers should make it.</summary>
    /// <param name="attempt">The statement.</param>
    /// <param name="isTranslated">Whether only what a statement calls tells how to read its error.</param>
    public static IrTry? Of(IrTry attempt, Func<IrStatement, bool> isTranslated)
    {
        var calls = Calls(attempt.Body).ToList();
        var reads = IrWalk.All(attempt.Handler).SelectMany(IrWalk.Expressions).Append(attempt.Filter).Sum(expression => Reads(expression, attempt.Failure));
        return reads > 0 && reads <= calls.Count && !calls.Exists(call => isTranslated(call))
            ? new LateReading(attempt.Failure).Try(attempt)
            : null;
    }

    protected override IrExpression Expression(IrExpression expression) => expression switch
    {
        IrVariable variable when variable.Name == failure => new AslCaught(variable),
        IrFailurePart part when part.Variable == failure => Part(part),
        _ => base.Expression(expression),
    };

    private static IrMember Part(IrFailurePart part)
    {
        var name = part.Part switch { IrFailureField.Code => "code", IrFailureField.Message => "message", _ => "data" };
        return new IrMember(new AslCaught(new IrVariable(part.Variable, IrKind.Object)), new IrName(name, name), IrKind.Text, null, MayBeNull: part.Part == IrFailureField.Data);
    }

    private static int Reads(IrExpression? expression, string failure) => expression switch
    {
        null => 0,
        IrVariable variable => variable.Name == failure ? 1 : 0,
        IrFailurePart part => part.Variable == failure ? 1 : 0,
        _ => IrWalk.Parts(expression).Sum(part => Reads(part, failure)),
    };

    /// <summary>The statements of the body that become states with catchers; those in branches have their own.</summary>
    private static IEnumerable<IrStatement> Calls(IrBlock? block) => (block?.Statements ?? default).SelectMany(static statement => statement switch
    {
        IrStep or IrEvent or IrChild or IrPublish or IrParallel or IrMap => [statement],
        _ => IrWalk.Blocks(statement).SelectMany(Calls),
    });

    private IrTry Try(IrTry attempt) => attempt with { Handler = Block(attempt.Handler), Filter = attempt.Filter is null ? null : Expression(attempt.Filter) };
}
