namespace Portable.Workflows.Tests.Differential;

/// <content>Statements that take values apart, set several at once, or keep failures.</content>
internal sealed partial class ProgramGenerator
{
    private void Language(Scope scope, Action<Features, int, Func<Stmt>, bool> when, bool nests)
    {
        when(Features.Functions, 2, () => Declare(scope), nests && scope.FunctionDepth < 2);
        when(Features.Functions, 6, () => Call(Any(Callable(scope)), scope), Callable(scope).Count > 0);
        when(Features.Outs, 2, () => Out(scope), nests);
        when(Features.Tuples, 2, () => Tuple(scope), true);
        when(Features.Tuples, 1, () => ForEachParts(scope), nests);
        when(Features.Patterns, 2, () => Match(scope), nests);
        when(Features.Patterns, 1, () => SwitchOnParts(scope), nests && Has(Features.Switch));
        when(Features.Kept, 2, () => Keep(scope), nests && Has(Features.Try));
    }

    // Most of them are steps of .NET; some throw now and then, which is as if they were false.
    private Expr Filter(Scope handler, string failure, bool hasMessage)
    {
        var text = hasMessage && Chance(2) ? failure + ".Message" : failure + ".Code";
        var own = _random.Next(7) switch
        {
            0 => Expr.Of(Ty.Bool, $"{text}.StartsWith(\"{Any<string>(["B", "De", "m", "a"])}\", StringComparison.Ordinal)"),
            1 => Expr.Of(Ty.Bool, $"{text}.Length > {_random.Next(2, 9)}"),
            2 => Expr.Of(Ty.Bool, $"{failure}.Code.Substring({_random.Next(2, 6)}) {Any<string>(["==", "!="])} \"sy\""),
            3 => Expr.Of(Ty.Bool, $"{failure}.FailureData!.Length {Any<string>([">", "<"])} 5"),
            4 => Expr.Of(Ty.Bool, $"JsonSerializer.Deserialize<Dictionary<string, JsonElement>>({failure}.FailureData!)!.ContainsKey(\"a\")"),
            5 => Expr.Of(Ty.Bool, $"{text}.Length / {Value(Ty.Int, handler, 0)} {Any<string>([">", "<="])} 1"),
            _ => Value(Ty.Bool, handler, 2),
        };
        return Chance(2) ? own : Chance(2) ? Expr.Of(Ty.Bool, $"{own} && {Value(Ty.Bool, handler, 1)}") : Expr.Of(Ty.Bool, $"{failure}.Code != \"Own\" && {own}");
    }

    private Stmt Out(Scope scope)
    {
        var text = Chance(2) ? Value(Ty.Text, scope, 1) : Expr.Of(Ty.Text, $"({Value(Ty.Bool, scope, 1)} ? {Value(Ty.Text, scope, 0)} : \"{_random.Next(-3, 100)}\")");
        var name = Name("n");
        var then = scope.Nest();
        switch (_random.Next(4))
        {
            case 0:
                var condition = Value(Ty.Bool, scope, 1);
                then.Declare(name, Ty.Int);
                return Stmt.Of($"if ({condition} && int.TryParse({text}, out var {name}) && {name} > 2){Block(then, 1)}\nelse{Block(scope.Nest(), 1)}");
            case 1:
                then.Declare(name, Ty.Int);
                var found = Block(then, 1);
                scope.Declare(name, Ty.Int, assignable: true);
                return Stmt.Of($"if (int.TryParse({text}, out var {name})){found}");
            case 2:
                scope.Declare(name, Ty.Int, assignable: true);
                return Stmt.Of($"if (!int.TryParse({text}, out var {name})){new Block([Stmt.Of($"{name} = 7;")])}");
            default:
                var parsed = Name("b");
                scope.Declare(name, Ty.Int, assignable: true);
                scope.Declare(parsed, Ty.Bool);
                return Stmt.Of($"int {name};\nvar {parsed} = int.TryParse({text}, out {name});");
        }
    }

    private Stmt Tuple(Scope scope)
    {
        Ty[] types = [Ty.Int, Ty.Text, Ty.Bool, Ty.Item, Ty.MaybeText];
        var (left, right) = (Any<Ty>(types), Any<Ty>(types));
        Expr first = Value(left, scope), second = Value(right, scope);
        var (a, b) = (Name("p"), Name("p"));
        var swapped = scope.Variables.Where(variable => IsAssignable(variable, scope) && variable.Type is Ty.Int or Ty.Text).GroupBy(static variable => variable.Type).Where(static group => group.Count() > 1).ToList();
        if (swapped.Count > 0 && Chance(3))
        {
            var both = Any(swapped).ToArray();
            _random.Shuffle(both);
            scope.Effects.Assigns |= both[..2].Any(variable => variable.Function < scope.FunctionDepth);
            return Stmt.Of($"({both[0].Name}, {both[1].Name}) = ({both[1].Name}, {Value(both[0].Type, scope, 1)});");
        }

        switch (_random.Next(4))
        {
            case 0:
                scope.Declare(a, left);
                scope.Declare(b, right);
                return Stmt.Of($"var ({a}, {b}) = ({first}, {second});");
            case 1:
                scope.Declare(a + ".Left", left);
                scope.Declare(a + ".Right", right);
                return Stmt.Of($"({Values.CSharp(left)} Left, {Values.CSharp(right)} Right) {a} = ({first}, {second});{(Chance(2) ? Expr.Of(left, $"\n{a}.Left = {Value(left, scope, 1)};") : Expr.Of(left, $""))}");
            case 2:
                scope.Declare(a + ".Left", left);
                scope.Declare(a + ".Right", right);
                return Stmt.Of($"var {a} = new {{ Left = {first}, Right = {second} }};");
            default:
                var (note, flag) = (Name("p"), Name("p"));
                var item = Value(Ty.Item, scope);
                scope.Declare(a, Ty.Text);
                scope.Declare(b, Ty.Int);
                scope.Declare(note, Ty.MaybeText);
                scope.Declare(flag, Ty.Bool);
                return Stmt.Of($"var ({a}, {b}, {note}, {flag}) = {item};");
        }
    }

    private Stmt ForEachParts(Scope scope)
    {
        var inner = scope.Nest(mayBreak: true, mayContinue: true, mayRethrow: false);
        var (a, b) = (Name("x"), Name("x"));
        if (Chance(2))
        {
            var texts = Any(ExpressionGenerator.Named(Ty.Texts, scope).ToList());
            inner.Declare(a, Ty.Text);
            inner.Declare(b, Ty.Int);
            return Stmt.Of($"foreach (var ({a}, {b}) in {texts}.Distinct().ToDictionary(t => t, t => t.Length)){Block(inner, 1 + _random.Next(2))}");
        }

        var items = Any(ExpressionGenerator.Named(Ty.Items, scope).ToList());
        inner.Declare(a, Ty.Text);
        inner.Declare(b, Ty.Bool);
        return Stmt.Of($"foreach (var ({a}, _, _, {b}) in {items}){Block(inner, 1 + _random.Next(2))}");
    }

    private Stmt Match(Scope scope)
    {
        var (a, b) = (Name("q"), Name("q"));
        var then = scope.Nest();
        switch (_random.Next(5))
        {
            case 0:
                then.Declare(a, Ty.Text);
                return Stmt.Of($"if ({Any(ExpressionGenerator.Named(Ty.Texts, scope).ToList())} is {Any<string>([$"[var {a}, ..]", $"[.., var {a}]", $"[var {a}]", $"[_, var {a}, ..]"])}){Block(then, 1)}\nelse{Block(scope.Nest(), 1)}");
            case 1:
                then.Declare(a, Ty.Text);
                then.Declare(b, Ty.Int);
                return Stmt.Of($"if ({Any(ExpressionGenerator.Named(Ty.Items, scope).ToList())} is {Any<string>([$"[{{ Name: var {a}, Qty: > 0 and var {b} }}, ..]", $"[.., (var {a}, var {b}, null, _)]"])}){Block(then, 1)}");
            case 2:
                then.Declare(a, Ty.Int);
                then.Declare(b, Ty.Text);
                return Stmt.Of($"if ({Value(Ty.Item, scope, 1)} is (var {b}, {Any<string>(["", "> 0 and ", "not 2 and "])}var {a}, {Any<string>(["_", "null", "not null"])}, _)){Block(then, 1)}");
            case 3 when ExpressionGenerator.Named(Ty.MaybeItem, scope).ToList() is { Count: > 0 } maybes:
                then.Declare(a, Ty.Item);
                then.Declare(b, Ty.Text);
                return Stmt.Of($"if ({Any(maybes)} is {{ Note: {{ }} {b} }} {a}){Block(then, 1)}\nelse{Block(scope.Nest(), 1)}");
            default:
                then.Declare(a, Ty.Int);
                return Stmt.Of($"if ({Value(Ty.MaybeInt, scope, 1)} is {Any<string>(["{ }", "> 1 and int"])} {a}){Block(then, 1)}");
        }
    }

    private Stmt SwitchOnParts(Scope scope)
    {
        var (a, b) = (Name("q"), Name("q"));
        Block Section(params ReadOnlySpan<(string Name, Ty Type)> known)
        {
            var section = scope.Nest(mayBreak: Has(Features.Jumps));
            foreach (var (name, type) in known)
            {
                section.Declare(name, type);
            }

            return Block(section, 1);
        }

        if (Chance(2))
        {
            var guarded = scope.Nest();
            guarded.Declare(a, Ty.Text);
            return Stmt.Of($"switch ({Value(Ty.Int, scope, 1)}, {Value(Ty.Text, scope, 1)})\n{{\n    case (0, _):{Section()}\n    break;\n    case (> 2, var {a}){When(guarded)}:{Section((a, Ty.Text))}\n    break;\n    case (var {b}, \"a\" or \"done\"):{Section((b, Ty.Int))}\n    break;\n    default:{Section()}\n    break;\n}}");
        }

        return Stmt.Of($"switch ({Any(ExpressionGenerator.Named(Ty.Texts, scope).ToList())})\n{{\n    case []:{Section()}\n    break;\n    case [var {a}]{When(scope)}:{Section((a, Ty.Text))}\n    break;\n    case [\"a\", .., var {b}]:{Section((b, Ty.Text))}\n    break;\n}}");
    }

    private Expr When(Scope scope) => Has(Features.When) ? Expr.Of(Ty.Bool, $" when {Value(Ty.Bool, scope, 1)}") : Expr.Of(Ty.Bool, $"");

    private Stmt Keep(Scope scope)
    {
        var (last, failure) = (Name("k"), Name("e"));
        var body = Block(scope.Nest(mayRethrow: false, isGuarded: true), 1, startsWithStep: true);
        var hasMessage = HasMessage(body);
        Scope Knows(string name, bool mayRethrow)
        {
            var inner = scope.Nest(mayRethrow: mayRethrow);
            inner.Failures.Add(name);
            if (hasMessage)
            {
                inner.Messages.Add(name);
            }

            return inner;
        }

        var caught = Block(Knows(failure, mayRethrow: true), _random.Next(2));
        caught = new Block(caught.Statements.Insert(0, Stmt.Of($"{last} = {failure};")));
        var known = Knows(last, mayRethrow: scope.MayRethrow);
        var then = Block(known, 1);
        if (!scope.IsReliable && Chance(2))
        {
            then = new Block(then.Statements.Add(Guarded(known, Stmt.Of($"throw {last};"))));
        }

        var (before, after) = Chance(3) ? ($"for (var {last}i = 0; {last}i < 2; {last}i++)\n{{\n    ", "\n}") : ("", "");
        return Stmt.Of($"StepFailed? {last} = null;\n{before}try{body}\ncatch (StepFailed {failure}){caught}{after}\nif ({last} is not null){then}");
    }
}
