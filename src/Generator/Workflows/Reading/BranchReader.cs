using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads <c>flow.Parallel</c>, <c>flow.Map</c> and <c>flow.TryMap</c>, and the bodies that they run.</summary>
internal sealed class BranchReader(ReadingContext context, StatementReader statements, StepCallReader steps)
{
    private const int MostConcurrent = 20;

    public FlowCall? Parallel(IInvocationOperation call)
    {
        var label = context.Labels.TakeOther("Parallel");
        var branches = new List<Branch?>();
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name != "flow")
            {
                branches.Add(Branched(argument.Value));
            }
        }

        if (branches.Contains(null))
        {
            context.GiveUp();
            return null;
        }

        return new FlowCall(
            context,
            branches.Select(static branch => branch!.Result).ToList(),
            isTuple: true,
            (results, source) =>
            [
                new IrParallel(label, branches.Select((branch, index) => new IrBranch(branch!.Name, branch.Body, branch.Result.HasValue ? results[index] : null)).ToEquatableArray(), source),
                .. branches.Select((branch, index) => (branch, result: results[index])).Where(static pair => pair.result is not null && !pair.branch!.Result.HasValue)
                    .Select(static pair => new IrAssign(pair.result!, new IrLiteral(IrKind.Null, ""), IrSource.None)),
            ]);
    }

    public FlowCall? Map(IInvocationOperation call, bool collects)
    {
        if (!steps.HasOwnName(call))
        {
            return null;
        }

        var result = StepCallReader.ResultOf(call.Type);
        var label = context.Labels.TakeOther(call.TargetMethod.Name);
        var concurrency = Concurrency(call);
        var items = FlowCallReader.Argument(call, "items") is { } list ? statements.Items(list) : null;
        var body = FlowCallReader.Argument(call, "body") is { } passed ? Body(passed, items is null || context.IsExternal(items)) : null;
        if (collects && (ListTypes.ElementOf(result) as INamedTypeSymbol)?.TypeArguments is [{ IsValueType: true } value] && !JsonMembers.IsNullable(value))
        {
            context.Reject(RuleIdentifiers.FanOut, call, $"collects results of type '{value.Name}', which say nothing about an element that failed: return '{value.Name}?' or a record");
            return null;
        }

        if (items is null || body is null || concurrency is null)
        {
            context.GiveUp();
            return null;
        }

        return new FlowCall(
            context,
            result is null ? [] : [new FlowResult(result, body.Result.IsExternal)],
            isTuple: false,
            (results, source) => [new IrMap(label, items, body.Item!, body.Block, concurrency.Value, collects, results.Count == 0 ? null : results[0], source)]);
    }

    private int? Concurrency(IInvocationOperation call)
    {
        var argument = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "maxConcurrency");
        if (argument?.Value.ConstantValue is { HasValue: true, Value: int and >= 1 and <= MostConcurrent and var value })
        {
            return value;
        }

        if (argument is not null)
        {
            context.Reject(RuleIdentifiers.FanOut, argument, $"runs a number of elements at a time that is no constant from 1 to {MostConcurrent}, the most that every engine can do: write it as a constant");
        }

        return null;
    }

    private Branch? Branched(IOperation argument)
    {
        var made = FlowCallReader.WithoutConversions(argument);
        if (made is ILocalReferenceOperation local && context.Find(local.Local) is not null)
        {
            context.GiveUp(); // reported where it was made
            return null;
        }

        if (made is not IInvocationOperation { TargetMethod.Name: "Branch" } call || !context.Symbols.IsFlow(call.TargetMethod.ContainingType))
        {
            context.Reject(RuleIdentifiers.FanOut, argument, "runs a branch that is made elsewhere: write flow.Branch(...) as the argument of flow.Parallel");
            return null;
        }

        if (!context.IsFlow(FlowCallReader.Argument(call, "flow")) || !steps.HasOwnName(call))
        {
            context.GiveUp();
            return null;
        }

        var type = StepCallReader.ResultOf(call.Type);
        var hasValue = !(type is { Name: "None" } && WorkflowSymbols.Same(type.ContainingNamespace, context.Symbols.Workflow?.ContainingNamespace));
        if (FlowCallReader.Argument(call, "body") is { } body && !IsStepGroup(body))
        {
            var read = Body(body, isExternal: false);
            return read is null ? null : new Branch(context.Labels.TakeOther(read.Name), read.Block, new FlowResult(type, read.Result.IsExternal, hasValue));
        }

        if (steps.Step(call, out var input) is not { } step)
        {
            context.GiveUp();
            return null;
        }

        var block = context.Within(context.Method, () => StepBody(steps.Call(call, step, input, hasValue ? type : null), SourceLine.Of(call)));
        return new Branch(context.Labels.TakeOther(step.Name + "_branch"), block, new FlowResult(type, context.IsExternal(step), hasValue));
    }

    /// <summary>A step, lambda or local function that runs for an element, or for a branch.</summary>
    private FunctionBody? Body(IOperation passed, bool isExternal)
    {
        switch (passed)
        {
            case IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda }:
                return Function(passed, lambda.Symbol, lambda.Body, isExternal, "Branch");

            case IDelegateCreationOperation { Target: IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function } }:
                return Named(passed, function, isExternal);

            default:
                if (steps.StepOf(passed) is not { } step || ElementType(passed) is not { } type)
                {
                    context.GiveUp();
                    return null;
                }

                return context.Within(context.Method, () =>
                {
                    var item = context.Temporary("item", context.KindOf(type), isExternal);
                    var result = (passed.Type as INamedTypeSymbol)?.DelegateInvokeMethod?.ReturnType;
                    var block = StepBody(steps.Call(passed, step, item, StepCallReader.ResultOf(result)), SourceLine.Of(passed));
                    return new FunctionBody(step.Name, item.Name, block, new FlowResult(null, context.IsExternal(step)));
                });
        }
    }

    private FunctionBody? Named(IOperation passed, IMethodSymbol function, bool isExternal)
    {
        if (context.Function.IsWithin(function))
        {
            return Reject(passed, $"runs '{function.Name}' within itself: engines know no recursion, so make it a workflow of its own and run it with flow.Child");
        }

        if (context.Steps.Any(step => step.Name == function.Name))
        {
            return Reject(passed, $"runs the local function '{function.Name}', which has the name of a step: rename it, because .NET would run the step");
        }

        foreach (var reference in function.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax(context.CancellationToken) is LocalFunctionStatementSyntax syntax
                && context.Semantics.GetOperation(syntax, context.CancellationToken) is ILocalFunctionOperation { Body: { } body })
            {
                return Function(passed, function, body, isExternal, function.Name);
            }
        }

        context.GiveUp();
        return null;
    }

    private FunctionBody? Function(IOperation passed, IMethodSymbol function, IBlockOperation body, bool isExternal, string name)
    {
        if (function.Parameters.Length > 1)
        {
            return Reject(passed, "takes a cancellation token, as only steps do: leave the parameter out");
        }

        return context.Within(function, () =>
        {
            var item = function.Parameters.Length == 0 ? null : context.Declare(function.Parameters[0], isExternal);
            var block = statements.Block(body.Operations);
            var external = IrWalk.All(block).Any(inner => inner is IrReturn { Value: { } value } && (context.IsExternal(value) || context.HoldsExternal(value)));
            return new FunctionBody(name, item, block, new FlowResult(null, external));
        });
    }

    private static IrBlock StepBody(FlowCall call, IrSource source) =>
        StatementReader.Block([.. call.Run("output", source, out var output), new IrReturn(output, IrSource.None)]);

    private bool IsStepGroup(IOperation passed) =>
        passed is IDelegateCreationOperation { Target: IMethodReferenceOperation { Method.MethodKind: not MethodKind.LocalFunction } };

    private static ITypeSymbol? ElementType(IOperation passed) => (passed.Type as INamedTypeSymbol)?.DelegateInvokeMethod?.Parameters.FirstOrDefault()?.Type;

    private FunctionBody? Reject(IOperation operation, string problem)
    {
        context.Reject(RuleIdentifiers.FanOut, operation, problem);
        return null;
    }

    private sealed record Branch(string Name, IrBlock Body, FlowResult Result);

    private sealed record FunctionBody(string Name, string? Item, IrBlock Block, FlowResult Result);
}
