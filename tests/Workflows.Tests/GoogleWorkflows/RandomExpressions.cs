using Portable.Generator.Workflows.Ir;
using static Portable.Workflows.Tests.GoogleWorkflows.Build;

namespace Portable.Workflows.Tests.GoogleWorkflows;

/// <summary>Random expressions over an input with members that are there, null, and missing; some of them fail in C# too.</summary>
internal sealed class RandomExpressions(int seed)
{
    private static readonly IrVariable s_in = Var("input", IrKind.Object);
    private readonly Random _random = new(seed);

    public IrExpression Next() => _random.Next(4) switch
    {
        0 => Number(4),
        1 => Text(4),
        2 => Condition(4),
        _ => Object(("a", Number(3)), ("b", Condition(3)), ("c", List(3))),
    };

    private IrExpression Number(int depth) => _random.Next(depth > 0 ? 12 : 3) switch
    {
        0 => Int(_random.Next(-3, 4)),
        1 => Member(s_in, "a"),
        2 => Member(s_in, "z"),
        3 => Plus(Number(depth - 1), Number(depth - 1), wraps: _random.Next(2) == 0),
        4 => new IrArithmetic(IrArithmeticOperator.Multiply, Number(depth - 1), Int(_random.Next(-2, 3)), false),
        5 => new IrArithmetic(IrArithmeticOperator.Remainder, Number(depth - 1), Int(_random.Next(1, 4)), false),
        6 => new IrConditional(Condition(depth - 1), Number(depth - 1), Number(depth - 1), IrKind.Integer),
        7 => new IrCoalesce(Member(s_in, "n", mayBeNull: true), Number(depth - 1), IrKind.Integer),
        8 => Guarded(depth, member => member, Number(depth - 1), IrKind.Integer),
        9 => new IrCount(List(depth - 1)),
        10 => new IrElement(List(depth - 1), Number(depth - 1), IrKind.Integer),
        _ => new IrConditional(Less(Int(-1), Number(depth - 1)), Number(depth - 1), new IrElement(Member(s_in, "l", IrKind.List), Int(_random.Next(5)), IrKind.Integer), IrKind.Integer),
    };

    private IrExpression Text(int depth) => _random.Next(depth > 0 ? 6 : 2) switch
    {
        0 => Build.Text("t\"$"),
        1 => Member(s_in, "t", IrKind.Text),
        2 => Concat(Text(depth - 1), Number(depth - 1), Text(depth - 1)),
        3 => new IrConditional(Condition(depth - 1), Text(depth - 1), Text(depth - 1), IrKind.Text),
        4 => Member(s_in, "missing", IrKind.Text, missing: Build.Text("none")),
        _ => new IrCoalesce(Member(s_in, "gone", IrKind.Text, mayBeNull: true, missing: Null), Text(depth - 1), IrKind.Text),
    };

    private IrExpression Condition(int depth) => _random.Next(depth > 0 ? 10 : 2) switch
    {
        0 => Bool(true),
        1 => Same(Member(s_in, "a"), Int(_random.Next(6, 9))),
        2 => Less(Number(depth - 1), Number(depth - 1)),
        3 => new IrBinary(IrOperator.And, Condition(depth - 1), Condition(depth - 1)),
        4 => new IrBinary(IrOperator.Or, Condition(depth - 1), Condition(depth - 1)),
        5 => new IrNot(Condition(depth - 1)),
        6 => new IrContains(List(depth - 1), Number(depth - 1)),
        7 => new IrBinary(IrOperator.And, new IrNot(new IrIsNull(Maybe())), Same(Member(Maybe(), "x"), Int(1))),
        8 => new IrBinary(IrOperator.Or, new IrIsNull(Member(s_in, "e", IrKind.Object, mayBeNull: true)), Less(Member(Member(s_in, "e", IrKind.Object, mayBeNull: true), "x"), Number(depth - 1))),
        _ => Same(Text(depth - 1), Text(depth - 1)),
    };

    private IrExpression List(int depth) => _random.Next(depth > 0 ? 5 : 1) switch
    {
        0 => Member(s_in, "l", IrKind.List),
        1 => Build.List(Number(depth - 1), Number(depth - 1)),
        2 => new IrJoin(List(depth - 1), Build.List(Number(depth - 1))),
        3 => new IrJoin(List(depth - 1), List(depth - 1)),
        _ => new IrConditional(Condition(depth - 1), List(depth - 1), List(depth - 1), IrKind.List),
    };

    // o is there, e is null: only a decision says which one may be read.
    private IrMember Maybe() => Member(s_in, _random.Next(2) == 0 ? "o" : "e", IrKind.Object, mayBeNull: true);

    private IrConditional Guarded(int depth, Func<IrExpression, IrExpression> use, IrExpression otherwise, IrKind kind)
    {
        var maybe = Maybe();
        var read = use(Plus(Member(maybe, "x"), Number(depth - 1)));
        return _random.Next(2) == 0
            ? new IrConditional(new IrIsNull(maybe), otherwise, read, kind)
            : new IrConditional(new IrBinary(IrOperator.And, new IrNot(new IrIsNull(maybe)), Condition(depth - 1)), read, otherwise, kind);
    }
}
