namespace Portable.Workflows.Tests.Differential;

/// <summary>Statements that use the workflow.</summary>
internal sealed partial class ProgramGenerator
{
    private Stmt Step(Scope scope)
    {
        Ty? input = Chance(8) ? null : AnyType(s_payloads);
        Ty? output = Chance(5) ? null : AnyType(s_results);
        var call = Call(NewStep(input, output, scope), scope);
        if (output is not { } type || Chance(10))
        {
            return Stmt.Of($"await flow.Step({call});");
        }

        var name = Name("r");
        var statement = Stmt.Of($"var {name} = await flow.Step({call});");
        scope.Declare(name, type);
        return statement;
    }

    // A list cannot be a literal here: the payload's type must be plain to see.
    private Expr Call(StepDeclaration step, Scope scope) => step.Input switch
    {
        null => Expr.Of(Ty.Order, $"{step.Name}"),
        Ty.Ints or Ty.Texts or Ty.Items => Expr.Of(Ty.Order, $"{step.Name}, {Any(ExpressionGenerator.Named(step.Input.Value, scope).ToList())}"),
        { } type => Expr.Of(Ty.Order, $"{step.Name}, {Value(type, scope)}"),
    };

    private StepDeclaration NewStep(Ty? input, Ty? output, Scope scope)
    {
        var name = Name("S");
        var attributes = Has(Features.Timeout) && !scope.IsReliable && Chance(6) ? "Step(TimeoutSeconds = 3)" : "Step";
        if (Has(Features.Retry) && Chance(2))
        {
            attributes += $", Retry(MaxAttempts = {_random.Next(1, 5)}{Any<string>(["", ", On = [\"Busy\"]", ", On = [\"Busy\", \"Timeout\"]"])}{Any<string>(["", ", IntervalSeconds = 2", ", IntervalSeconds = 1, BackoffRate = 1.5, MaxIntervalSeconds = 2"])})";
        }

        if (Has(Features.Keys) && Chance(2) && KeyOf(input) is { } key)
        {
            attributes += $", Idempotent(nameof({Values.CSharp(input!.Value)}.{key}))";
        }

        string? undo = null;
        if (_isSaga && Chance(2))
        {
            undo = "Undo" + name;
            attributes += $", Compensate(nameof({undo}))";
            _steps.Add(new StepDeclaration(undo, _random.Next(3) switch { 0 => output ?? input, 1 => input, _ => null }, null, Chance(2) ? "[Step, Retry(MaxAttempts = 2)]" : "[Step]"));
        }

        var step = new StepDeclaration(name, input, output, $"[{attributes}]", undo, scope.IsReliable);
        _steps.Add(step);
        return step;
    }

    private string? KeyOf(Ty? payload) => payload switch
    {
        Ty.Item => Any<string>(["Name", "Qty", "Note"]),
        Ty.Order => Any<string>(["Id", "Count", "Big"]),
        Ty.Place => Any<string>(["City", "Floor"]),
        _ => null,
    };

    // How long a fork that has failed waits for its branches shows in what else goes on, and in the times at which events meet the run.
    private bool MustNotFail(Scope scope) => !_isSaga && (scope.IsStopped || (_isTimed && scope.IsGuarded));

    // A branch begins with a step, whose duration no other call has: what it does next never happens at the moment at which another branch acts.
    private Block Body(Scope scope, Ty type)
    {
        var inner = scope.Body(type, stops: !_isSaga, isReliable: MustNotFail(scope));
        var body = Block(inner, _random.Next(3), startsWithStep: true);
        return new Block(body.Statements.Add(Return(inner)));
    }

    private Stmt Parallel(Scope scope)
    {
        var branches = new List<Expr>();
        var results = new List<(string Name, Ty Type)>();
        for (var i = 0; i < (Chance(3) ? 3 : 2); i++)
        {
            var type = AnyType(s_values);
            if (Has(Features.Bodies) && Chance(2))
            {
                branches.Add(Expr.Of(Ty.Order, $"flow.Branch(async () =>{Body(scope, type)})"));
            }
            else if (BranchCall(scope, type) is { } called)
            {
                branches.Add(called);
            }
            else
            {
                var inner = scope.Body(type, stops: !_isSaga, isReliable: MustNotFail(scope));
                branches.Add(Expr.Of(Ty.Order, $"flow.Branch({Call(NewStep(Chance(8) ? null : AnyType(s_payloads), type, inner), inner)})"));
            }

            results.Add((Name("p"), type));
        }

        if (Chance(6))
        {
            return Stmt.Of($"await flow.Parallel({branches});");
        }

        var statement = Stmt.Of($"var ({string.Join(", ", results.Select(static result => result.Name))}) = await flow.Parallel({branches});");
        foreach (var (name, type) in results)
        {
            scope.Declare(name, type);
        }

        return statement;
    }

    private (string List, Expr Body) Each(Scope scope, Ty result, bool collects)
    {
        var (list, element) = AnyList(scope);
        var inner = scope.Body(result, stops: !_isSaga && !collects, isGuarded: collects, isReliable: !collects && MustNotFail(scope));
        if (ElementCall(inner, element, result) is { } called)
        {
            return (list, called);
        }

        if (!Has(Features.Bodies) || Chance(2))
        {
            return (list, Expr.Of(Ty.Order, $"{NewStep(element, result, inner).Name}"));
        }

        var name = Name("m");
        inner.Declare(name, element);
        var body = Block(inner, _random.Next(3), startsWithStep: true);
        return (list, Expr.Of(Ty.Order, $"async {name} =>{new Block(body.Statements.Add(Return(inner)))}"));
    }

    private string Concurrency() => Any<string>(["", ", maxConcurrency: 1", ", maxConcurrency: 2", ", maxConcurrency: 3"]);

    private Stmt Map(Scope scope)
    {
        var (list, result) = Any<(Ty, Ty)>([(Ty.Ints, Ty.Int), (Ty.Texts, Ty.Text), (Ty.Items, Ty.Item)]);
        var (items, body) = Each(scope, result, collects: false);
        var name = Name("r");
        var statement = Stmt.Of($"var {name} = await flow.Map({items}, {body}{Concurrency()});");
        scope.Declare(name, list);
        return statement;
    }

    private Stmt TryMap(Scope scope)
    {
        var (result, value) = Any<(Ty, Ty)>([(Ty.Text, Ty.MaybeText), (Ty.Item, Ty.MaybeItem)]);
        var (items, body) = Each(scope, result, collects: true);
        var results = Name("r");
        var outcome = Name("o");
        var succeeded = scope.Nest(mayBreak: true, mayContinue: true, mayRethrow: false);
        succeeded.Declare(outcome + ".Value", value);
        var failed = scope.Nest(mayBreak: true, mayContinue: true, mayRethrow: false);
        failed.Declare(outcome + ".Failure.Code", Ty.Text);
        if (HasMessage(body))
        {
            failed.Declare(outcome + ".Failure.Message", Ty.Text);
        }

        return Stmt.Of($"var {results} = await flow.TryMap({items}, {body}{Concurrency()});\nforeach (var {outcome} in {results}){new Block([
            Stmt.Of($"if ({outcome}.Failure is null){Block(succeeded, 1)}\nelse{Block(failed, 1)}"),
        ])}");
    }

    private Stmt Delay(Scope scope) => Has(Features.Spans) && Chance(2)
        ? Stmt.Of($"await flow.Delay({(ExpressionGenerator.Named(Ty.Span, scope).ToList() is { Count: > 0 } spans && Chance(2) ? Expr.Of(Ty.Span, $"{Any(spans)}") : Value(Ty.Span, scope))});")
        : Chance(3)
        ? Stmt.Of($"await flow.Delay(TimeSpan.FromSeconds({AnyList(scope).List}.Count));")
        : Stmt.Of($"await flow.Delay(TimeSpan.FromSeconds({_random.Next(-1, 5)}));");
}
