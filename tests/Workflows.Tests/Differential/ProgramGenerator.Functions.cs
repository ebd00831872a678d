namespace Portable.Workflows.Tests.Differential;

/// <content>Functions of the workflow's own, and their calls.</content>
internal sealed partial class ProgramGenerator
{
    private static readonly Ty[] s_parameters = [Ty.Int, Ty.Text, Ty.Item, Ty.Bool, Ty.MaybeText];
    private static readonly Ty?[] s_returned = [null, Ty.Int, Ty.Int, Ty.Text, Ty.Bool, Ty.Item, Ty.MaybeText, Ty.Ints];

    private readonly List<Method> _methods = [];

    // Functions in which an event may fail to come: a failure's message then is the engine's own.
    private readonly HashSet<string> _waiting = new(StringComparer.Ordinal);

    /// <summary>Static methods that only compute.</summary>
    private void Members()
    {
        for (var count = Has(Features.Functions) ? _random.Next(3) : 0; count > 0; count--)
        {
            var (function, parameters, body) = Pure(new Scope());
            _methods.Add(new Method(function.Name, $"private static {Values.CSharp(function.Result!.Value)} {function.Name}({parameters})", body));
            _expressions.Methods.Add(function);
        }
    }

    private (Function Function, string Parameters, Block Body) Pure(Scope scope)
    {
        var result = Any<Ty>([Ty.Int, Ty.Int, Ty.Text, Ty.Bool, Ty.Item, Ty.MaybeText]);
        var inner = scope.Function(result, isLocal: false, 0, stops: false, isReliable: Chance(2));
        var (parameters, types) = Parameters(inner);
        var body = new List<Stmt>();
        if (Chance(2))
        {
            body.Add(Local(inner));
        }

        if (Chance(2))
        {
            body.Add(Guarded(inner, Return(inner)));
        }

        body.Add(Return(inner));
        return (new Function(Name("Pure"), result, types, inner) { IsPure = true }, parameters, new Block([.. body]));
    }

    private (string Text, IReadOnlyList<Ty> Types) Parameters(Scope inner, params IEnumerable<Ty> more)
    {
        var types = Enumerable.Range(0, _random.Next(3)).Select(_ => Any(s_parameters)).Concat(more).ToList();
        var texts = new List<string>();
        foreach (var type in types)
        {
            var name = Name("a");
            inner.Declare(name, type, assignable: type is Ty.Int or Ty.Text);
            texts.Add($"{Values.CSharp(type)} {name}");
        }

        return (string.Join(", ", texts), types);
    }

    private Stmt Declare(Scope scope)
    {
        if (Chance(4))
        {
            var (pure, parameters, body) = Pure(scope);
            scope.Functions.Add(pure);
            return Stmt.Of($"{Values.CSharp(pure.Result!.Value)} {pure.Name}({parameters}){body}");
        }

        return Asynchronous(scope);
    }

    private Stmt Asynchronous(Scope scope)
    {
        var (isLocal, inForks) = (Chance(2), Chance(2));
        var result = Any(s_returned);
        var inner = scope.Function(result, isLocal, inForks ? 1 : 0, inForks && !_isSaga, isReliable: inForks && !_isSaga && Chance(2));
        var (function, head, body) = Asynchronous(inner, isLocal, isLocal ? [] : [Ty.Order]);
        if (isLocal)
        {
            scope.Functions.Add(function);
            return Stmt.Of($"{head}{body}");
        }

        AddMethod(function, head, body);
        return function.MayBeCalled(scope) ? Call(function, scope) : Step(scope);
    }

    // It begins with a step, as a branch's body does.
    private (Function Function, string Head, Block Body) Asynchronous(Scope inner, bool isLocal, params IEnumerable<Ty> more)
    {
        var name = Name("Fn");
        var outerNames = _methodNames;
        _methodNames = isLocal ? _methodNames : 0;
        var (parameters, types) = Parameters(inner, more);
        var takesFlow = !isLocal || Chance(3);
        parameters = !takesFlow ? parameters : parameters.Length == 0 ? "IWorkflow flow" : "IWorkflow flow, " + parameters;
        var body = Block(inner, 1 + _random.Next(2), startsWithStep: true);
        body = inner.Returns is null ? body : new Block(body.Statements.Add(Return(inner)));
        _methodNames = outerNames;
        if (!HasMessage(body))
        {
            _waiting.Add(name);
        }

        var function = new Function(name, inner.Returns, types, inner, !takesFlow ? "" : types.Count == 0 ? "flow" : "flow, ");
        return (function, $"async Task{(inner.Returns is { } type ? $"<{Values.CSharp(type)}>" : "")} {name}({parameters})", body);
    }

    private void AddMethod(Function function, string head, Block body)
    {
        _methods.Add(new Method(function.Name, "private " + head, body));
        _expressions.Methods.Add(function);
    }

    private List<Function> Callable(Scope scope) => Has(Features.Functions) ? [.. _expressions.Methods.Concat(scope.Functions).Where(function => !function.IsPure && function.MayBeCalled(scope))] : [];

    private Expr Arguments(Function function, Scope scope, string? first = null)
    {
        scope.Effects.Assigns |= function.Place.Effects.Assigns;
        var arguments = function.Parameters.Select((type, at) => at == 0 && first is not null ? Expr.Of(type, $"{first}") : Value(type, scope, 1)).ToList();
        return Expr.Of(Ty.Order, $"{function.Name}({function.Before}{arguments})");
    }

    private Stmt Call(Function function, Scope scope)
    {
        var call = Arguments(function, scope);
        if (function.Result is not { } type || Chance(8))
        {
            return Stmt.Of($"await {call};");
        }

        if (type == scope.Returns && scope.MayReturn && Chance(3))
        {
            return Guarded(scope, Stmt.Of($"return await {call};"));
        }

        if (type is Ty.Int or Ty.Text or Ty.Bool && scope.Depth < LargestDepth && Chance(3))
        {
            return Chance(2) && !function.Place.Effects.Assigns
                ? Stmt.Of($"if ({Value(type, scope, 1)} == await {call}){Block(scope.Nest(), 1)}")
                : Stmt.Of($"if (await {call} == {Value(type, scope, 1)}){Block(scope.Nest(), 1)}");
        }

        var name = Name("r");
        scope.Declare(name, type);
        return Stmt.Of($"var {name} = await {call};");
    }

    private Expr? BranchCall(Scope scope, Ty type)
    {
        var inner = scope.Body(type, stops: !_isSaga, isReliable: MustNotFail(scope));
        return CalledBy(inner, type, static _ => true) is not { } function ? null
            : Chance(2) ? Expr.Of(Ty.Order, $"flow.Branch(() => {Arguments(function, inner)})")
            : Expr.Of(Ty.Order, $"flow.Branch(async () => await {Arguments(function, inner)})");
    }

    private Expr? ElementCall(Scope inner, Ty element, Ty result)
    {
        var name = Name("m");
        return CalledBy(inner, result, function => function.Parameters.Count > 0 && function.Parameters[0] == element) is not { } function ? null
            : Expr.Of(Ty.Order, $"{name} => {Arguments(function, inner, name)}");
    }

    // One that is there already, or a new one now and then, of which branches and elements to come may make use.
    private Function? CalledBy(Scope inner, Ty result, Func<Function, bool> fits)
    {
        if (Callable(inner).Where(function => function.Result == result && fits(function)).ToList() is { Count: > 0 } functions)
        {
            return Any(functions);
        }

        if (!Has(Features.Functions) || !Chance(4))
        {
            return null;
        }

        var (made, head, body) = Asynchronous(inner.Function(result, isLocal: false, inner.Fork, inner.IsStopped, inner.IsReliable), isLocal: false, Ty.Order);
        AddMethod(made, head, body);
        return fits(made) ? made : null;
    }
}
