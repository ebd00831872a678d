using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>Reads calls of steps: <c>flow.Step(Method, payload)</c>, and method groups that branches and maps run.</summary>
internal sealed class StepCallReader(ReadingContext context, ExpressionReader expressions)
{
    public FlowCall? Read(IInvocationOperation call)
    {
        if (!HasOwnName(call) || Step(call, out var input) is not { } step)
        {
            context.GiveUp();
            return null;
        }

        return Call(call, step, input, ResultOf(call.Type));
    }

    /// <summary>The step and the payload of <c>flow.Step</c> or <c>flow.Branch</c>.</summary>
    public StepModel? Step(IInvocationOperation call, out IrExpression? input)
    {
        input = null;
        var step = (FlowCallReader.Argument(call, "step") ?? FlowCallReader.Argument(call, "body")) is { } passed ? StepOf(passed) : null;
        if (FlowCallReader.Argument(call, "input") is { } payload)
        {
            input = expressions.Read(payload);
            return input is null ? null : step;
        }

        return step;
    }

    public FlowCall Call(IOperation at, StepModel step, IrExpression? input, ITypeSymbol? result)
    {
        // The label first, the variable second: both are numbered in the order of the source.
        var label = context.Placed(context.Labels.Take(step.Name), at);
        var (payload, key) = Keyed(step, input);
        return new FlowCall(
            context,
            result is null ? [] : [new FlowResult(result, context.IsExternal(step))],
            false,
            (results, source) => [new IrStep(label, step.Name, payload, results.Count == 0 ? null : results[0], source, key)]);
    }

    /// <summary>The step that a method group stands for; <see langword="null"/> when it has been reported.</summary>
    public StepModel? StepOf(IOperation passed)
    {
        if (passed is not IDelegateCreationOperation { Target: IMethodReferenceOperation { Method.MethodKind: not MethodKind.LocalFunction } reference } || !IsPlainName(reference.Syntax))
        {
            return Reject(passed, "runs something that is no method group: pass a method with [Step] or [Inference], as in flow.Step(Charge, quote)");
        }

        var method = reference.Method;
        if (!WorkflowSymbols.Same(method.ContainingType, context.Method.ContainingType) || reference.Instance is not (null or IInstanceReferenceOperation))
        {
            return Reject(passed, $"runs '{method.Name}' of another object: a workflow runs the steps of its own class");
        }

        if (!IsStep(method))
        {
            return Reject(passed, $"runs '{method.Name}', which has no [Step]: add the attribute");
        }

        // One with a broken signature has its own finding.
        return context.Steps.FirstOrDefault(step => step.Name == method.Name);
    }

    public bool IsStep(IMethodSymbol method) =>
        WorkflowSymbols.Attribute(method, context.Symbols.StepAttribute) is not null || WorkflowSymbols.Attribute(method, context.Symbols.InferenceAttribute) is not null;

    /// <summary>Whether the call leaves it to the compiler to name the step.</summary>
    public bool HasOwnName(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument is { Parameter.Name: "name" or "expression", ArgumentKind: not ArgumentKind.DefaultValue })
            {
                Reject(argument, "names a step by text: pass the method alone, its name is taken from it");
                return false;
            }
        }

        return true;
    }

    /// <summary>The type of a function's result, awaited if it is a task; <see langword="null"/> for none.</summary>
    public static ITypeSymbol? ResultOf(IMethodSymbol function) =>
        function.ReturnsVoid ? null : function.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask" } task ? ResultOf(task) : function.ReturnType;

    /// <summary>The type that an awaited call gives; <see langword="null"/> for none.</summary>
    public static ITypeSymbol? ResultOf(ITypeSymbol? task) => task is INamedTypeSymbol { TypeArguments.Length: 1 } generic ? generic.TypeArguments[0] : null;

    // The key is a member of the payload: of its variable, or of the object that is made for the call.
    private (IrExpression? Payload, IrExpression? Key) Keyed(StepModel step, IrExpression? input)
    {
        if (step.KeyMember is null || input is null || KeyOf(step) is not { } key)
        {
            return (input, null);
        }

        if (input is not (IrVariable or IrMember or IrObject))
        {
            input = context.Hold("payload", input);
        }

        IrExpression? member = input is IrObject made
            ? made.Fields.Where(field => field.Name.Member == key.Name.Member).Select(static field => field.Value).FirstOrDefault()
            : new IrMember(input, key.Name, key.Kind, context.IsExternal(input) || key.MayBeNull ? key.Default : null, key.MayBeNull);
        return (input, member is { Kind: IrKind.Integer } ? new IrConcat(EquatableArray.Create(member)) : member);
    }

    private StepKey? KeyOf(StepModel step) => context.Method.ContainingType.GetMembers(step.Name).OfType<IMethodSymbol>().FirstOrDefault(IsStep) is { } method
        ? StepKey.Of(method, context.Symbols, context.Semantics.Compilation, null, context.CancellationToken)
        : null;

    private static bool IsPlainName(SyntaxNode syntax) =>
        syntax is IdentifierNameSyntax or MemberAccessExpressionSyntax { Name: IdentifierNameSyntax, Expression: ThisExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax };

    private StepModel? Reject(IOperation operation, string problem)
    {
        context.Reject(RuleIdentifiers.NotAStep, operation, problem);
        return null;
    }
}
