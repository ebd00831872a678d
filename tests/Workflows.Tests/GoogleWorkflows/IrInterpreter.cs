using System.Text.Json;
using Portable.Generator.Workflows.Ir;

namespace Portable.Workflows.Tests.GoogleWorkflows;

/// <summary>A failure on its way.</summary>
internal sealed class IrFailure(Dictionary<string, object?> value, bool isDefect) : Exception((string)value["code"]!)
{
    public Dictionary<string, object?> Value { get; } = value;

    public bool IsDefect { get; } = isDefect;
}

/// <summary>What IR means, said as directly as possible: the yardstick of transformations and of what is printed. Branches run one after the other.</summary>
/// <param name="call">Answers a step.</param>
/// <param name="isLowered">
/// Whether the IR is what <c>StructuredExits</c> and <c>Declarations</c> make: jumps that Google Workflows does not know are refused, variables live as long as
/// there, and branches assign their results.
/// </param>
internal sealed class IrInterpreter(Func<string, object?, object?> call, bool isLowered)
{
    private const int MostStatements = 5000;
    private int _statements;

    private enum Went
    {
        On,
        Return,
        Break,
        Continue,
        Leave,
    }

    /// <summary>What was called, in order.</summary>
    public List<string> Trace { get; } = [];

    /// <summary>Runs a body; its value as JSON, or the failure's code.</summary>
    public string Run(IrBlock body, string? input = null, object? argument = null)
    {
        var scope = new Scope(null, input is null ? [] : new() { [input] = argument });
        try
        {
            var flow = Run(body, scope);
            return flow.Went is Went.On or Went.Return ? JsonSerializer.Serialize(flow.Value) : throw new InvalidOperationException($"A {flow.Went} leaves the workflow.");
        }
        catch (IrFailure failure)
        {
            return $"{(failure.IsDefect ? "defect" : "failure")} {failure.Message}";
        }
    }

    private Flow Run(IrBlock block, Scope scope)
    {
        foreach (var statement in block.Statements)
        {
            if (++_statements > MostStatements)
            {
                throw new InvalidOperationException("The program does not end.");
            }

            var flow = Run(statement, scope);
            if (flow.Went != Went.On)
            {
                return flow;
            }
        }

        return default;
    }

    private Flow Run(IrStatement statement, Scope scope)
    {
        switch (statement)
        {
            case IrStep step:
                var input = step.Input is null ? null : Evaluate(step.Input, scope);
                Trace.Add($"{step.Step}({JsonSerializer.Serialize(input)})");
                Assign(step.Result, call(step.Step, input), scope);
                return default;
            case IrAssign assign:
                Assign(assign.Variable, Evaluate(assign.Value, scope), scope);
                return default;
            case IrIf branch:
                return Evaluate(branch.Condition, scope) is true ? Run(branch.Then, scope) : branch.Else is { } otherwise ? Run(otherwise, scope) : default;
            case IrReturn back:
                return new Flow(Went.Return, Value: back.Value is null ? null : Evaluate(back.Value, scope));
            case IrBreak:
                return new Flow(Went.Break);
            case IrContinue:
                return new Flow(Went.Continue);
            case IrLeave leave:
                return new Flow(Went.Leave, leave.Name);
            case IrScope named:
                var left = Run(named.Body, scope);
                return left.Went == Went.Leave && left.Scope == named.Name ? default : left;
            case IrThrow thrown:
                throw new IrFailure((Dictionary<string, object?>)Evaluate(thrown.Failure, scope)!, thrown.IsDefect);
            case IrTry attempt:
                return Try(attempt, scope);
            case IrLoop loop:
                return Loop(loop, scope);
            case IrForEach loop:
                return ForEach(loop, scope);
            case IrParallel parallel:
                return Parallel(parallel, scope);
            case IrMap map:
                return Map(map, scope);
            default:
                throw new NotSupportedException(statement.GetType().Name);
        }
    }

    private Flow Try(IrTry attempt, Scope scope)
    {
        try
        {
            return Crossed(Run(attempt.Body, scope));
        }
        catch (IrFailure failure) when (!failure.IsDefect && Holds(attempt, failure, scope))
        {
            var handler = isLowered ? new Scope(scope, []) : scope;
            handler.Declare(attempt.Failure, failure.Value);
            return Crossed(Run(attempt.Handler, handler));
        }
    }

    private static bool Holds(IrTry attempt, IrFailure failure, Scope scope) =>
        attempt.Filter is not { } filter || Evaluate(filter, new Scope(scope, new() { [attempt.Failure] = failure.Value })) is true;

    // Only a return leaves a try.
    private Flow Crossed(Flow flow) => isLowered && flow.Went is (Went.Break or Went.Continue or Went.Leave) ? throw new InvalidOperationException($"A {flow.Went} leaves a try.") : flow;

    private Flow Loop(IrLoop loop, Scope scope)
    {
        for (var first = true; ; first = false)
        {
            if (!(first && loop.TestsAfter) && loop.Condition is { } condition && Evaluate(condition, scope) is not true)
            {
                return default;
            }

            var flow = Run(loop.Body, scope);
            if (flow.Went is Went.Break)
            {
                return default;
            }

            if (flow.Went is Went.Return or Went.Leave)
            {
                return flow;
            }

            flow = Run(loop.Advance, scope);
            if (flow.Went == Went.Break)
            {
                return default;
            }

            if (flow.Went != Went.On)
            {
                return flow;
            }
        }
    }

    private Flow ForEach(IrForEach loop, Scope scope)
    {
        foreach (var item in (List<object?>)Evaluate(loop.Items, scope)!)
        {
            var round = isLowered ? new Scope(scope, []) : scope;
            round.Declare(loop.Item, item);
            var flow = Run(loop.Body, round);
            if (flow.Went == Went.Break)
            {
                return default;
            }

            if (flow.Went is Went.Return or Went.Leave)
            {
                return isLowered && flow.Went == Went.Leave ? throw new InvalidOperationException("A leave goes out of a for.") : flow;
            }
        }

        return default;
    }

    private Flow Parallel(IrParallel parallel, Scope scope)
    {
        var failures = new List<IrFailure>();
        foreach (var branch in parallel.Branches)
        {
            if (isLowered && branch.Result is not null)
            {
                scope.Assign(branch.Result, null);
            }
        }

        var values = new List<(string? Result, object? Value)>();
        foreach (var branch in parallel.Branches)
        {
            if (failures.Count == 0 || parallel.Settles)
            {
                values.Add((branch.Result, Branch(branch.Body, new Scope(scope, []), failures)));
            }
        }

        var flow = Fail(failures);
        foreach (var (result, value) in isLowered ? [] : values)
        {
            Assign(result, value, scope);
        }

        return flow;
    }

    private Flow Map(IrMap map, Scope scope)
    {
        var items = (List<object?>)Evaluate(map.Items, scope)!;
        var failures = new List<IrFailure>();
        var results = items.ConvertAll<object?>(_ => map.Collects ? Collected(null, null) : null);
        if (isLowered && map.Result is not null)
        {
            scope.Assign(map.Result, results);
        }

        for (var i = 0; i < items.Count && (failures.Count == 0 || map.Settles || map.Collects); i++)
        {
            var own = new List<IrFailure>();
            var value = Branch(map.Body, new Scope(scope, new() { [map.Item] = items[i], [map.Label + "_index"] = (long)i }), own);
            if (map.Collects && own is [{ IsDefect: false } failure])
            {
                results[i] = Collected(null, failure.Value);
                continue;
            }

            failures.AddRange(own);
            if (!isLowered)
            {
                results[i] = map.Collects ? Collected(value, null) : value;
            }
        }

        var flow = Fail(failures);
        if (!isLowered && map.Result is not null)
        {
            scope.Assign(map.Result, results);
        }

        return flow;
    }

    private static Flow Fail(List<IrFailure> failures) =>
        (failures.Find(failure => failure.IsDefect) ?? failures.FirstOrDefault()) is { } failure ? throw new IrFailure(failure.Value, failure.IsDefect) : default;

    private object? Branch(IrBlock body, Scope scope, List<IrFailure> failures)
    {
        try
        {
            var flow = Run(body, scope);
            if (isLowered && flow.Went != Went.On)
            {
                throw new InvalidOperationException($"A {flow.Went} leaves a branch.");
            }

            return flow.Value;
        }
        catch (IrFailure failure)
        {
            failures.Add(failure);
            return null;
        }
    }

    private static Dictionary<string, object?> Collected(object? value, object? failure) => new() { ["value"] = value, ["failure"] = failure };

    private static void Assign(string? variable, object? value, Scope scope)
    {
        if (variable is null)
        {
            return;
        }

        // A place in a list: results[index].
        if (variable.IndexOf('[', StringComparison.Ordinal) is > 0 and var open)
        {
            ((List<object?>)scope[variable[..open]]!)[(int)(long)scope[variable[(open + 1)..^1]]!] = value;
            return;
        }

        scope.Assign(variable, value);
    }

    private static object? Evaluate(IrExpression expression, Scope scope) => expression switch
    {
        IrLiteral { Kind: IrKind.Null } => null,
        IrLiteral { Kind: IrKind.Boolean } literal => literal.Text == "true",
        IrLiteral { Kind: IrKind.Integer } literal => long.Parse(literal.Text, System.Globalization.CultureInfo.InvariantCulture),
        IrLiteral literal => literal.Text,
        IrVariable variable => scope[variable.Name],
        IrFailurePart part => ((Dictionary<string, object?>)scope[part.Variable]!)[part.Part.ToString().ToLowerInvariant()],
        IrMember member => Evaluate(member.Target, scope) is Dictionary<string, object?> map && map.TryGetValue(member.Name.Wire, out var value) ? value
            : member.Default is { } missing ? Evaluate(missing, scope) : throw new InvalidOperationException($"no member {member.Name.Wire}"),
        IrNot not => Evaluate(not.Operand, scope) is not true,
        IrIsNull check => Evaluate(check.Operand, scope) is null,
        IrBinary { Operator: IrOperator.And } both => Evaluate(both.Left, scope) is true && Evaluate(both.Right, scope) is true,
        IrBinary { Operator: IrOperator.Or } either => Evaluate(either.Left, scope) is true || Evaluate(either.Right, scope) is true,
        IrBinary { Operator: IrOperator.Equal } same => Equals(Evaluate(same.Left, scope), Evaluate(same.Right, scope)),
        IrBinary { Operator: IrOperator.NotEqual } same => !Equals(Evaluate(same.Left, scope), Evaluate(same.Right, scope)),
        IrBinary order => Order(order.Operator, Number(order.Left, scope), Number(order.Right, scope)),
        IrArithmetic { Wraps: true } sum => (long)unchecked((int)Compute(sum.Operator, Number(sum.Left, scope), Number(sum.Right, scope))),
        IrArithmetic sum => Compute(sum.Operator, Number(sum.Left, scope), Number(sum.Right, scope)),
        IrConcat concat => string.Concat(concat.Parts.Select(part => Evaluate(part, scope) ?? throw new InvalidOperationException("null in a text"))),
        IrConditional conditional => Evaluate(conditional.Condition, scope) is true ? Evaluate(conditional.Then, scope) : Evaluate(conditional.Else, scope),
        IrCoalesce coalesce => Evaluate(coalesce.Left, scope) ?? Evaluate(coalesce.Right, scope),
        IrCount count => (long)((List<object?>)Evaluate(count.List, scope)!).Count,
        IrElement element => ((List<object?>)Evaluate(element.List, scope)!)[(int)Number(element.Index, scope)],
        IrContains contains => ((List<object?>)Evaluate(contains.List, scope)!).Contains(Evaluate(contains.Value, scope)),
        IrList list => list.Items.Select(item => Evaluate(item, scope)).ToList(),
        IrJoin join => ((List<object?>)Evaluate(join.First, scope)!).Concat((List<object?>)Evaluate(join.Second, scope)!).ToList(),
        IrObject made => Made(made.Fields, scope),
        IrMerge merge => Merged((Dictionary<string, object?>)Evaluate(merge.Target, scope)!, Made(merge.Fields, scope)),
        _ => throw new NotSupportedException(expression.GetType().Name),
    };

    private static Dictionary<string, object?> Made(IEnumerable<IrField> fields, Scope scope) =>
        fields.ToDictionary(static field => field.Name.Wire, field => Evaluate(field.Value, scope));

    private static Dictionary<string, object?> Merged(Dictionary<string, object?> target, Dictionary<string, object?> changes)
    {
        var merged = new Dictionary<string, object?>(target);
        foreach (var (name, value) in changes)
        {
            merged[name] = value;
        }

        return merged;
    }

    private static long Number(IrExpression expression, Scope scope) => (long)Evaluate(expression, scope)!;

    private static long Compute(IrArithmeticOperator op, long left, long right) => op switch
    {
        IrArithmeticOperator.Add => left + right,
        IrArithmeticOperator.Subtract => left - right,
        IrArithmeticOperator.Multiply => left * right,
        IrArithmeticOperator.Divide => left / right,
        _ => left % right,
    };

    private static bool Order(IrOperator op, long left, long right) => op switch
    {
        IrOperator.Less => left < right,
        IrOperator.LessOrEqual => left <= right,
        IrOperator.Greater => left > right,
        _ => left >= right,
    };

    private readonly record struct Flow(Went Went, string? Scope = null, object? Value = null);

    private sealed class Scope(Scope? outer, Dictionary<string, object?> values)
    {
        public object? this[string name] => values.TryGetValue(name, out var value) ? value : outer is not null ? outer[name] : throw new InvalidOperationException($"'{name}' has no value here.");

        public void Declare(string name, object? value) => values[name] = value;

        public void Assign(string name, object? value)
        {
            for (var scope = this; scope is not null; scope = scope.Outer)
            {
                if (scope.Values.ContainsKey(name))
                {
                    scope.Values[name] = value;
                    return;
                }
            }

            values[name] = value;
        }

        private Scope? Outer => outer;

        private Dictionary<string, object?> Values => values;
    }
}
