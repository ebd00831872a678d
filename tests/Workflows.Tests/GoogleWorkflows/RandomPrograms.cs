using Portable.Generator.Workflows.Ir;
using static Portable.Workflows.Tests.GoogleWorkflows.Build;

namespace Portable.Workflows.Tests.GoogleWorkflows;

/// <summary>
/// Random programs that end and use only what has a value, with jumps wherever C# allows one. The same seed gives the same program.
/// </summary>
/// <param name="seed">Which program.</param>
/// <param name="branches">Whether branches are part of it.</param>
internal sealed class RandomPrograms(int seed, bool branches)
{
    private readonly Random _random = new(seed);
    private readonly List<string> _variables = [];
    private int _names;

    public IrBlock Next()
    {
        _variables.Clear();
        _names = 0;
        var start = new List<IrStatement>();
        for (var i = 0; i < 3; i++)
        {
            start.Add(Set(Fresh("v"), Int(i)));
            _variables.Add($"v_{i + 1}");
        }

        var body = Statements(branches ? 3 : 4, new Around(_variables, [], false, branches ? 2 : 0));
        return Block(start.Concat(body).Append(Return(State(_variables))));
    }

    private IEnumerable<IrStatement> Statements(int depth, Around around)
    {
        var statements = new List<IrStatement>();
        var count = _random.Next(1, 4);
        for (var i = 0; i < count; i++)
        {
            statements.AddRange(Statement(depth, around));
        }

        if (_random.Next(4) == 0)
        {
            statements.Add(Jump(around));
        }

        return statements;
    }

    private IrBlock Body(int depth, Around around) => Block(Statements(depth, around));

    private IEnumerable<IrStatement> Statement(int depth, Around around)
    {
        switch (_random.Next(depth > 0 ? 14 : 4))
        {
            case 0:
                return [Set(Any(around.Writable), Value(around))];
            case 1:
                return [Call(around, null)];
            case 2:
                return [Call(around, Any(around.Writable))];
            case 3:
                return [If(Condition(around), Block(Jump(around)))];
            case 4 or 5:
                return [If(Condition(around), Body(depth - 1, around), _random.Next(2) == 0 ? Body(depth - 1, around) : null)];
            case 6 or 7:
                return [Attempt(depth, around)];
            case 8:
                return Chosen(depth, around);
            case 9:
                return Counted(depth, around);
            case 10:
                return [ForEach(Fresh("item"), List(Int(1), Value(around), Int(3)), Body(depth - 1, around with { InLoop = true }))];
            case 11:
                var name = Fresh("scope");
                return [Scope(name, Body(depth - 1, around with { Scopes = [.. around.Scopes, name] }))];
            case 12 when around.Parallel > 0:
                return Together(depth, around);
            case 13 when around.Parallel > 0:
                return Each(depth, around);
            default:
                return [Call(around, Any(around.Writable))];
        }
    }

    private IrStep Call(Around around, string? result) => Step($"S{_random.Next(3)}", Value(around), result, Fresh("call"));

    private IrStatement Jump(Around around)
    {
        while (true)
        {
            switch (_random.Next(7))
            {
                case 0 when around.InLoop:
                    return Break();
                case 1 when around.InLoop:
                    return Continue();
                case 2 or 3 when around.Scopes.Length > 0:
                    return Leave(Any(around.Scopes));
                case 4:
                    return Return(State(around.Readable));
                case 5:
                    return Throw(_random.Next(2) == 0 ? "A" : "B");
                case 6 when _random.Next(3) == 0:
                    return Throw("Defect", defect: true);
            }
        }
    }

    private IrTry Attempt(int depth, Around around)
    {
        var failure = Fresh("failure");
        IrExpression? filter = _random.Next(3) == 0 ? Same(new IrFailurePart(failure, IrFailureField.Code), Text("A")) : null;
        var handler = Statements(depth - 1, around).ToList();
        if (_random.Next(6) == 0)
        {
            handler.Add(Throw(Var(failure, IrKind.Object)));
        }

        return Try(Body(depth - 1, around), failure, Block(handler), filter);
    }

    /// <summary>A variable whose first value comes from a try or its handler.</summary>
    private IEnumerable<IrStatement> Chosen(int depth, Around around)
    {
        var own = Fresh("chosen");
        yield return Try(
            Block([Call(around, null), Set(own, Value(around))]), Fresh("failure"), Block([Set(own, Int(7)), .. depth > 1 ? Statements(depth - 2, around) : []]));
        yield return Step("S0", Var(own), null, Fresh("call"));
    }

    private IEnumerable<IrStatement> Counted(int depth, Around around)
    {
        var counter = Fresh("i");
        yield return Set(counter, Int(0));
        var limit = Int(_random.Next(1, 4));
        var inner = around with { InLoop = true };
        var advance = Block(Set(counter, Plus(Var(counter), Int(1))));
        if (_random.Next(3) == 0)
        {
            var leave = If(Compare(IrOperator.GreaterOrEqual, Var(counter), limit), Block(Break()));
            yield return While(null, Block(Statements(depth - 1, inner).Prepend(leave)), advance);
            yield break;
        }

        yield return While(Less(Var(counter), limit), Body(depth - 1, inner), advance, after: _random.Next(3) == 0);
    }

    private IEnumerable<IrStatement> Together(int depth, Around around)
    {
        // A result of its own, one that has a value already, or none.
        var own = Fresh("result");
        List<string?> results = [own, Any(around.Writable), null];
        var branches = results.Take(_random.Next(2, 4)).Select(result => Branch(Fresh("branch"), Apart(depth, around, null), result)).ToArray();
        yield return Parallel(Fresh("parallel"), true, branches);
        yield return Step("S0", Var(own), null, Fresh("call"));
    }

    private IEnumerable<IrStatement> Each(int depth, Around around)
    {
        var collects = _random.Next(2) == 0;
        var result = _random.Next(5) == 0 ? null : Fresh("list");
        var item = Fresh("item");
        yield return Map(Fresh("map"), List(Int(1), Value(around), Int(2)), item, Apart(depth, around, item), result, 3, collects, settles: !collects);
        if (result is not null)
        {
            yield return Step("S0", Var(result, IrKind.List), null, Fresh("call"));
        }
    }

    // A body with variables of its own.
    private IrBlock Apart(int depth, Around around, string? item)
    {
        var own = Fresh("own");
        var inner = new Around([own], [], false, around.Parallel - 1) { Outer = [.. around.Readable, .. item is null ? Array.Empty<string>() : [item]] };
        return Block(Statements(depth - 1, inner).Prepend(Set(own, Int(1))));
    }

    // Anything: a result of a branch may be an object, and is null where the branch returned nothing.
    private IrExpression Value(Around around) => _random.Next(3) == 0 ? Int(_random.Next(5)) : Var(Any(around.Readable));

    private IrExpression Condition(Around around) => Compare(_random.Next(2) == 0 ? IrOperator.Equal : IrOperator.NotEqual, Value(around), Int(_random.Next(4)));

    private static IrObject State(IEnumerable<string> variables) => Object([.. variables.Select(name => (name, (IrExpression)Var(name)))]);

    private string Fresh(string name) => $"{name}_{++_names}";

    private string Any(IReadOnlyList<string> names) => names[_random.Next(names.Count)];

    private sealed record Around(IReadOnlyList<string> Writable, string[] Scopes, bool InLoop, int Parallel)
    {
        public IReadOnlyList<string> Outer { get; init; } = [];

        public IReadOnlyList<string> Readable => [.. Outer, .. Writable];
    }
}
