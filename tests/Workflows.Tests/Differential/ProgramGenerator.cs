using System.Collections.Immutable;

namespace Portable.Workflows.Tests.Differential;

/// <summary>Random workflows. The same seed gives the same workflow.</summary>
internal sealed partial class ProgramGenerator
{
    private const int LargestDepth = 4;
    private const int LargestLevel = 2;

    private static readonly Ty[] s_shapes = [Ty.Kind, Ty.Size, Ty.MaybeSize, Ty.Place, Ty.MaybePlace];
    private static readonly Ty[] s_payloads = [Ty.Int, Ty.Text, Ty.Item, Ty.Order, Ty.Bool, Ty.Long, Ty.MaybeText, Ty.Ints, Ty.Items, Ty.Texts];
    private static readonly Ty[] s_results = [Ty.Int, Ty.Int, Ty.Text, Ty.Text, Ty.Item, Ty.Order, Ty.Bool, Ty.Long, Ty.MaybeText, Ty.MaybeInt, Ty.MaybeItem, Ty.Ints, Ty.Texts, Ty.Items];
    private static readonly Ty[] s_locals = [Ty.Int, Ty.Int, Ty.Text, Ty.Bool, Ty.Long, Ty.MaybeText, Ty.MaybeInt, Ty.Item, Ty.MaybeItem, Ty.Ints, Ty.Texts, Ty.Items];
    private static readonly Ty[] s_values = [Ty.Int, Ty.Text, Ty.Item, Ty.Bool, Ty.Long];

    private readonly Random _random;
    private readonly Features _features;
    private readonly ExpressionGenerator _expressions;
    private readonly List<StepDeclaration> _steps = [];
    private readonly bool _isSaga;
    private readonly bool _isTimed;
    private readonly int _level;
    private int _names;
    private int? _methodNames;
    private int _budget;

    /// <param name="random">The source of all choices.</param>
    /// <param name="features">What the workflow may use.</param>
    /// <param name="level">How many workflows run this one, each by the next.</param>
    /// <param name="names">How many names are taken.</param>
    /// <param name="isTimed">Whether every engine must take the same time: something in the family waits for events.</param>
    private ProgramGenerator(Random random, Features features, int level, int names, bool isTimed)
    {
        _random = random;
        _names = names;
        _level = level;

        // Defects end a run at a moment that is not the same for what goes on in children beside it.
        _features = (features & (Features.Child | Features.Defects)) != (Features.Child | Features.Defects) ? features
            : features & ~(Chance(2) ? Features.Child : Features.Defects);

        _features = Has(Features.Event) && Chance(2) ? _features & ~Features.Event : _features;
        _isTimed = isTimed || Has(Features.Event);
        _isSaga = Has(Features.Saga) && _random.Next(4) == 0;
        _expressions = new ExpressionGenerator(_random, _features);
        _budget = level > 0 ? 2 + _random.Next(5) : 4 + _random.Next(14);
    }

    public static RandomProgram Create(string name, int seed, Features features) => new ProgramGenerator(new Random(seed), features, 0, 0, false).Program(name, Ty.Order, Ty.Report);

    private RandomProgram Program(string name, Ty input, Ty output)
    {
        var scope = new Scope { Returns = output, IsGuarded = _level > 0 };
        scope.Declare("input", input);
        if (_level == 0 && Has(Features.Given))
        {
            scope.Declare("flow.RunId", Ty.Text);
        }

        Members();
        var statements = new List<Stmt>();
        if (input != Ty.Order)
        {
            // Something to choose from.
            scope.Declare("order", Ty.Order);
            statements.Add(Stmt.Of($"var order = await flow.Step({NewStep(input, Ty.Order, scope).Name}, input);"));
        }

        statements.AddRange(Statements(scope, _level > 0 ? 1 + _random.Next(3) : 3 + _random.Next(5)));
        statements.Add(Return(scope));
        var body = new Block([.. statements]);
        var compensates = _isSaga && (_random.Next(2) == 0 || !Printer.Print(body).Contains("flow.Compensate", StringComparison.Ordinal));
        return new RandomProgram(name, [.. _steps], body, compensates ? ", CompensateOnFailure = true" : "") { Input = input, Output = output, Events = [.. _events], Children = [.. _children], Methods = [.. _methods] };
    }

    private Ty AnyType(IReadOnlyList<Ty> types) => Has(Features.Spans) && types != s_values && Chance(5) ? types == s_locals || Chance(2) ? Ty.Span : Ty.Pace
        : Has(Features.Shapes) && Chance(4) ? Any(s_shapes) : Any(types);

    private bool Has(Features feature) => (_features & feature) == feature;

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    // A method may call its variables what others call theirs.
    private string Name(string prefix) => _methodNames is { } own && prefix is [>= 'a' and <= 'z'] ? $"{prefix}{_methodNames = own + 1}" : $"{prefix}{++_names}";

    private T Any<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    private Expr Value(Ty type, Scope scope, int depth = 2) => _expressions.Of(type, scope, depth);

    private Block Block(Scope scope, int count, bool startsWithStep = false)
    {
        var statements = new List<Stmt>();
        if (startsWithStep)
        {
            statements.Add(Step(scope));
        }

        statements.AddRange(Statements(scope, count));
        return new Block([.. statements]);
    }

    private List<Stmt> Statements(Scope scope, int count)
    {
        var statements = new List<Stmt>();
        for (var i = 0; i < count && _budget > 0; i++)
        {
            _budget--;
            statements.Add(_expressions.Choose(Choices(scope))());
        }

        return statements;
    }

    private List<(int Weight, Func<Stmt> Make)> Choices(Scope scope)
    {
        var choices = new List<(int Weight, Func<Stmt> Make)> { (5, () => Step(scope)), (3, () => Local(scope)) };
        void When(Features feature, int weight, Func<Stmt> make, bool possible = true)
        {
            if (possible && Has(feature))
            {
                choices.Add((weight, make));
            }
        }

        var nests = scope.Depth < LargestDepth;
        var forks = nests && scope.Fork < 2;
        var fails = !scope.IsReliable;
        When(Features.None, 3, () => If(scope), nests);
        When(Features.None, 1, () => Guarded(scope, Return(scope)), scope.MayReturn);
        When(Features.Reassign, 5, () => Assign(scope), scope.Variables.Any(variable => IsAssignable(variable, scope)));
        When(Features.Try, 3, () => Try(scope), nests);
        When(Features.Throw, 1, () => Guarded(scope, Throw(scope)), fails);
        When(Features.Throw, 2, () => Guarded(scope, Stmt.Of($"throw;")), scope.MayRethrow);
        When(Features.Loops, 2, () => Loop(scope), nests);
        When(Features.Loops, 2, () => ForEach(scope), nests);
        When(Features.Jumps, 3, () => Guarded(scope, Stmt.Of($"break;")), scope.MayBreak);
        When(Features.Jumps, 3, () => Guarded(scope, Stmt.Of($"continue;")), scope.MayContinue);
        When(Features.Switch, 2, () => Switch(scope), nests);
        When(Features.Parallel, 2, () => Parallel(scope), forks);
        When(Features.Map, 2, () => Map(scope), forks);
        When(Features.TryMap, 1, () => TryMap(scope), forks);
        When(Features.Delay, 1, () => Delay(scope));
        When(Features.Saga, 2, () => Guarded(scope, Stmt.Of($"await flow.Compensate();")), _isSaga);
        When(Features.Event, 3, () => Event(scope), fails);
        When(Features.Child, 3, () => Child(scope), fails && !scope.IsStopped && _level < LargestLevel);
        When(Features.Publish, 2, () => Publish(scope));
        When(Features.Given, 2, () => Given(scope));
        Language(scope, When, nests);
        return choices;
    }

    private Stmt Local(Scope scope)
    {
        var type = AnyType(s_locals);
        var value = Value(type, scope, 3);
        var name = Name("v");
        var assignable = type is not (Ty.MaybeText or Ty.MaybeInt or Ty.MaybeItem or Ty.MaybePlace or Ty.MaybeSize);
        scope.Declare(name, type, assignable);
        return Stmt.Of($"{Values.CSharp(type)} {name} = {value};");
    }

    private static bool IsAssignable(Variable variable, Scope scope) => variable.IsAssignable && variable.Lambda == scope.Lambda;

    private Stmt Assign(Scope scope)
    {
        var target = Any(scope.Variables.Where(variable => IsAssignable(variable, scope)).ToList());
        scope.Effects.Assigns |= target.Function < scope.FunctionDepth;
        var compound = target.Type switch
        {
            Ty.Int when Has(Features.Arithmetic) => Any<string>(["=", "+=", "-=", "="]),
            Ty.Text when Has(Features.Interpolation) => Any<string>(["=", "+="]),
            Ty.Span => Any<string>(["=", "+="]),
            _ => "=",
        };
        return target.Type == Ty.Int && Has(Features.Arithmetic) && Chance(4)
            ? Stmt.Of($"{target.Name}{Any<string>(["++", "--"])};")
            : Stmt.Of($"{target.Name} {compound} {Value(target.Type, scope)};");
    }

    private Stmt If(Scope scope)
    {
        var maybes = scope.Variables.Where(static variable => !variable.IsAssignable && variable.Type is Ty.MaybeText or Ty.MaybeItem or Ty.MaybeInt or Ty.MaybePlace or Ty.MaybeSize).ToList();
        if (maybes.Count > 0 && Chance(3))
        {
            var maybe = Any(maybes);
            var inner = scope.Nest();
            inner.Declare(
                maybe.Type is Ty.MaybeInt or Ty.MaybeSize ? maybe.Name + ".Value" : maybe.Name,
                maybe.Type switch { Ty.MaybeInt => Ty.Int, Ty.MaybeText => Ty.Text, Ty.MaybePlace => Ty.Place, Ty.MaybeSize => Ty.Size, _ => Ty.Item });
            return Stmt.Of($"if ({maybe.Name} is not null){Block(inner, 1 + _random.Next(2))}");
        }

        var condition = Value(Ty.Bool, scope, 2);
        var then = Block(scope.Nest(), 1 + _random.Next(3));
        return _random.Next(3) switch
        {
            0 => Stmt.Of($"if ({condition}){then}"),
            1 => Stmt.Of($"if ({condition}){then}\nelse{Block(scope.Nest(), 1 + _random.Next(2))}"),
            _ => Stmt.Of($"if ({condition}){then}\nelse if ({Value(Ty.Bool, scope, 1)}){Block(scope.Nest(), 1)}\nelse{Block(scope.Nest(), _random.Next(2))}"),
        };
    }

    private Stmt Guarded(Scope scope, Stmt statement) => Stmt.Of($"if ({Value(Ty.Bool, scope, 1)}){new Block([statement])}");

    private Stmt Return(Scope scope)
    {
        if (scope.Returns is not { } returned)
        {
            return Stmt.Of($"return;");
        }

        if (returned != Ty.Report)
        {
            return Stmt.Of($"return {Value(returned, scope)};");
        }

        Expr Late(Ty type) => scope.Variables.LastOrDefault(variable => variable.Type == type && variable.Name != "input") is { } last && Chance(2)
            ? Expr.Of(type, $"{last.Name}")
            : Value(type, scope, 1);
        var shapes = Has(Features.Shapes) ? Expr.Of(Ty.Report, $", {Late(Ty.Kind)}, {Late(Ty.MaybeSize)}, {Late(Ty.MaybePlace)}") : Expr.Of(Ty.Report, $"");
        return Stmt.Of(
            $"return new Report({Late(Ty.Text)}, {Late(Ty.Int)}, {Late(Ty.Long)}, {Late(Ty.Bool)}, {Late(Ty.MaybeText)}, {Late(Ty.MaybeInt)}, {Late(Ty.MaybeItem)}, {Late(Ty.Ints)}, {Late(Ty.Texts)}, {Late(Ty.Items)}{shapes});");
    }

    private Stmt Try(Scope scope)
    {
        var body = Block(scope.Nest(mayRethrow: false, isGuarded: true), 1 + _random.Next(3), startsWithStep: Chance(2));
        var hasMessage = HasMessage(body);
        Scope Handler(string failure)
        {
            var handler = scope.Nest(mayRethrow: true);
            handler.Failures.Add(failure);
            if (hasMessage)
            {
                handler.Messages.Add(failure);
            }

            return handler;
        }

        var pieces = new List<Stmt>();
        var failure = Name("e");
        var handler = Handler(failure);
        var filter = Has(Features.Filters) && Has(Features.When) && Chance(3) ? Expr.Of(Ty.Bool, $" when ({Filter(handler, failure, hasMessage)})")
            : Has(Features.When) && Chance(3) ? Expr.Of(Ty.Bool, $" when ({Value(Ty.Bool, handler, 1)})") : Expr.Of(Ty.Bool, $"");
        var caught = Block(handler, 1 + _random.Next(2));
        var ends = Has(Features.Finally) && Chance(4);
        if (ends && Chance(3))
        {
            return Stmt.Of($"try{body}\nfinally{Finally(scope)}");
        }

        if (filter.Pieces.Length > 1 && Chance(2))
        {
            var second = Name("e");
            return Stmt.Of($"try{body}\ncatch (StepFailed {failure}){filter}{caught}\ncatch (StepFailed {second}){Block(Handler(second), 1)}");
        }

        return ends
            ? Stmt.Of($"try{body}\ncatch (StepFailed {failure}){filter}{caught}\nfinally{Finally(scope)}")
            : Stmt.Of($"try{body}\ncatch (StepFailed {failure}){filter}{caught}");
    }

    private Block Finally(Scope scope) => Block(scope.Nest(mayBreak: false, mayContinue: false, mayReturn: false, mayRethrow: false), 1 + _random.Next(2));

    private Stmt Throw(Scope scope)
    {
        var code = Any<string>(["Own", "Busy", "Declined"]);
        return _random.Next(3) switch
        {
            0 => Stmt.Of($"throw new StepFailed(\"{code}\");"),
            1 => Stmt.Of($"throw new StepFailed(\"{code}\", {Value(Ty.Text, scope, 1)});"),
            _ => Stmt.Of($"throw new StepFailed(\"{code}\", {Value(Ty.Text, scope, 1)}, {Value(Ty.MaybeText, scope, 1)});"),
        };
    }

    private Stmt Loop(Scope scope)
    {
        var inner = scope.Nest(mayBreak: true, mayContinue: true, mayRethrow: false);
        var name = Name("i");
        var count = 1 + _random.Next(4);
        switch (_random.Next(4))
        {
            case 0:
                inner.Declare(name, Ty.Int);
                return Stmt.Of($"for (var {name} = 0; {name} < {count}; {name}++){Block(inner, 1 + _random.Next(2))}");
            case 1:
                scope.Declare(name, Ty.Int);
                inner.Declare(name, Ty.Int);
                return Stmt.Of($"var {name} = 0;\nwhile ({name} < {count} && {Value(Ty.Bool, scope, 1)}){Counting(name, Block(inner, 1 + _random.Next(2)))}");
            case 2:
                scope.Declare(name, Ty.Int);
                inner.Declare(name, Ty.Int);
                return Stmt.Of($"var {name} = 0;\ndo{Counting(name, Block(inner, 1 + _random.Next(2)))}\nwhile ({name} < {count} && {Value(Ty.Bool, scope, 1)});");
            default:
                inner.Declare(name, Ty.Int);
                return Stmt.Of($"for (var {name} = {count}; {name} > 0 && {Value(Ty.Bool, inner, 1)}; {name} -= 2){Block(inner, 1 + _random.Next(2))}");
        }
    }

    private static Block Counting(string name, Block body) => new(body.Statements.Insert(0, Stmt.Of($"{name}++;")));

    private Stmt ForEach(Scope scope)
    {
        var (list, element) = AnyList(scope);
        var inner = scope.Nest(mayBreak: true, mayContinue: true, mayRethrow: false);
        var name = Name("x");
        inner.Declare(name, element);
        return Stmt.Of($"foreach (var {name} in {list}){Block(inner, 1 + _random.Next(3))}");
    }

    private (string List, Ty Element) AnyList(Scope scope)
    {
        var (type, element) = Any<(Ty, Ty)>([(Ty.Ints, Ty.Int), (Ty.Texts, Ty.Text), (Ty.Items, Ty.Item)]);
        return (Any(ExpressionGenerator.Named(type, scope).ToList()), element);
    }

    private Stmt Switch(Scope scope)
    {
        Block Section() => Block(scope.Nest(mayBreak: Has(Features.Jumps)), 1 + _random.Next(2));
        if (Has(Features.Shapes) && Chance(3))
        {
            return Chance(2)
                ? Stmt.Of($"switch ({Value(Ty.Kind, scope, 2)})\n{{\n    case Kind.Gift:\n    case Kind.Normal:{Section()}\n    break;\n    default:{Section()}\n    break;\n}}")
                : Stmt.Of($"switch ({Value(Ty.MaybeSize, scope, 2)})\n{{\n    case Size.ExtraLarge:{Section()}\n    break;\n    case null:{Section()}\n    break;\n}}");
        }

        return _random.Next(2) == 0
            ? Stmt.Of($"switch ({Value(Ty.Int, scope, 2)})\n{{\n    case 0:{Section()}\n    break;\n    case 1:\n    case 2:{Section()}\n    break;\n    default:{Section()}\n    break;\n}}")
            : Stmt.Of($"switch ({Value(Ty.Text, scope, 2)})\n{{\n    case \"a\":{Section()}\n    break;\n    case \"done\":{Section()}\n    break;\n}}");
    }
}
