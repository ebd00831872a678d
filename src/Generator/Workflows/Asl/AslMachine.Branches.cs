using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <content>Branches and map items: machines of their own, which read the variables around them.</content>
internal sealed partial class AslMachine
{
    private List<AslEdge> Parallel(IrParallel parallel, List<AslEdge> ways)
    {
        ways = BeforeBranches(parallel, ways);
        var name = _names.Labelled(parallel.Label);
        var known = Enter(ways, name);
        var state = Add(new AslState(name, "Parallel", parallel.Source.Text));
        state.Fields.Add("Branches", new JsonArray(parallel.Branches.Select(branch => Inner(branch.Body, AslMachineKind.Branch, null, known, new JsonObject())).ToList()));
        Consume(Inside(parallel));
        CatchBranches(state, known, parallel);
        state.Next = Leave(known);
        state.Next.CanEnd = true;
        for (var i = 0; i < parallel.Branches.Count; i++)
        {
            if (parallel.Branches[i].Result is { } result)
            {
                state.Next.Assign(result, AslValue.Of($"$states.result[{i}]"));
            }
        }

        _pending = null;
        return [state.Next];
    }

    private List<AslEdge> Map(IrMap map, List<AslEdge> ways)
    {
        ways = BeforeBranches(map, ways);
        var name = _names.Labelled(map.Label);
        var known = Enter(ways, name);
        var state = Add(new AslState(name, "Map", map.Source.Text));
        var processor = new JsonObject().Add("ProcessorConfig", new JsonObject().Add("Mode", "INLINE"));
        state.Fields
            .Add("Items", new Jsonata(known).Items(map.Items))
            .Add("MaxConcurrency", JsonNode.Number(map.MaxConcurrency))
            .Add("ItemProcessor", Inner(map.Body, map.Collects ? AslMachineKind.Collecting : AslMachineKind.Branch, map.Item, known, processor));
        Consume(IrWalk.Expressions(map).Concat(Inside(map)));
        CatchBranches(state, known, map);
        state.Next = Leave(known);
        state.Next.CanEnd = true;
        if (map.Result is { } result)
        {
            state.Next.Assign(result, AslValue.Of("$states.result"));
        }

        _pending = null;
        return [state.Next];
    }

    private JsonObject Inner(IrBlock body, AslMachineKind kind, string? item, IReadOnlyDictionary<string, string> known, JsonObject json)
    {
        var machine = new AslMachine(_model, _names, kind, known);
        machine.Lower(body, item);
        return json.Add("StartAt", machine.Start).Add("States", machine.States);
    }

    /// <summary>Variables in mind at a start are assigned as the state is left: branches must read something else until then.</summary>
    private List<AslEdge> BeforeBranches(IrStatement statement, List<AslEdge> ways)
    {
        if (_pending is null || ways.Count != 1 || !ways[0].IsStart)
        {
            return ways;
        }

        return Lasting(ways[0].Known) is { } lasting ? [AslEdge.Start(lasting)]
            : Inside(statement).SelectMany(IrWalk.Variables).Intersect(_pending).Any() ? Pass(ways, statement.Source.Text, [])
            : ways;
    }

    private static IEnumerable<IrExpression> Inside(IrStatement statement) => IrWalk.Blocks(statement).SelectMany(IrWalk.All).SelectMany(IrWalk.Expressions);
}
