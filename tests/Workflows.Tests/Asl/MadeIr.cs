using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Workflows.Tests.Asl;

/// <summary>IR by hand, for tests of emitters that do not want to depend on what can be read from C#.</summary>
internal static class MadeIr
{
    private static readonly ActivationModel Class = new(new TypeRef("global::Made", "Made", false), true, EquatableArray<DependencyModel>.Empty, false);

    /// <summary>A workflow with the input <c>order</c>. Steps that the body calls and <paramref name="steps"/> does not name have no policy.</summary>
    public static WorkflowModel Workflow(IrBlock body, params StepModel[] steps)
    {
        var named = IrSteps.Of(body).Select(call => call.Step).Distinct().Where(name => !Array.Exists(steps, step => step.Name == name)).Select(name => Step(name));
        return new WorkflowModel("made", "Made_Run", "", "Run", Class, null, null, "order", steps.Concat(named).ToEquatableArray(), body, 0);
    }

    public static StepModel Step(string name, RetryModel? retry = null, int timeout = 0, int heartbeat = 0, bool isolated = false, bool lifted = false, string? endpoint = null) =>
        new(name, Class, null, null, false, retry, timeout, endpoint, HeartbeatSeconds: heartbeat, IsIsolated: isolated, Lifted: lifted ? new LiftedModel("0", EquatableArray<LiftedVariable>.Empty) : null);

    public static RetryModel Retry(int attempts, params string[] on) => new(attempts, 1, 2, 0, on.ToEquatableArray());

    public static IrBlock Block(params IrStatement[] statements) => new(statements.ToEquatableArray());

    public static IrStep Call(string step, IrExpression? input = null, string? to = null, string? label = null, IrExpression? key = null) =>
        new(label ?? step, step, input, to, new IrSource($"{(to is null ? "" : $"var {to} = ")}await flow.Step({step});"), key);

    public static IrAssign Set(string variable, IrExpression value) => new(variable, value, new IrSource($"{variable} = ...;"));

    public static IrIf If(IrExpression condition, IrBlock then, IrBlock? otherwise = null) => new(condition, then, otherwise, new IrSource("if (...)"));

    public static IrReturn Return(IrExpression? value = null) => new(value, new IrSource("return ...;"));

    public static IrTry Try(IrBlock body, IrBlock handler, IrExpression? filter = null, string failure = "failure") => new(body, failure, handler, new IrSource("try"), filter);

    public static IrLoop While(IrExpression? condition, IrBlock body, IrBlock? advance = null) => new(condition, false, body, advance ?? Block(), new IrSource("while (...)"));

    public static IrLoop Do(IrBlock body, IrExpression condition) => new(condition, true, body, Block(), new IrSource("do"));

    public static IrForEach ForEach(string item, IrExpression items, IrBlock body) => new(item, items, body, new IrSource($"foreach (var {item} in ...)"));

    public static IrBreak Break => new(new IrSource("break;"));

    public static IrContinue Continue => new(new IrSource("continue;"));

    public static IrScope Scope(string name, IrBlock body) => new(name, body, new IrSource("switch (...)"));

    public static IrLeave Leave(string name) => new(name, new IrSource("break;"));

    public static IrThrow Throw(string code, string message = "made", bool defect = false) =>
        new(Failure(Text(code), Text(message)), new IrSource($"throw new StepFailed(\"{code}\");"), defect);

    public static IrThrow Throw(IrExpression failure) => new(failure, new IrSource("throw;"));

    public static IrObject Failure(IrExpression code, IrExpression message) => Object(("code", code), ("message", message), ("data", Null));

    public static IrParallel Parallel(string label, params (IrBlock Body, string? To)[] branches) =>
        new(label, branches.Select((branch, i) => new IrBranch($"{label} {i + 1}", branch.Body, branch.To)).ToEquatableArray(), new IrSource("await flow.Parallel(...);"));

    public static IrMap Map(string label, IrExpression items, string item, IrBlock body, string? to = null, bool collects = false, int concurrency = 10) =>
        new(label, items, item, body, concurrency, collects, to, new IrSource("await flow.Map(...);"));

    public static IrWait Wait(string label, IrExpression seconds) => new(label, seconds, null, new IrSource("await flow.Delay(...);"));

    public static IrEvent Event(string label, string name, int timeout, string? to = null) => new(label, name, Number(timeout), to, new IrSource($"await flow.Event(\"{name}\");"));

    public static IrChild Child(string label, string workflow, IrExpression? input = null, string? to = null) => new(label, workflow, input, to, new IrSource($"await flow.Child({workflow});"));

    public static IrPublish Publish(string label, string type, IrExpression payload, int version = 1) => new(label, type, version, payload, new IrSource("await flow.Publish(...);"));

    public static IrTake Take(IrTaken what, string to) => new(what, to, new IrSource($"var {to} = flow.{what};"));

    public static IrLiteral Number(long value) => new(IrKind.Integer, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static IrLiteral Text(string value) => new(IrKind.Text, value);

    public static IrLiteral Flag(bool value) => new(IrKind.Boolean, value ? "true" : "false");

    public static IrLiteral Null => new(IrKind.Null, "");

    public static IrVariable Var(string name, IrKind kind = IrKind.Object) => new(name, kind);

    public static IrMember Member(IrExpression target, string name, IrKind kind = IrKind.Object, IrLiteral? missing = null) => new(target, new IrName(name, name), kind, missing, missing is not null);

    public static IrFailurePart Code(string failure = "failure") => new(failure, IrFailureField.Code);

    public static IrFailurePart Message(string failure = "failure") => new(failure, IrFailureField.Message);

    public static IrBinary Is(IrExpression left, IrExpression right) => new(IrOperator.Equal, left, right);

    public static IrBinary Less(IrExpression left, IrExpression right) => new(IrOperator.Less, left, right);

    public static IrBinary Or(IrExpression left, IrExpression right) => new(IrOperator.Or, left, right);

    public static IrBinary And(IrExpression left, IrExpression right) => new(IrOperator.And, left, right);

    public static IrArithmetic Add(IrExpression left, IrExpression right, bool wraps = false) => new(IrArithmeticOperator.Add, left, right, wraps);

    public static IrArithmetic Arithmetic(IrArithmeticOperator op, IrExpression left, IrExpression right, bool wraps = false) => new(op, left, right, wraps);

    public static IrObject Object(params (string Name, IrExpression Value)[] fields) => new(fields.Select(Field).ToEquatableArray());

    public static IrList List(params IrExpression[] items) => new(items.ToEquatableArray());

    public static IrJoin Join(IrExpression first, IrExpression second) => new(first, second);

    public static IrMerge Merge(IrExpression target, params (string Name, IrExpression Value)[] fields) => new(target, fields.Select(Field).ToEquatableArray());

    public static IrConcat Concat(params IrExpression[] parts) => new(parts.ToEquatableArray());

    public static IrField Field((string Name, IrExpression Value) field) => new(new IrName(field.Name, field.Name), field.Value);
}
