using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Workflows.Asl;

/// <content>
/// Failures. A call's catchers are the handlers around it, the inner ones first: a filter by codes is a list of error names; any other filter
/// is a Choice between the catcher and the handler. A thrown failure is an edge to its handler.
/// </content>
internal sealed partial class AslMachine
{
    // Errors that nothing handles, by what was called: they lead to one state each, which makes them failures of ours.
    private const string ErrorOutput = "$states.errorOutput";

    private readonly SortedDictionary<AslCall, AslEdge> _unhandled = [];
    private readonly SortedDictionary<AslCall, AslEdge> _defects = [];
    private readonly Dictionary<(IrExpression Failure, IrSource Source, bool IsDefect), string> _thrown = [];
    private Handler? _handler;

    // The innermost handler that takes defects.
    private Handler? DefectHandler
    {
        get
        {
            var handler = _handler;
            while (handler is { TakesDefects: false })
            {
                handler = handler.Outer;
            }

            return handler;
        }
    }

    private List<AslEdge> Try(IrTry attempt, List<AslEdge> ways)
    {
        var late = attempt.TakesDefects ? null : LateReading.Of(attempt, IsTranslated);
        var handler = new Handler(attempt, _handler, late is not null);
        attempt = late ?? attempt;
        _handler = handler;
        var after = Block(attempt.Body, ways);
        _handler = handler.Outer;
        if (handler.Untested.Count > 0)
        {
            var (rules, last) = Decide("Catch", [(attempt.Filter!, attempt.Source)], handler.Untested);
            handler.Ways.AddRange(rules);
            var failure = new IrVariable(attempt.Failure, IrKind.Object);
            Raise([last], late is null ? failure : new AslCaught(failure), handler.Outer, attempt.Source);
        }

        after.AddRange(Block(attempt.Handler, handler.Ways));
        return after;
    }

    private List<AslEdge> Throw(IrThrow thrown, List<AslEdge> ways)
    {
        if (thrown.IsDefect && DefectHandler is { } handler)
        {
            handler.Ways.AddRange(Assign(handler.Failure, AslValue.Of(Defect(thrown.Failure)), ways, thrown.Source, [thrown.Failure]));
        }
        else if (thrown.IsDefect)
        {
            End(ways, thrown.Failure, thrown.Source, isDefect: true);
        }
        else
        {
            Raise(ways, thrown.Failure, _handler, thrown.Source);
        }

        return [];
    }

    /// <summary>Leads edges with a failure to the handler that takes it.</summary>
    private void Raise(List<AslEdge> ways, IrExpression failure, Handler? innermost, IrSource source)
    {
        var code = (Part(failure, "code") as IrLiteral)?.Text;
        for (var handler = innermost; handler is not null; handler = handler.Outer)
        {
            var decides = code is not null && (handler.Codes ?? handler.OtherCodes) is not null;
            if (decides && (handler.Codes?.Contains(code!) ?? !handler.OtherCodes!.Contains(code!)) == false)
            {
                continue;
            }

            var goal = decides || handler.Filter is null ? handler.Ways : handler.Untested;
            if ((handler.ReadsFailure || goal == handler.Untested) && !(failure is IrVariable { Name: var name } && name == handler.Failure))
            {
                ways = Assign(handler.Failure, AslValue.Of(handler.IsLate ? Error(failure) : Whole(failure)), ways, source, [failure]);
            }

            goal.AddRange(ways);
            return;
        }

        End(ways, failure, source, isDefect: false);
    }

    /// <summary>Ends the machine with a failure.</summary>
    private void End(List<AslEdge> ways, IrExpression failure, IrSource source, bool isDefect)
    {
        // Places that throw the same share a state.
        var isConstant = failure is IrObject made && made.Fields.All(static field => field.Value is IrLiteral);
        if (isConstant && _thrown.TryGetValue((failure, source, isDefect), out var same))
        {
            Enter(ways, same);
            return;
        }

        var name = Part(failure, "code") is IrLiteral code ? _names.Labelled("Throw " + VariableNames.Ascii(code.Text)) : _names.Numbered("Throw");
        if (isConstant)
        {
            _thrown.Add((failure, source, isDefect), name);
        }

        var print = new Jsonata(Enter(ways, name));
        _pending = null;
        if (_kind == AslMachineKind.Collecting && !isDefect)
        {
            Add(new AslState(name, "Succeed", source.Text)).Fields.Add("Output", print.Output(Outcome(new IrLiteral(IrKind.Null, ""), Whole(failure))));
            return;
        }

        Add(new AslState(name, "Fail", source.Text)).Fields
            .Add("Error", isDefect && _kind != AslMachineKind.Workflow ? JsonNode.Text(AslErrors.Defect) : print.Node(Part(failure, "code")))
            .Add("Cause", Jsonata.Template($"$string({print.Print(Whole(failure))})"));
    }

    /// <summary>The catchers of a call.</summary>
    private void Catch(AslState state, IReadOnlyDictionary<string, string> known, AslCall call)
    {
        var caught = new HashSet<string>(StringComparer.Ordinal);
        for (var handler = _handler; handler is not null; handler = handler.Outer)
        {
            if (handler.Codes is { } codes && AslErrors.Named(call, codes) is { } named)
            {
                List<string> names = [.. named.Where(caught.Add)];
                if (names.Count > 0)
                {
                    state.Catchers.Add((names, Caught(handler, handler.Ways, known, call)));
                }

                continue;
            }

            // A filter that refuses some codes: they go on, here to the end, and the handler takes all others.
            var refused = handler.OtherCodes is { } others && handler.Outer is null ? AslErrors.Named(call, others) : null;
            if (refused?.Where(caught.Add).ToList() is { Count: > 0 } refusals)
            {
                state.Catchers.Add((refusals, Shared(_unhandled, call)));
            }

            state.Catchers.Add(([AslErrors.All], Caught(handler, handler.Filter is null || refused is not null ? handler.Ways : handler.Untested, known, call)));
            return;
        }

        // In a branch an error may go on as it is, unless only this state knows what it means.
        if (_kind != AslMachineKind.Branch || AslErrors.IsTranslated(call))
        {
            state.Catchers.Add(([AslErrors.All], Shared(_unhandled, call)));
        }
    }

    /// <summary>No handler sees a defect in a branch.</summary>
    private void CatchBranches(AslState state, IReadOnlyDictionary<string, string> known, IrStatement statement)
    {
        var isCaught = _handler is not null || _kind == AslMachineKind.Collecting;
        if (isCaught && IrWalk.Blocks(statement).SelectMany(IrWalk.All).Any(IsDefect))
        {
            state.Catchers.Add(([AslErrors.Defect], Defected(known, AslCall.Branches)));
        }

        Catch(state, known, AslCall.Branches);
    }

    private void CatchDefect(AslState state, IReadOnlyDictionary<string, string> known, AslCall call) => state.Catchers.Add(([AslErrors.All], Defected(known, call)));

    private AslEdge Defected(IReadOnlyDictionary<string, string> known, AslCall call)
    {
        if (DefectHandler is not { } handler)
        {
            return Shared(_defects, call);
        }

        var edge = Leave(known);
        edge.Assign(handler.Failure, AslValue.Once($"$merge([{AslErrors.Failure("$states.errorOutput", call)}, {{'{IrTry.DefectMember}': true}}])"));
        handler.Ways.Add(edge);
        return edge;
    }

    private static IrObject Defect(IrExpression failure) => new(
        ((IrObject)Whole(failure)).Fields.Append(new IrField(new IrName(IrTry.DefectMember, IrTry.DefectMember), new IrLiteral(IrKind.Boolean, "true"))).ToEquatableArray());

    private bool IsDefect(IrStatement statement) => statement is IrThrow { IsDefect: true } || (statement is IrStep step && _tasks.Step(step.Step).Lifted is not null);

    private bool IsTranslated(IrStatement call) => call is IrChild || (call is IrStep step && AslErrors.IsTranslated(AslTasks.Shape(_tasks.Step(step.Step), _model.IsExpress).Call));

    private AslEdge Caught(Handler handler, List<AslEdge> goal, IReadOnlyDictionary<string, string> known, AslCall call)
    {
        var edge = Leave(known);
        if (handler.ReadsFailure || goal == handler.Untested)
        {
            edge.Assign(handler.Failure, handler.IsLate ? AslValue.Of(ErrorOutput) : AslValue.Failure(AslErrors.Failure(ErrorOutput, call), AslErrors.Code(ErrorOutput, call)));
        }

        goal.Add(edge);
        return edge;
    }

    private AslEdge Shared(SortedDictionary<AslCall, AslEdge> edges, AslCall call)
    {
        // Functions and branches fail in the same form, and so does the bus.
        var form = call is AslCall.Endpoint or AslCall.Workflow ? call : AslCall.Function;
        var shared = edges == _defects && _kind == AslMachineKind.Workflow ? _unhandled : edges; // a run fails alike with either
        if (!shared.TryGetValue(form, out var edge))
        {
            shared.Add(form, edge = new AslEdge());
        }

        return edge;
    }

    /// <summary>The states in which errors end that nothing handles.</summary>
    private void Failures()
    {
        foreach (var entry in _unhandled)
        {
            var what = entry.Key switch { AslCall.Endpoint => "Inference", AslCall.Workflow => "Child", _ => _kind == AslMachineKind.Workflow ? "Workflow" : "Branch" };
            var name = _kind == AslMachineKind.Workflow ? $"{what} failed" : _names.Numbered($"{what} failed");
            var failure = AslErrors.Failure("$states.input", entry.Key);
            var code = AslErrors.Code("$states.input", entry.Key);
            entry.Value.Target = name;
            if (_kind == AslMachineKind.Collecting)
            {
                Add(new AslState(name, "Succeed", "A failed element is a result: the failure instead of the value.")).Fields
                    .Add("Output", new JsonObject().Add("value", JsonNode.Null).Add("failure", Jsonata.Template(failure)));
            }
            else
            {
                Add(new AslState(name, "Fail", "A step failed for good and nothing handled it: the code, and the failure as JSON text.")).Fields
                    .Add("Error", Jsonata.Template(code.Length > 0 ? code : failure + ".code"))
                    .Add("Cause", Jsonata.Template($"$string({failure})"));
            }
        }

        foreach (var entry in _defects)
        {
            var name = _names.Numbered("Defect");
            entry.Value.Target = name;
            Add(new AslState(name, "Fail", "A programming error, which no handler sees.")).Fields
                .Add("Error", AslErrors.Defect)
                .Add("Cause", Jsonata.Template($"$string({AslErrors.Failure("$states.input", entry.Key)})"));
        }
    }

    /// <summary>A failure in the form of an error output.</summary>
    private static IrExpression Error(IrExpression failure) => failure is AslCaught caught
        ? caught.Error
        : new IrObject(EquatableArray.Create(
            new IrField(new IrName("Error", "Error"), Part(failure, "code")),
            new IrField(new IrName("Cause", "Cause"), new AslText(Whole(failure)))));

    // Member by member: whoever reads the text looks for the code in front.
    private static IrExpression Whole(IrExpression failure) => failure is AslCaught ? failure : new IrObject(EquatableArray.Create(
        new IrField(new IrName("code", "code"), Part(failure, "code")),
        new IrField(new IrName("message", "message"), Part(failure, "message")),
        new IrField(new IrName("data", "data"), Part(failure, "data"))));

    private static IrExpression Part(IrExpression failure, string name)
    {
        if (failure is not IrObject made)
        {
            return new IrMember(failure, new IrName(name, name), IrKind.Text, null, MayBeNull: name == "data");
        }

        foreach (var field in made.Fields)
        {
            if (string.Equals(field.Name.Wire, name, StringComparison.OrdinalIgnoreCase))
            {
                return field.Value;
            }
        }

        return new IrLiteral(IrKind.Null, "");
    }

    private sealed class Handler
    {
        public Handler(IrTry attempt, Handler? outer, bool isLate)
        {
            IsLate = isLate;
            TakesDefects = attempt.TakesDefects;
            Filter = attempt.Filter;
            Failure = attempt.Failure;
            Outer = outer;
            ReadsFailure = Simplify.Reads(attempt.Handler).Contains(attempt.Failure, StringComparer.Ordinal);
            Codes = FailureCodes.Of(attempt);
            OtherCodes = FailureCodes.Refused(attempt);
        }

        public IrExpression? Filter { get; }

        public string Failure { get; }

        public Handler? Outer { get; }

        public bool TakesDefects { get; }

        public bool ReadsFailure { get; }

        /// <summary>Whether the variable holds the error output; see <see cref="LateReading"/>.</summary>
        public bool IsLate { get; }

        /// <summary>The codes that the filter lets through, when that is all it asks for.</summary>
        public IReadOnlyList<string>? Codes { get; }

        /// <summary>The codes that the filter does not let through, when that is all it asks for.</summary>
        public IReadOnlyList<string>? OtherCodes { get; }

        /// <summary>The ways into the handler.</summary>
        public List<AslEdge> Ways { get; } = [];

        /// <summary>The ways with a failure that the filter has yet to look at.</summary>
        public List<AslEdge> Untested { get; } = [];
    }
}
