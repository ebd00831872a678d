using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads what reaches beyond the workflow: <c>flow.Child</c> and <c>flow.Publish</c>.</summary>
internal sealed class OutsideReader(ReadingContext context, ExpressionReader expressions)
{
    public FlowCall? Child(IInvocationOperation call)
    {
        if (context.IsExpress)
        {
            context.Reject(RuleIdentifiers.ExpressWorkflow, call, "runs another workflow, which an Express workflow cannot wait for: take Express off the workflow, or call its steps");
        }

        var argument = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "workflow");
        var workflow = argument is null ? null : WorkflowOf(argument);
        var payload = FlowCallReader.Argument(call, "input");
        var input = payload is null ? null : expressions.Read(payload);
        if (workflow is null || input is null)
        {
            context.GiveUp();
            return null;
        }

        var result = StepCallReader.ResultOf(call.Type);
        context.AddPayload(payload!.Type);
        context.AddPayload(result);
        var label = context.Labels.TakeOther("Child_" + workflow);
        return new FlowCall(
            context,
            result is null ? [] : [new FlowResult(result, true)],
            false,
            (results, source) => [new IrChild(label, workflow, input, results.Count == 0 ? null : results[0], source)]);
    }

    public FlowCall? Publish(IInvocationOperation call)
    {
        if (FlowCallReader.Argument(call, "event") is not { } argument || expressions.Read(argument) is not { } payload)
        {
            context.GiveUp();
            return null;
        }

        var type = call.TargetMethod.TypeArguments[0];
        if (WorkflowSymbols.Attribute(type, context.Symbols.EventContractAttribute) is not { } contract)
        {
            context.Reject(RuleIdentifiers.EventContract, argument, $"publishes a '{type.Name}', whose type does not say what event it is: add [EventContract(\"com.acme.{type.Name.ToLowerInvariant()}\", Version = 1)] to it");
            return null;
        }

        var name = Readings.FirstText(contract) ?? "";
        var version = Readings.Number(contract, "Version", 1);
        if (!IsEventType(name) || version < 1)
        {
            context.Reject(
                RuleIdentifiers.EventContract,
                argument,
                $"publishes a '{type.Name}', whose [EventContract] has a type or version that not every broker takes: use letters, digits, dots, hyphens and underscores, at most 100, and a version from 1");
            return null;
        }

        context.AddPayload(type);
        var label = context.Labels.TakeOther("Publish_" + type.Name);
        return new FlowCall(context, [], false, (_, source) => [new IrPublish(label, name, version, payload, source)]);
    }

    private string? WorkflowOf(IArgumentOperation argument)
    {
        var value = FlowCallReader.WithoutConversions(argument.Value);
        if (value is IDelegateCreationOperation { Target: IMethodReferenceOperation { Method: var method } })
        {
            if (WorkflowSymbols.Attribute(method, context.Symbols.WorkflowAttribute) is not { } attribute || Readings.FirstText(attribute) is not { } named)
            {
                return Reject(argument, $"runs '{method.Name}' as a workflow, which has no [Workflow]: pass a method that has it, or its name as a text");
            }

            context.AddChild(argument.Value.Syntax.ToString(), named);
            return named;
        }

        if (value?.ConstantValue is { HasValue: true, Value: string name })
        {
            return WorkflowNames.Exists(name, context.Semantics.Compilation, context.Symbols, context.CancellationToken)
                ? name
                : Reject(argument, $"runs the workflow '{name}', which the project does not have: name one of its [Workflow] methods");
        }

        return Reject(argument, "runs a workflow that is not known at compile time: pass a method with [Workflow], as in flow.Child(Ship, parcel), or its name as a constant");
    }

    private string? Reject(IOperation operation, string problem)
    {
        context.Reject(RuleIdentifiers.ChildWorkflow, operation, problem);
        return null;
    }

    private static bool IsEventType(string text) =>
        text.Length is > 0 and <= 100 && text.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '-' or '_');
}
