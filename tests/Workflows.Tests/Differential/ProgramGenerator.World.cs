namespace Portable.Workflows.Tests.Differential;

/// <content>Statements that have to do with the world around the run.</content>
internal sealed partial class ProgramGenerator
{
    // In a row, waits of one name take one event after the other.
    private static readonly EventDeclaration[] s_events =
        [new("approved", Ty.Bool), new("count", Ty.Int), new("said", Ty.Text), new("item", Ty.Item), new("order", Ty.Order), new("left", Ty.MaybePlace)];

    private readonly List<EventDeclaration> _events = [];
    private readonly List<RandomProgram> _children = [];

    private Stmt Event(Scope scope)
    {
        var declared = Any(s_events);
        if (scope.Fork > 0)
        {
            // Who of several began to wait first is not the same everywhere once one of them has been stopped.
            declared = declared with { Name = Name(declared.Name + "-") };
        }

        if (!_events.Contains(declared))
        {
            _events.Add(declared);
        }

        var timeout = Has(Features.Spans) && Chance(3) && ExpressionGenerator.Named(Ty.Span, scope).ToList() is { Count: > 0 } spans ? Any(spans) : _random.Next(5) switch
        {
            0 => "TimeSpan.FromSeconds(3)",
            1 => $"TimeSpan.FromSeconds({_random.Next(1, 20)})",
            2 => "TimeSpan.FromMinutes(1)",
            3 => $"TimeSpan.FromSeconds({AnyList(scope).List}.Count + 1)",
            _ => "new TimeSpan(2, 0, 0, 0)",
        };
        var wait = $"await flow.Event<{Values.CSharp(declared.Type)}>(\"{declared.Name}\", {timeout});";
        if (Chance(8))
        {
            return Stmt.Of($"{wait}");
        }

        var name = Name("e");
        scope.Declare(name, declared.Type);
        return Stmt.Of($"var {name} = {wait}");
    }

    private Stmt Child(Scope scope)
    {
        var at = _children.Count > 0 && Chance(3) ? _random.Next(_children.Count) : NewChild();
        var child = _children[at] = scope.Fork > 0 ? Forked(_children[at]) : _children[at];
        var input = Value(child.Input, scope);
        var call = Chance(2)
            ? Expr.Of(child.Output, $"flow.Child<{Values.CSharp(child.Input)}, {Values.CSharp(child.Output)}>({child.Name}, {input})")
            : Expr.Of(child.Output, $"flow.Child({child.Field}.Run, {input})");
        if (Chance(8))
        {
            return Stmt.Of($"await {call};");
        }

        var name = Name("r");
        scope.Declare(name, child.Output);
        return Stmt.Of($"var {name} = await {call};");
    }

    private int NewChild()
    {
        var generator = new ProgramGenerator(_random, _features & ~Features.Defects, _level + 1, _names, _isTimed);
        _children.Add(generator.Program(
            $"Child{++generator._names}",
            Any<Ty>([Ty.Order, Ty.Order, Ty.Item, Ty.Text, Ty.Place, Ty.Int]),
            Any<Ty>([Ty.Report, Ty.Report, Ty.Item, Ty.Text, Ty.Int, Ty.MaybeText, Ty.Bool, Ty.Ints])));
        _names = generator._names;
        return _children.Count - 1;
    }

    private static RandomProgram Forked(RandomProgram program) => program with { IsForked = true, Children = [.. program.Children.Select(Forked)] };

    private Stmt Publish(Scope scope) => Chance(2)
        ? Stmt.Of($"await flow.Publish(new ItemChanged({Value(Ty.Text, scope)}, {Value(Ty.Item, scope)}, {Value(Ty.MaybeInt, scope)}, {Value(Ty.Texts, scope)}));")
        : Stmt.Of($"await flow.Publish(new PlaceLeft({Value(Ty.Place, scope)}, {Value(Ty.Kind, scope)}, {Value(Ty.Bool, scope)}));");

    // What the engine gives is never the same; what is true of it is.
    private Stmt Given(Scope scope)
    {
        var times = ExpressionGenerator.Named(Ty.Time, scope).ToList();
        if (times.Count > 0 && Chance(2))
        {
            return Stmt.Of($"await flow.Until({Any(times)}.AddSeconds({_random.Next(-2, 8)}));");
        }

        var identifiers = ExpressionGenerator.Named(Ty.Guid, scope).ToList();
        if (identifiers.Count > 0 && Chance(2))
        {
            return Chance(2)
                ? Stmt.Of($"await flow.Step({NewStep(Ty.Guid, null, scope).Name}, {Any(identifiers)});")
                : Stmt.Of($"await flow.Step({NewStep(Ty.Item, null, scope).Name}, new Item({Any(identifiers)}.ToString(), {Value(Ty.Int, scope)}, null, {Value(Ty.Bool, scope)}));");
        }

        var (prefix, type, value) = Chance(2) ? ("t", Ty.Time, "flow.UtcNow") : ("g", Ty.Guid, "flow.NewGuid()");
        var name = Name(prefix);
        scope.Declare(name, type);
        return Stmt.Of($"var {name} = {value};");
    }

    /// <summary>Whether failures of a block have messages that are the same everywhere: that of an event which does not come is the engine's own.</summary>
    private bool HasMessage(Node block)
    {
        var text = Printer.Print(block);
        return !text.Contains("flow.Event<", StringComparison.Ordinal)
            && !_waiting.Any(function => text.Contains(function + "(", StringComparison.Ordinal))
            && !(text.Contains("flow.Child", StringComparison.Ordinal) && _children.Any(static child => child.Source().Contains("flow.Event<", StringComparison.Ordinal)));
    }
}
