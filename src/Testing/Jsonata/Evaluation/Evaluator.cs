using System.Runtime.CompilerServices;
using Portable.Testing.Jsonata.Syntax;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Jsonata.Evaluation;

/// <summary>Walks the tree. Flattening and collapsing follow the reference implementation step by step, since nothing simpler agrees with it.</summary>
internal sealed class Evaluator
{
    public object? Evaluate(Node node, object? input, Scope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var result = node switch
        {
            PathNode path => Path(path, input, scope),
            NameNode name => Collections.Lookup(input, name.Name),
            LiteralNode literal => literal.Value,
            VariableNode variable => Variable(variable, input, scope),
            BinaryNode binary => Binary(binary, input, scope),
            NegateNode negate => Negate(negate, input, scope),
            ArrayNode array => Array(array, input, scope),
            ObjectNode members => Object(members, input, scope),
            ConditionNode condition => Condition(condition, input, scope),
            CoalesceNode coalesce => Coalesce(coalesce, input, scope),
            BlockNode block => Block(block, input, scope),
            BindNode bind => scope.Bind(bind.Variable, Evaluate(bind.Value, input, scope)),
            CallNode { IsTail: true } call => new TailCall(call, input, scope),
            CallNode call => Call(call, input, scope, null, applied: false),
            LambdaNode lambda => new Lambda(lambda, input, scope),
            ApplyNode apply => Apply(apply, input, scope),
            _ => throw new JsonataNotSupportedException(node.GetType().Name, node.Position),
        };

        foreach (var predicate in node.Predicates)
        {
            result = Filter(predicate, result, scope);
        }

        return Collapse(result, node.KeepArray);
    }

    /// <summary>Calls a function.</summary>
    public object? Apply(IJsonataFunction function, object?[] arguments, object? input, EvaluationClock clock)
    {
        var result = ApplyOnce(function, arguments, input, clock);
        while (result is TailCall { Node: var call } tail)
        {
            // The result of a call at the end of a function is handed on as it is, without collapsing.
            var next = Evaluate(call.Procedure, tail.Input, tail.Scope) as IJsonataFunction
                ?? throw new JsonataException("T1006", "What is called is no function.", call.Position);
            result = ApplyOnce(next, [.. call.Arguments.Select(argument => Evaluate(argument, tail.Input, tail.Scope))], input, clock);
        }

        return result;
    }

    private object? ApplyOnce(IJsonataFunction function, object?[] arguments, object? input, EvaluationClock clock)
    {
        if (function is Native native)
        {
            return native.Body(new Invocation(native.Signature?.Validate(arguments, input) ?? arguments, this, clock));
        }

        var lambda = (Lambda)function;
        var scope = lambda.Scope.Child();
        for (var i = 0; i < lambda.Node.Parameters.Count; i++)
        {
            scope.Bind(lambda.Node.Parameters[i], i < arguments.Length ? arguments[i] : null);
        }

        return Evaluate(lambda.Node.Body, lambda.Input, scope);
    }

    private static object? Collapse(object? result, bool keepArray)
    {
        if (result is not JsonataList { IsSequence: true } sequence)
        {
            return result;
        }

        sequence.KeepSingleton |= keepArray;
        return sequence.Count switch
        {
            0 => null,
            1 when !sequence.KeepSingleton => sequence[0],
            _ => sequence,
        };
    }

    private object? Path(PathNode path, object? input, Scope scope)
    {
        var items = input is JsonataList list && path.Steps[0] is not VariableNode ? list : JsonataList.Sequence(input);
        object? result = null;
        for (var i = 0; i < path.Steps.Count; i++)
        {
            var step = path.Steps[i];
            result = i == 0 && step.IsConstructedArray
                ? Evaluate(step, items, scope)
                : Step(step, items, scope, last: i == path.Steps.Count - 1);
            if (result is not JsonataList next)
            {
                // Only a block that ends in a constructed array gives anything but a list here. What is no list has no items to walk.
                if (result is string or JsonNull)
                {
                    throw new JsonataNotSupportedException("A path that goes on behind a text or null", step.Position);
                }

                if (result is null || i == path.Steps.Count - 1)
                {
                    break;
                }

                items = [];
                continue;
            }

            if (next.Count == 0)
            {
                break;
            }

            items = next;
        }

        if (path.KeepSingletonArray && result is JsonataList kept)
        {
            if (kept is { IsConstructed: true, IsSequence: false })
            {
                result = kept = JsonataList.Sequence(kept);
            }

            kept.KeepSingleton = true;
        }

        return result;
    }

    private JsonataList Step(Node step, JsonataList items, Scope scope, bool last)
    {
        List<object> results = [];
        foreach (var item in items)
        {
            var value = Evaluate(step, item, scope);
            foreach (var stage in step.Stages)
            {
                value = Filter(stage, value, scope);
            }

            if (value is not null)
            {
                results.Add(value);
            }
        }

        if (last && results is [JsonataList { IsSequence: false } only])
        {
            return only;
        }

        var sequence = JsonataList.Sequence();
        foreach (var value in results)
        {
            if (value is JsonataList { IsConstructed: false } list)
            {
                sequence.AddRange(list);
            }
            else
            {
                sequence.Add(value);
            }
        }

        return sequence;
    }

    private JsonataList Filter(Node predicate, object? input, Scope scope)
    {
        var items = JsonataList.Of(input);
        var results = JsonataList.Sequence();
        if (predicate is LiteralNode { Value: double fixedIndex })
        {
            var index = Index(fixedIndex, items.Count);
            if (index >= 0 && index < items.Count && items[(int)index] is { } item)
            {
                if (item is JsonataList nested)
                {
                    return nested;
                }

                results.Add(item);
            }

            return results;
        }

        for (var i = 0; i < items.Count; i++)
        {
            var value = Evaluate(predicate, items[i], scope);
            if (Operators.IsNumber(value))
            {
                value = new JsonataList([value]);
            }

            if (value is JsonataList numbers && numbers.TrueForAll(static number => Operators.IsNumber(number)))
            {
                foreach (var number in numbers)
                {
                    if (Index((double)number!, items.Count) == i)
                    {
                        results.Add(items[i]);
                    }
                }
            }
            else if (Operators.ToBoolean(value) is true)
            {
                results.Add(items[i]);
            }
        }

        return results;
    }

    private static double Index(double number, int count)
    {
        var index = Math.Floor(number);
        return index < 0 ? count + index : index;
    }

    private static object? Variable(VariableNode variable, object? input, Scope scope) =>
        variable.Name.Length > 0 ? scope.Lookup(variable.Name)
        : input is JsonataList { IsOuterWrapper: true } wrapper ? wrapper[0]
        : input;

    private object? Binary(BinaryNode node, object? input, Scope scope)
    {
        var left = Evaluate(node.Left, input, scope);
        switch (node.Symbol)
        {
            case "and":
                return Operators.IsTrue(left) && Operators.IsTrue(Evaluate(node.Right, input, scope));
            case "or":
                return Operators.IsTrue(left) || Operators.IsTrue(Evaluate(node.Right, input, scope));
            default:
                return Operators.Apply(node.Symbol, left, Evaluate(node.Right, input, scope), node.Position);
        }
    }

    private object? Negate(NegateNode node, object? input, Scope scope)
    {
        var operand = Evaluate(node.Operand, input, scope);
        return operand is null ? null
            : Operators.IsNumber(operand) ? -(double)operand
            : throw new JsonataException("D1002", "Only a number can be negated.", node.Position);
    }

    private JsonataList Array(ArrayNode node, object? input, Scope scope)
    {
        var result = new JsonataList();
        foreach (var item in node.Items)
        {
            var value = Evaluate(item, input, scope);
            if (value is JsonataList list && item is not ArrayNode)
            {
                result.AddRange(list);
            }
            else if (value is not null)
            {
                result.Add(value);
            }
        }

        result.IsConstructed = node.IsConstructedArray;
        return result;
    }

    private JsonataObject Object(ObjectNode node, object? input, Scope scope)
    {
        var items = JsonataList.Of(input);
        var groups = new JsonataObject();
        foreach (var item in items.Count == 0 ? [null] : items)
        {
            for (var pair = 0; pair < node.Members.Count; pair++)
            {
                switch (Evaluate(node.Members[pair].Key, item, scope))
                {
                    case null:
                        break;
                    case string name when groups[name] is Group group:
                        group.Data = group.Pair == pair
                            ? Collections.Append(group.Data, item)
                            : throw new JsonataException("D1009", $"The key \"{name}\" is given by more than one member.", node.Position);
                        break;
                    case string name:
                        groups[name] = new Group(pair) { Data = item };
                        break;
                    default:
                        throw new JsonataException("T1003", "A key of an object is a text.", node.Position);
                }
            }
        }

        var result = new JsonataObject();
        foreach (var name in groups.Names)
        {
            var group = (Group)groups[name]!;
            if (Evaluate(node.Members[group.Pair].Value, group.Data, scope) is { } value)
            {
                result[name] = value;
            }
        }

        return result;
    }

    private object? Condition(ConditionNode node, object? input, Scope scope) =>
        Operators.ToBoolean(Evaluate(node.Condition, input, scope)) is true ? Evaluate(node.Then, input, scope)
        : node.Otherwise is { } otherwise ? Evaluate(otherwise, input, scope)
        : null;

    private object? Coalesce(CoalesceNode node, object? input, Scope scope) =>
        Evaluate(node.Left, input, scope) is not { } left ? Evaluate(node.Right, input, scope)
        : node.Then is { } then ? Evaluate(then, input, scope)
        : left;

    private object? Block(BlockNode node, object? input, Scope scope)
    {
        var inner = scope.Child();
        object? result = null;
        foreach (var expression in node.Expressions)
        {
            result = Evaluate(expression, input, inner);
        }

        return result;
    }

    private object? Apply(ApplyNode node, object? input, Scope scope)
    {
        var left = Evaluate(node.Left, input, scope);
        if (node.Right is CallNode call)
        {
            return Call(call, input, scope, left, applied: true);
        }

        if (Evaluate(node.Right, input, scope) is not IJsonataFunction function)
        {
            throw new JsonataException("T2006", "What stands right of '~>' is no function.", node.Position);
        }

        return left is IJsonataFunction
            ? throw new JsonataNotSupportedException("Composition of functions", node.Position)
            : Apply(function, [left], JsonNull.Value, scope.Clock);
    }

    private object? Call(CallNode node, object? input, Scope scope, object? first, bool applied)
    {
        var procedure = Evaluate(node.Procedure, input, scope);
        if (procedure is null && node.Procedure is PathNode { Steps: [NameNode name, ..] } && scope.Lookup(name.Name) is not null)
        {
            throw new JsonataException("T1005", $"'{name.Name}' is no function; did you mean '${name.Name}'?", node.Position);
        }

        List<object?> arguments = applied ? [first] : [];
        foreach (var argument in node.Arguments)
        {
            arguments.Add(Evaluate(argument, input, scope));
        }

        return procedure is IJsonataFunction function
            ? Apply(function, [.. arguments], input, scope.Clock)
            : throw new JsonataException("T1006", "What is called is no function.", node.Position);
    }

    /// <summary>A call at the end of a function, to be made by whoever called the function.</summary>
    private sealed record TailCall(CallNode Node, object? Input, Scope Scope);

    private sealed class Group(int pair)
    {
        public int Pair { get; } = pair;

        public object? Data { get; set; }
    }
}
