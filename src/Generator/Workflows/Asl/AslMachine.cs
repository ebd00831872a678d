using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Asl;

/// <summary>Lowers structured IR to states. States appear in the order of the source.</summary>
internal sealed class AslMachine
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private readonly WorkflowModel _model;
    private readonly AslTasks _tasks;
    private readonly List<AslState> _states = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    // What failures of the current block's steps lead to: the edges into the handler of the innermost try.
    private Handler? _handler;
    private AslEdge? _workflowFailed;
    private AslEdge? _inferenceFailed;

    // The input while no state has assigned it, and whether anything but the first state reads it.
    private bool _inputPending;
    private bool _inputIsKept;

    public AslMachine(WorkflowModel model)
    {
        _model = model;
        _tasks = new AslTasks(model);
    }

    public IReadOnlyList<AslState> States => _states;

    /// <summary>Lowers the body and returns the name of the first state.</summary>
    public string Lower(IrBlock body)
    {
        var start = new AslEdge(InputOf(body) is { } input ? new Dictionary<string, string> { [input] = "$states.input" } : Nothing);
        List<AslEdge> ways = [start];
        if (start.Known.Count > 0)
        {
            _inputPending = true;
            _inputIsKept = ReadLater(body, start.Known.Keys.First());
        }

        if (BeginsWithAssignment(body))
        {
            ways = Pass(ways, body.Statements[0].Source.Text); // nothing before it could assign
        }

        ways = Block(body, ways);
        if (ways.Count > 0)
        {
            Return(new IrReturn(null, IrSource.None), ways);
        }

        Fail(_workflowFailed, "Workflow failed", inference: false);
        Fail(_inferenceFailed, "Inference failed", inference: true);
        return start.Target ?? _states[0].Name;
    }

    private string? InputOf(IrBlock body) => _model.InputVariable is { } name && Simplify.Reads(body).Contains(name, StringComparer.Ordinal) ? name : null;

    private static bool BeginsWithAssignment(IrBlock body) => body.Statements.Count > 0
        && body.Statements[0] switch
        {
            IrAssign => true,
            IrTry attempt => BeginsWithAssignment(attempt.Body),
            _ => false,
        };

    private static bool ReadLater(IrBlock body, string variable)
    {
        // The first state reads $states.input itself; only what comes after it needs a variable.
        var first = body.Statements.Count == 0 ? null : body.Statements[0];
        var rest = first switch
        {
            IrIf branch => Simplify.Reads(branch.Then).Concat(Simplify.Reads(branch.Else)),
            IrTry attempt => Simplify.Reads(attempt.Body).Concat(Simplify.Reads(attempt.Handler)),
            _ => [],
        };
        return rest.Concat(Simplify.Reads(new IrBlock(body.Statements.Skip(1).ToEquatableArray()))).Contains(variable, StringComparer.Ordinal);
    }

    private List<AslEdge> Block(IrBlock? block, List<AslEdge> ways)
    {
        foreach (var statement in block?.Statements ?? default)
        {
            if (ways.Count == 0)
            {
                break; // nothing leads here
            }

            ways = statement switch
            {
                IrStep step => Step(step, ways),
                IrAssign assign => Assign(assign, ways),
                IrIf branch => If(branch, ways),
                IrReturn back => Return(back, ways),
                IrTry attempt => Try(attempt, ways),
                _ => ways,
            };
        }

        return ways;
    }

    private List<AslEdge> Step(IrStep call, List<AslEdge> ways)
    {
        var known = Enter(ways, call.Label);
        var state = Add(new AslState(call.Label, "Task", call.Source.Text));
        var step = _tasks.Describe(state, call, new Jsonata(known));
        var inference = step.Endpoint is not null;
        if (_handler is { } handler)
        {
            state.Catch = Leave(known);
            if (handler.ReadsFailure)
            {
                state.Catch.Assign(handler.Failure, Jsonata.Template(AslErrors.Failure("$states.errorOutput", inference)), "");
            }

            handler.Ways.Add(state.Catch);
        }
        else
        {
            state.Catch = inference ? _inferenceFailed ??= new AslEdge() : _workflowFailed ??= new AslEdge();
        }

        state.Next = Leave(known);
        state.Next.CanEnd = true;
        if (call.Result is { } result)
        {
            var text = inference ? "$parse($states.result.Body)" : "$states.result.Payload";
            state.Next.Assign(result, Jsonata.Template(text), text);
        }

        _inputPending = false;
        return [state.Next];
    }

    private List<AslEdge> Assign(IrAssign assign, List<AslEdge> ways)
    {
        if (ways.Count != 1 || !ways[0].CanRead(IrWalk.Variables(assign.Value)))
        {
            ways = Pass(ways, assign.Source.Text);
        }

        var print = new Jsonata(ways[0].Known);
        ways[0].Assign(assign.Variable, print.Output(assign.Value), assign.Value is IrObject ? "" : Parenthesised(print, assign.Value));
        return ways;
    }

    private static string Parenthesised(Jsonata print, IrExpression value)
    {
        var text = print.Print(value);
        return value is IrLiteral or IrVariable || (value is IrMember && !text.Contains(' ')) ? text : $"({text})";
    }

    private List<AslEdge> If(IrIf branch, List<AslEdge> ways)
    {
        var name = Name("If");
        var known = Enter(ways, name);
        var state = Add(new AslState(name, "Choice", branch.Source.Text));
        var print = new Jsonata(known);
        var branches = new List<(AslEdge Edge, IrBlock Block)>();

        // A chain of else-ifs is one Choice.
        IrBlock? otherwise;
        while (true)
        {
            var edge = Leave(known);
            state.Rules.Add((Jsonata.Template(print.Print(branch.Condition)), edge));
            branches.Add((edge, branch.Then));
            otherwise = branch.Else;
            if (otherwise is not { Statements: { Count: 1 } only } || only[0] is not IrIf next)
            {
                break;
            }

            branch = next;
        }

        state.Next = Leave(known);
        _inputPending = false;
        var after = branches.SelectMany(entry => Block(entry.Block, [entry.Edge])).ToList();
        after.AddRange(Block(otherwise, [state.Next]));
        return after;
    }

    private List<AslEdge> Return(IrReturn back, List<AslEdge> ways)
    {
        var value = back.Value ?? new IrLiteral(IrKind.Null, "");
        if (ways.Count == 1 && ways[0].CanEnd && ways[0].CanRead(IrWalk.Variables(value)))
        {
            ways[0].Output = new Jsonata(ways[0].Known).Output(value);
            return [];
        }

        var name = Name("Return");
        var known = Enter(ways, name);
        var state = Add(new AslState(name, "Succeed", back.Source.Text));
        state.Fields.Add("Output", new Jsonata(known).Output(value));
        _inputPending = false;
        return [];
    }

    private List<AslEdge> Try(IrTry attempt, List<AslEdge> ways)
    {
        var outer = _handler;
        var handler = new Handler(attempt.Failure, Simplify.Reads(attempt.Handler).Contains(attempt.Failure, StringComparer.Ordinal));
        _handler = handler;
        var after = Block(attempt.Body, ways);
        _handler = outer;
        after.AddRange(Block(attempt.Handler, handler.Ways));
        return after;
    }

    private List<AslEdge> Pass(List<AslEdge> ways, string comment)
    {
        var name = Name("Set");
        var known = Enter(ways, name);
        var state = Add(new AslState(name, "Pass", comment));
        state.Next = Leave(known);
        _inputPending = false;
        return [state.Next];
    }

    /// <summary>Leads the edges to a state; returns what stands for variables in its expressions.</summary>
    private IReadOnlyDictionary<string, string> Enter(List<AslEdge> ways, string state)
    {
        foreach (var way in ways)
        {
            way.Target = state;
        }

        return _inputPending ? ways[0].Known : Nothing;
    }

    /// <summary>An edge out of a state; out of the first one it also keeps the input, which is read under its name from there on.</summary>
    private AslEdge Leave(IReadOnlyDictionary<string, string> known)
    {
        var edge = new AslEdge(known);
        if (_inputIsKept)
        {
            foreach (var entry in known)
            {
                edge.Assign(entry.Key, Jsonata.Template(entry.Value), entry.Value);
            }
        }

        return edge;
    }

    private AslState Add(AslState state)
    {
        _states.Add(state);
        return state;
    }

    private void Fail(AslEdge? edge, string name, bool inference)
    {
        if (edge is null)
        {
            return;
        }

        edge.Target = name;
        var failure = AslErrors.Failure("$states.input", inference);
        var state = Add(new AslState(name, "Fail", "A step failed for good and nothing handled it: the code, and the failure as JSON text."));
        state.Fields.Add("Error", Jsonata.Template(failure + ".code")).Add("Cause", Jsonata.Template($"$string({failure})"));
    }

    // With a space, so that no label of a step can be the same.
    private string Name(string kind)
    {
        _numbers.TryGetValue(kind, out var number);
        _numbers[kind] = ++number;
        return $"{kind} {number}";
    }

    private sealed record Handler(string Failure, bool ReadsFailure)
    {
        public List<AslEdge> Ways { get; } = [];
    }
}
