using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Workflows.Tests.GoogleWorkflows;

/// <summary>IR by hand, in few characters.</summary>
internal static class Build
{
    public static readonly IrLiteral Null = new(IrKind.Null, "");

    public static IrLiteral Int(long value) => new(IrKind.Integer, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static IrLiteral Text(string value) => new(IrKind.Text, value);

    public static IrLiteral Bool(bool value) => new(IrKind.Boolean, value ? "true" : "false");

    public static IrVariable Var(string name, IrKind kind = IrKind.Integer) => new(name, kind);

    public static IrMember Member(IrExpression target, string name, IrKind kind = IrKind.Integer, bool mayBeNull = false, IrLiteral? missing = null) =>
        new(target, new IrName(name, name), kind, missing, mayBeNull);

    public static IrObject Object(params (string Name, IrExpression Value)[] fields) =>
        new(fields.Select(field => new IrField(new IrName(field.Name, field.Name), field.Value)).ToEquatableArray());

    public static IrList List(params IrExpression[] items) => new(items.ToEquatableArray());

    public static IrBinary Compare(IrOperator op, IrExpression left, IrExpression right) => new(op, left, right);

    public static IrBinary Less(IrExpression left, IrExpression right) => new(IrOperator.Less, left, right);

    public static IrBinary Same(IrExpression left, IrExpression right) => new(IrOperator.Equal, left, right);

    public static IrArithmetic Plus(IrExpression left, IrExpression right, bool wraps = false) => new(IrArithmeticOperator.Add, left, right, wraps);

    public static IrConcat Concat(params IrExpression[] parts) => new(parts.ToEquatableArray());

    public static IrBlock Block(params IEnumerable<IrStatement> statements) => new(statements.ToEquatableArray());

    public static IrSource From(string text) => new(text);

    public static IrAssign Set(string variable, IrExpression value) => new(variable, value, From($"{variable} = ...;"));

    public static IrStep Step(string name, IrExpression? input = null, string? result = null, string? label = null, IrExpression? key = null) =>
        new(label ?? name, name, input, result, From($"await flow.Step({name});"), key);

    public static IrIf If(IrExpression condition, IrBlock then, IrBlock? otherwise = null) => new(condition, then, otherwise, From("if (...)"));

    public static IrReturn Return(IrExpression? value = null) => new(value, From("return ...;"));

    public static IrTry Try(IrBlock body, string failure, IrBlock handler, IrExpression? filter = null) => new(body, failure, handler, From("try"), filter);

    public static IrForEach ForEach(string item, IrExpression items, IrBlock body) => new(item, items, body, From("foreach (...)"));

    public static IrLoop While(IrExpression? condition, IrBlock body, IrBlock? advance = null, bool after = false) => new(condition, after, body, advance ?? Block(), From("while (...)"));

    public static IrBreak Break() => new(From("break;"));

    public static IrContinue Continue() => new(From("continue;"));

    public static IrScope Scope(string name, IrBlock body) => new(name, body, From("switch"));

    public static IrLeave Leave(string name) => new(name, From("break;"));

    public static IrThrow Throw(string code, string message = "thrown", bool defect = false) =>
        new(Object(("code", Text(code)), ("message", Text(message)), ("data", Null)), From("throw ...;"), defect);

    public static IrThrow Throw(IrExpression failure) => new(failure, From("throw;"));

    public static IrParallel Parallel(string label, bool settles, params IrBranch[] branches) => new(label, branches.ToEquatableArray(), From("await flow.Parallel(...);"), settles);

    public static IrBranch Branch(string name, IrBlock body, string? result = null) => new(name, body, result);

    public static IrMap Map(string label, IrExpression items, string item, IrBlock body, string? result = null, int concurrency = 10, bool collects = false, bool settles = false) =>
        new(label, items, item, body, concurrency, collects, result, From("await flow.Map(...);"), settles);

    public static IrWait Wait(string label, IrExpression seconds) => new(label, seconds, null, From("await flow.Delay(...);"));

    public static StepModel StepOf(string name, RetryModel? retry = null, string? endpoint = null, bool isolated = false, bool lifted = false) => new(
        name, new ActivationModel(Type("Flow"), false, default, false), Type("object"), Type("object"), false, retry, 0, endpoint, IsIsolated: isolated,
        Lifted: lifted ? new LiftedModel("1 / x", default) : null);

    public static RetryModel Retry(int attempts, int interval = 1, params string[] on) => new(attempts, interval, 2, 0, on.ToEquatableArray());

    /// <summary>A workflow with these steps, and with a plain one for every other step that the body calls.</summary>
    public static WorkflowModel Workflow(IrBlock body, string? input = null, params StepModel[] steps)
    {
        var others = IrSteps.Of(body).Select(step => step.Step).Distinct().Where(name => steps.All(step => step.Name != name)).Select(name => StepOf(name));
        return new WorkflowModel(
            "hand", "Flow_Run", "Tests", "Run", new ActivationModel(Type("Flow"), false, default, false), input is null ? null : Type("object"), Type("object"), input, steps.Concat(others).ToEquatableArray(), body, 0);
    }

    private static TypeRef Type(string name) => new(name, name, false);
}
