using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads what expressions take from the workflow: results of awaited calls, the time, identifiers, elements of tuples, failures.</summary>
internal sealed class FlowReader(ReadingContext context, FlowCallReader calls, AssignmentReader assignments, FailureReader failures) : IFlowReader
{
    public const string TupleProblem = "uses the results of flow.Parallel as one value: name them, as in 'var (quote, risk) = await flow.Parallel(...)'";

    public IrExpression? Await(IAwaitOperation awaited)
    {
        if (calls.Read(awaited.Operation, awaited, isWhole: false) is not { } call)
        {
            return null;
        }

        if (call.IsTuple)
        {
            context.Reject(RuleIdentifiers.FanOut, awaited, TupleProblem);
            return null;
        }

        var statements = call.Run("output", SourceLine.Of(awaited), out var result);
        foreach (var statement in statements)
        {
            context.Before(statement);
        }

        return result ?? context.GiveUp();
    }

    public bool TryValue(IOperation operation, out IrExpression? value)
    {
        value = null;
        switch (operation)
        {
            case IPropertyReferenceOperation { Property: var property } reference when WorkflowSymbols.Same(property.ContainingType, context.Symbols.Workflow):
                value = !context.IsFlow(reference.Instance) ? context.GiveUp()
                    : property.Name == "RunId" ? new IrRunId()
                    : Take(IrTaken.UtcNow, "utcNow", property.Type, operation);
                return true;

            case IInvocationOperation { TargetMethod: { Name: "NewGuid" } method } call when WorkflowSymbols.Same(method.ContainingType, context.Symbols.Workflow):
                value = context.IsFlow(call.Instance) ? Take(IrTaken.NewGuid, "newGuid", method.ReturnType, operation) : context.GiveUp();
                return true;

            case IInvocationOperation { TargetMethod: var method } when context.Symbols.IsFlow(method.ContainingType):
                var isBranch = method.Name == "Branch";
                context.Reject(
                    isBranch ? RuleIdentifiers.FanOut : RuleIdentifiers.ForeignAwait,
                    operation,
                    isBranch
                        ? "makes a branch that no flow.Parallel runs: write flow.Branch(...) as the argument of flow.Parallel"
                        : $"starts '{method.Name}' without awaiting it: write 'await', or run several at once with flow.Parallel");
                return true;

            case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } function } call when !context.Symbols.IsTask(function.ReturnType, out _):
                value = calls.Functions.Value(call);
                return true;

            case IAssignmentOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation } or IIncrementOrDecrementOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation }
                when operation.Parent is not IExpressionStatementOperation:
                value = assignments.Value(operation);
                return true;

            case IInvocationOperation { TargetMethod: { } function } when context.Symbols.IsTask(function.ReturnType, out _) && calls.Functions.IsOwn(function):
                context.Reject(RuleIdentifiers.ForeignAwait, operation, $"starts '{function.Name}' without awaiting it: write 'await', or run several at once with flow.Parallel");
                return true;

            case IFieldReferenceOperation { Field: { ContainingType.IsTupleType: true } field, Instance: { } instance }:
                return TryElement(field, FlowCallReader.WithoutConversions(instance), operation, out value);

            case IPropertyReferenceOperation { Property: { ContainingType.IsAnonymousType: true } part, Instance: ILocalReferenceOperation made } when context.FindTuple(made.Local) is { } parts:
                var at = part.ContainingType.GetMembers().OfType<IPropertySymbol>().ToList().FindIndex(other => other.Name == part.Name);
                value = at >= 0 && at < parts.Count ? parts[at] : context.GiveUp();
                return true;

            default:
                return false;
        }
    }

    public IrThrow? Throw(IThrowOperation thrown) => failures.Throw(thrown);

    private bool TryElement(IFieldSymbol field, IOperation? tuple, IOperation operation, out IrExpression? value)
    {
        value = null;
        if (tuple is IAwaitOperation)
        {
            context.Reject(RuleIdentifiers.FanOut, operation, TupleProblem);
            return true;
        }

        if (tuple is not ILocalReferenceOperation local || context.FindTuple(local.Local) is not { } elements)
        {
            return false;
        }

        var name = (field.CorrespondingTupleField ?? field).Name;
        value = name.StartsWith("Item", StringComparison.Ordinal) && int.TryParse(name.Substring(4), out var number) && number <= elements.Count
            ? elements[number - 1]
            : context.GiveUp();
        return true;
    }

    private IrVariable Take(IrTaken what, string hint, ITypeSymbol type, IOperation operation)
    {
        var variable = context.Temporary(hint, context.KindOf(type), external: false);
        context.Before(new IrTake(what, variable.Name, SourceLine.Of(operation)));
        return variable;
    }
}
