using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>What a machine is part of: it decides what a failure and a result become at its end.</summary>
internal enum AslMachineKind
{
    /// <summary>The workflow: a failure ends the run.</summary>
    Workflow,

    /// <summary>A branch or a map item: a failure is that of the state around it.</summary>
    Branch,

    /// <summary>An item of a map that collects: results and failures are both outputs.</summary>
    Collecting,
}

/// <summary>
/// Lowers structured IR to states, in the order of the source. Statements lead edges to new states and return the edges that lead on;
/// this file has the statements of a straight line, others have loops, branches and failures.
/// </summary>
internal sealed partial class AslMachine
{
    // An output printed at more ends than these is printed once, in a state of its own.
    private const int MostEnds = 4;

    private readonly WorkflowModel _model;
    private readonly AslTasks _tasks;
    private readonly AslNames _names;
    private readonly AslMachineKind _kind;
    private readonly List<AslState> _states = [];

    // What stands for variables of the machine around this one that it has not assigned yet.
    private readonly IReadOnlyDictionary<string, string> _outer;

    // Variables that no state has assigned yet, as the first state may name them, and how often they are still read.
    private List<string>? _pending;
    private Dictionary<string, int> _reads = [];

    private AslMachine(WorkflowModel model, AslNames names, AslMachineKind kind, IReadOnlyDictionary<string, string> outer) =>
        (_model, _tasks, _names, _kind, _outer) = (model, new AslTasks(model), names, kind, outer);

    /// <summary>The name of the first state.</summary>
    public string Start { get; private set; } = "";

    public JsonObject States
    {
        get
        {
            var states = new JsonObject();
            foreach (var state in _states)
            {
                states.Add(state.Name, state.Print());
            }

            return states;
        }
    }

    /// <summary>The machine of a workflow's body.</summary>
    public static AslMachine Lower(IrBlock body, WorkflowModel model)
    {
        var names = new AslNames(IrNames.Of(body).Append(model.InputVariable ?? ""));
        var machine = new AslMachine(model, names, AslMachineKind.Workflow, new Dictionary<string, string>());
        machine.Lower(body, model.InputVariable);
        return machine;
    }

    private void Lower(IrBlock body, string? input)
    {
        _reads = Simplify.Reads(body).GroupBy(static name => name, StringComparer.Ordinal).ToDictionary(static group => group.Key, static group => group.Count(), StringComparer.Ordinal);
        _pending = [];
        var known = _outer.ToDictionary(static entry => entry.Key, static entry => entry.Value, StringComparer.Ordinal);
        if (input is not null && _reads.ContainsKey(input))
        {
            _pending.Add(input);
            known[input] = "$states.input";
        }

        var ways = Block(body, [AslEdge.Start(known)]);
        if (ways.Count > 0)
        {
            Return(new IrReturn(null, IrSource.None), ways);
        }

        Failures();
        AslLiveness.Apply(_states);
        Start = _states[0].Name;
    }

    private List<AslEdge> Block(IrBlock? block, List<AslEdge> ways)
    {
        foreach (var statement in block?.Statements ?? default)
        {
            if (ways.Count == 0)
            {
                break; // nothing leads here
            }

            ways = Statement(statement, ways);
        }

        return ways;
    }

    private List<AslEdge> Statement(IrStatement statement, List<AslEdge> ways) => statement switch
    {
        IrStep step => Step(step, ways),
        IrAssign assign => Assign(assign.Variable, AslValue.Of(assign.Value), ways, assign.Source, [assign.Value]),
        IrIf branch => If(branch, ways),
        IrReturn back => Return(back, ways),
        IrTry attempt => Try(attempt, ways),
        IrLoop loop => Loop(loop, ways, NameOf(loop)),
        IrForEach loop => ForEach(loop, ways),
        IrBreak => Leave(_loop?.Broken, ways),
        IrContinue => Leave(_loop?.Continued, ways),
        IrScope scope => Scope(scope, ways),
        IrLeave leave => Leave(_scopes.TryGetValue(leave.Name, out var end) ? end : null, ways),
        IrThrow thrown => Throw(thrown, ways),
        IrParallel parallel => Parallel(parallel, ways),
        IrMap map => Map(map, ways),
        IrWait wait => Wait(wait, ways),
        IrEvent wait => Task(wait, wait.Label, ways, AslCall.Function, wait.Result, "$states.result", (state, print) => AslTasks.Describe(state, wait, print)),
        IrChild child => Task(child, child.Label, ways, AslCall.Workflow, child.Result, "$states.result.Output", (state, print) => AslTasks.Describe(state, child, print)),
        IrPublish publish => Task(publish, publish.Label, ways, AslCall.Bus, null, "", (state, print) => _tasks.Describe(state, publish, print)),
        IrTake take => Assign(take.Result, AslValue.Once(take.What == IrTaken.UtcNow ? "$now()" : "$uuid()"), ways, take.Source, []),
        _ => Unknown(statement, ways),
    };

    // No validator takes it: a new node without a case here fails the tests.
    private List<AslEdge> Unknown(IrStatement statement, List<AslEdge> ways)
    {
        var name = _names.Numbered(statement.GetType().Name);
        _ = Enter(ways, name);
        _ = Add(new AslState(name, statement.GetType().Name, statement.Source.Text));
        return [];
    }

    private List<AslEdge> Step(IrStep call, List<AslEdge> ways)
    {
        var step = _tasks.Step(call.Step);
        var (kind, text) = AslTasks.Shape(step, _model.IsExpress);
        return Task(call, call.Label, ways, kind, call.Result, text, (state, print) => _tasks.Describe(state, call, print), isDefect: step.Lifted is not null);
    }

    private List<AslEdge> Task(IrStatement statement, string label, List<AslEdge> ways, AslCall call, string? result, string text, Action<AslState, Jsonata> describe, bool isDefect = false)
    {
        var name = _names.Labelled(label);
        var known = Enter(ways, name);
        var state = Add(new AslState(name, "Task", statement.Source.Text));
        describe(state, new Jsonata(known));
        Consume(IrWalk.Expressions(statement));
        if (isDefect)
        {
            CatchDefect(state, known, call);
        }
        else
        {
            Catch(state, known, call);
        }

        state.Next = Leave(known);
        state.Next.CanEnd = true;
        if (result is not null)
        {
            state.Next.Assign(result, AslValue.Of(text));
        }

        _pending = null;
        return [state.Next];
    }

    private List<AslEdge> Wait(IrWait wait, List<AslEdge> ways)
    {
        if (wait.Seconds is IrLiteral literal && (literal.Text == "0" || literal.Text.StartsWith("-", StringComparison.Ordinal)))
        {
            return ways;
        }

        var name = _names.Labelled(wait.Label);
        var known = Enter(ways, name);
        var print = new Jsonata(known);
        var state = Add(new AslState(name, "Wait", wait.Source.Text));
        _ = wait switch
        {
            { Seconds: IrLiteral seconds } => state.Fields.Add("Seconds", JsonNode.Raw(seconds.Text)),
            { Seconds: { } seconds } => state.Fields.Add("Seconds", Jsonata.Template($"$max([{print.Print(seconds)}, 0])")), // a negative number is an error there
            { Until: { } until } => state.Fields.Add("Timestamp", print.Node(until)),
            _ => state.Fields,
        };
        Consume(IrWalk.Expressions(wait));
        state.Next = Leave(known);
        state.Next.CanEnd = true;
        _pending = null;
        return [state.Next];
    }

    private List<AslEdge> Assign(string variable, AslValue value, List<AslEdge> ways, IrSource source, IEnumerable<IrExpression> reads)
    {
        if (!ways.TrueForAll(way => way.CanAssign(value)))
        {
            ways = Pass(ways, source.Text, reads);
        }

        foreach (var way in ways)
        {
            way.Assign(variable, value);
        }

        if (ways.Exists(static way => way.IsStart) && _pending?.Contains(variable) == false)
        {
            _pending.Add(variable);
        }

        Consume(reads);
        return ways;
    }

    private List<AslEdge> Return(IrReturn back, List<AslEdge> ways)
    {
        var value = back.Value ?? new IrLiteral(IrKind.Null, "");
        if (_kind == AslMachineKind.Collecting)
        {
            value = Outcome(value, new IrLiteral(IrKind.Null, ""));
        }

        var ending = ways.Where(way => way.CanEnd && way.CanRead(value, isLast: true)).ToList();
        if (ending.Count <= MostEnds)
        {
            foreach (var way in ending)
            {
                way.Output = new Jsonata(way.Known).Output(value);
            }

            ways = [.. ways.Except(ending)];
        }

        if (ways.Count > 0)
        {
            var name = _names.Numbered("Return");
            var known = Enter(ways, name);
            Add(new AslState(name, "Succeed", back.Source.Text)).Fields.Add("Output", new Jsonata(known).Output(value));
            _pending = null;
        }

        return [];
    }

    private static IrObject Outcome(IrExpression value, IrExpression failure) => new(EquatableArray.Create(
        new IrField(new IrName("value", "value"), value),
        new IrField(new IrName("failure", "failure"), failure)));

    private List<AslEdge> Pass(List<AslEdge> ways, string comment, IEnumerable<IrExpression> reads)
    {
        Consume(reads);
        var name = _names.Numbered("Set");
        var known = Enter(ways, name);
        var state = Add(new AslState(name, "Pass", comment));
        state.Next = Leave(known);
        state.Next.CanEnd = true;
        _pending = null;
        return [state.Next];
    }

    /// <summary>Leads the edges to a state; returns what stands for variables in its expressions.</summary>
    private IReadOnlyDictionary<string, string> Enter(List<AslEdge> ways, string state)
    {
        foreach (var way in ways)
        {
            way.Target = state;
        }

        return _pending is not null ? ways[0].Known : _outer;
    }

    /// <summary>An edge out of a state; out of the first one it also keeps what was in mind, which is read under its name from there on.</summary>
    private AslEdge Leave(IReadOnlyDictionary<string, string> known)
    {
        var edge = new AslEdge(known);
        foreach (var name in _pending ?? [])
        {
            if (!_reads.TryGetValue(name, out var reads) || reads > 0)
            {
                edge.Assign(name, AslValue.Of(known[name]));
            }
        }

        return edge;
    }

    private static List<AslEdge> Leave(List<AslEdge>? goal, List<AslEdge> ways)
    {
        goal?.AddRange(ways);
        return [];
    }

    /// <summary>Notes that expressions have been printed with what stands for the variables, which need not be kept for them.</summary>
    private void Consume(IEnumerable<IrExpression> expressions)
    {
        if (_pending is null)
        {
            return;
        }

        foreach (var name in expressions.SelectMany(IrWalk.Variables))
        {
            _reads[name] = _reads.TryGetValue(name, out var reads) ? reads - 1 : 0;
        }
    }

    private AslState Add(AslState state)
    {
        _states.Add(state);
        return state;
    }
}
