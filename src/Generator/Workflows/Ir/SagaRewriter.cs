using Portable.Generator.Helpers;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Ir;

/// <summary>Rewrites the body of a workflow that compensates; see <see cref="Sagas"/>.</summary>
internal sealed class SagaRewriter : IrRewriter
{
    private static readonly IrLiteral Null = new(IrKind.Null, "");
    private static readonly IrLiteral NoText = new(IrKind.Text, "");
    private static readonly IrList NoRecords = new(EquatableArray<IrExpression>.Empty);

    private readonly Dictionary<string, StepModel> _steps;
    private readonly SagaNames _names;
    private readonly bool _compensatesOnFailure;
    private readonly List<StepModel> _undoing;

    // The list of the workflow, branch or element that is being rewritten; null where nothing in it is ever undone.
    private string? _records;

    // Whether it is a branch's or element's body, whose returns say more than a value.
    private bool _settles;

    public SagaRewriter(WorkflowModel model)
    {
        _steps = model.Steps.ToDictionary(static step => step.Name, StringComparer.Ordinal);
        _names = new SagaNames(model);
        _compensatesOnFailure = model.CompensatesOnFailure;
        _undoing = IrSteps.Of(model.Body)
            .Select(step => UndoneBy(step.Step))
            .OfType<StepModel>()
            .Distinct()
            .ToList();
    }

    public IrBlock Workflow(IrBlock body)
    {
        if (_undoing.Count == 0)
        {
            return Block(body);
        }

        var records = _records = _names.Variable("undo");
        var rewritten = Block(body);
        if (_compensatesOnFailure && IrFlow.CanFail(rewritten))
        {
            var failure = _names.Variable("failure");
            var undone = Compensate().Concat([new IrThrow(new IrVariable(failure, IrKind.Object), IrSource.None)]);
            rewritten = Of(new IrTry(rewritten, failure, new IrBlock(undone.ToEquatableArray()), IrSource.None));
        }

        return new IrBlock(new IrStatement[] { new IrAssign(records, NoRecords, IrSource.None) }.Concat(rewritten.Statements).ToEquatableArray());
    }

    protected override IEnumerable<IrStatement> Statement(IrStatement statement) => statement switch
    {
        IrStep step when _records is not null && UndoneBy(step.Step) is { } undo => Recorded(step, undo),
        IrCompensate => _records is null ? [] : Compensate(),
        IrReturn back when _settles => [new IrReturn(Settled(back.Value ?? Null, Null), back.Source)],
        IrParallel parallel => Parallel(parallel),
        IrMap map => Map(map),
        _ => base.Statement(statement),
    };

    private StepModel? UndoneBy(string step) =>
        _steps.TryGetValue(step, out var model) && model.Compensation is { } compensation && _steps.TryGetValue(compensation.Step, out var undo) ? undo : null;

    private IEnumerable<IrStatement> Recorded(IrStep step, StepModel undo)
    {
        IrExpression input = Null;
        if (undo.Input is not null && _steps[step.Step].Compensation!.TakesResult)
        {
            step = step with { Result = step.Result ?? _names.Variable("done") };
            input = new IrVariable(step.Result, _names.KindOf(step.Result));
        }
        else if (undo.Input is not null && step.Input is { } payload)
        {
            // The payload as it was for the call: the result may go to a variable that it reads.
            if (IrWalk.Variables(payload).Contains(step.Result))
            {
                var held = new IrVariable(_names.Variable("payload"), payload.Kind);
                yield return new IrAssign(held.Name, payload, IrSource.None);
                step = step with { Input = held };
                payload = held;
            }

            input = payload;
        }

        yield return step;
        var record = new IrObject(EquatableArray.Create(Field("step", new IrLiteral(IrKind.Text, undo.Name)), Field("input", input)));
        yield return new IrAssign(_records!, new IrJoin(new IrList(EquatableArray.Create<IrExpression>(record)), Records(_records!)), IrSource.None);
    }

    private IEnumerable<IrStatement> Compensate()
    {
        var problems = new IrVariable(_names.Variable("notUndone"), IrKind.Text);
        var record = new IrVariable(_names.Variable("record"), IrKind.Object);
        IrBlock? chain = null;
        for (var i = _undoing.Count - 1; i >= 0; i--)
        {
            var one = Undo(_undoing[i], record, problems);
            chain = chain is null
                ? one
                : Of(new IrIf(new IrBinary(IrOperator.Equal, Member(record, "step", IrKind.Text), new IrLiteral(IrKind.Text, _undoing[i].Name)), one, chain, IrSource.None));
        }

        return
        [
            new IrAssign(problems.Name, NoText, IrSource.None),
            new IrForEach(record.Name, Records(_records!), chain!, IrSource.None),
            new IrAssign(_records!, NoRecords, IrSource.None),
            new IrIf(
                new IrBinary(IrOperator.NotEqual, problems, NoText),
                Of(new IrThrow(Failure(new IrLiteral(IrKind.Text, "CompensationFailed"), problems), IrSource.None)),
                null,
                IrSource.None),
        ];
    }

    // One that cannot be undone is noted, and the rest go on.
    private IrBlock Undo(StepModel undo, IrVariable record, IrVariable problems)
    {
        var failure = _names.Variable("failure");
        var input = undo.Input is null ? null : Member(record, "input", IrKind.Object);
        var key = input is not null && undo.KeyMember is { } member ? new IrMember(input, member, undo.KeyKind, undo.KeyDefault, MayBeNull: undo.KeyDefault is null or { Kind: IrKind.Null }) : null;
        var step = new IrStep(_names.Label(undo.Name), undo.Name, input, null, IrSource.None, key is { Kind: IrKind.Integer } ? new IrConcat(EquatableArray.Create<IrExpression>(key)) : key);
        var before = new IrConditional(
            new IrBinary(IrOperator.Equal, problems, NoText),
            new IrLiteral(IrKind.Text, "Not undone: "),
            new IrConcat(EquatableArray.Create<IrExpression>(problems, new IrLiteral(IrKind.Text, ", "))),
            IrKind.Text);
        var noted = new IrConcat(EquatableArray.Create<IrExpression>(
            before,
            new IrLiteral(IrKind.Text, $"{undo.Name} ("),
            new IrFailurePart(failure, IrFailureField.Code),
            new IrLiteral(IrKind.Text, ")")));
        return Of(new IrTry(Of(step), failure, Of(new IrAssign(problems.Name, noted, IrSource.None)), IrSource.None));
    }

    private IEnumerable<IrStatement> Parallel(IrParallel parallel)
    {
        var branches = parallel.Branches.Select(branch => (Branch: branch, Body: Settling(branch.Body))).ToList();
        var settled = branches.ConvertAll(pair => pair.Body.Settles ? new IrVariable(_names.Variable("settled"), IrKind.Object) : null);
        yield return parallel with
        {
            Branches = branches.Select((pair, index) => pair.Branch with { Body = pair.Body.Block, Result = settled[index]?.Name ?? pair.Branch.Result }).ToEquatableArray(),
            Settles = true,
        };

        var done = branches.Select((pair, index) => pair.Body.Records ? Member(settled[index]!, "done", IrKind.List) : null).OfType<IrExpression>().ToList();
        if (done.Count > 0 && _records is { } records)
        {
            yield return new IrAssign(records, done.Aggregate<IrExpression, IrExpression>(Records(records), static (before, branch) => new IrJoin(branch, before)), IrSource.None);
        }

        var failures = settled.OfType<IrVariable>().Select(static branch => (IrExpression)Member(branch, "failure", IrKind.Object)).ToList();
        if (failures.Count > 0)
        {
            // One test for all: it is a billed transition.
            yield return FailOn(failures.Skip(1).Aggregate(failures[0], static (first, next) => new IrCoalesce(first, next, IrKind.Object)));
        }

        for (var i = 0; i < settled.Count; i++)
        {
            if (settled[i] is { } branch && branches[i].Branch.Result is { } result)
            {
                yield return new IrAssign(result, Member(branch, "value", _names.KindOf(result)), IrSource.None);
            }
        }
    }

    private IEnumerable<IrStatement> Map(IrMap map)
    {
        var (body, settles, records) = Settling(map.Body);
        if (!settles)
        {
            yield return map with { Body = body, Settles = true };
            yield break;
        }

        var all = new IrVariable(_names.Variable("settled"), IrKind.List);
        var one = new IrVariable(_names.Variable("element"), IrKind.Object);
        var failure = map.Collects ? null : new IrVariable(_names.Variable("failed"), IrKind.Object);
        var values = map.Result is { } result ? new IrVariable(_names.Variable("values"), IrKind.List) : null;
        yield return map with { Body = body, Settles = true, Collects = false, Result = all.Name };

        var round = new List<IrStatement>();
        if (records && _records is { } outer)
        {
            round.Add(new IrAssign(outer, new IrJoin(Member(one, "done", IrKind.List), Records(outer)), IrSource.None));
        }

        if (failure is not null)
        {
            yield return new IrAssign(failure.Name, Null, IrSource.None);
            round.Add(new IrAssign(failure.Name, new IrCoalesce(failure, Member(one, "failure", IrKind.Object), IrKind.Object), IrSource.None));
        }

        if (values is not null)
        {
            yield return new IrAssign(values.Name, NoRecords, IrSource.None);
            IrExpression value = map.Collects
                ? new IrObject(EquatableArray.Create(Field("value", Member(one, "value", IrKind.Object)), Field("failure", Member(one, "failure", IrKind.Object))))
                : Member(one, "value", KindOf(map.Body));
            round.Add(new IrAssign(values.Name, new IrJoin(values, new IrList(EquatableArray.Create(value))), IrSource.None));
        }

        if (round.Count > 0)
        {
            yield return new IrForEach(one.Name, all, new IrBlock(round.ToEquatableArray()), IrSource.None);
        }

        if (failure is not null)
        {
            yield return FailOn(failure);
        }

        if (values is not null)
        {
            yield return new IrAssign(map.Result!, values, IrSource.None);
        }
    }

    // Lists are all that must be told apart: what joins lists would take their elements instead.
    private static IrKind KindOf(IrBlock body) =>
        IrWalk.All(body).OfType<IrReturn>().Any(static back => back.Value?.Kind == IrKind.List) ? IrKind.List : IrKind.Object;

    /// <summary>A body that ends with what became of it, unless it cannot fail and leaves nothing to undo.</summary>
    private (IrBlock Block, bool Settles, bool Records) Settling(IrBlock body)
    {
        var records = IrSteps.Of(body).Any(step => UndoneBy(step.Step) is not null);
        var settles = records || IrFlow.CanFail(body);
        var (outerRecords, outerSettles) = (_records, _settles);
        (_records, _settles) = (records ? _names.Variable("undo") : null, settles);
        var rewritten = Block(body).Statements.ToList();
        if (settles)
        {
            if (!rewritten.Exists(static statement => IrFlow.Ends(statement)))
            {
                rewritten.Add(new IrReturn(Settled(Null, Null), IrSource.None));
            }

            var block = new IrBlock(rewritten.ToEquatableArray());
            if (IrFlow.CanFail(block))
            {
                var failure = _names.Variable("failure");
                rewritten = [new IrTry(block, failure, Of(new IrReturn(Settled(Null, new IrVariable(failure, IrKind.Object)), IrSource.None)), IrSource.None)];
            }

            if (_records is { } list)
            {
                rewritten.Insert(0, new IrAssign(list, NoRecords, IrSource.None));
            }
        }

        (_records, _settles) = (outerRecords, outerSettles);
        return (new IrBlock(rewritten.ToEquatableArray()), settles, records);
    }

    private IrObject Settled(IrExpression value, IrExpression failure) => new(
        new[] { Field("value", value), Field("failure", failure) }
            .Concat(_records is { } records ? [Field("done", Records(records))] : Enumerable.Empty<IrField>())
            .ToEquatableArray());

    private static IrIf FailOn(IrExpression failure) => new(new IrNot(new IrIsNull(failure)), Of(new IrThrow(failure, IrSource.None)), null, IrSource.None);

    private static IrObject Failure(IrExpression code, IrExpression message) => new(EquatableArray.Create(Field("code", code), Field("message", message), Field("data", Null)));

    private static IrField Field(string name, IrExpression value) => new(new IrName(name, name), value);

    private static IrMember Member(IrVariable target, string name, IrKind kind) => new(target, new IrName(name, name), kind, null, name is "failure" or "value" or "input");

    private static IrVariable Records(string name) => new(name, IrKind.List);

    private static IrBlock Of(IrStatement statement) => new(EquatableArray.Create(statement));
}
