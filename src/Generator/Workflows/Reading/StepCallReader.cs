using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Portable.Generator.Discovery;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;

namespace Portable.Generator.Workflows.Reading;

/// <summary>A call of a step as the body has it.</summary>
internal sealed record StepCallReading(StepModel Step, IrExpression? Input);

/// <summary>Reads <c>await flow.Step(Method, payload)</c>, the only thing a workflow awaits.</summary>
internal sealed class StepCallReader(ReadingContext context, ExpressionReader expressions)
{
    public StepCallReading? Read(IAwaitOperation awaited)
    {
        if (awaited.Operation is not IInvocationOperation call || !WorkflowSymbols.Same(call.TargetMethod.ContainingType, context.Symbols.WorkflowExtensions))
        {
            context.Reject(RuleIdentifiers.ForeignAwait, awaited, AwaitProblem(awaited.Operation));
            return null;
        }

        if (Argument(call, "flow") is not IParameterReferenceOperation { Parameter.Ordinal: 0 })
        {
            context.Reject(RuleIdentifiers.ForeignAwait, awaited, "runs a step on something else than its own IWorkflow parameter: engines would not see it");
            return null;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument is { Parameter.Name: "name", ArgumentKind: not ArgumentKind.DefaultValue })
            {
                context.Reject(RuleIdentifiers.NotAStep, argument, "names a step by text: pass the method alone, its name is taken from it");
                return null;
            }
        }

        if (Argument(call, "step") is not { } passed || StepOf(passed) is not { } step)
        {
            context.GiveUp();
            return null;
        }

        if (Argument(call, "input") is not { } payload)
        {
            return new StepCallReading(step, null);
        }

        return expressions.Read(payload) is { } input ? new StepCallReading(step, input) : null;
    }

    private StepModel? StepOf(IOperation passed)
    {
        if (passed is not IDelegateCreationOperation { Target: IMethodReferenceOperation reference } || !IsPlainName(reference.Syntax))
        {
            context.Reject(RuleIdentifiers.NotAStep, passed, "runs something that is no method group: pass a method with [Step] or [Inference], as in flow.Step(Charge, quote)");
            return null;
        }

        var method = reference.Method;
        if (!WorkflowSymbols.Same(method.ContainingType, context.Method.ContainingType) || reference.Instance is not (null or IInstanceReferenceOperation))
        {
            context.Reject(RuleIdentifiers.NotAStep, passed, $"runs '{method.Name}' of another object: a workflow runs the steps of its own class");
            return null;
        }

        var isStep = WorkflowSymbols.Attribute(method, context.Symbols.StepAttribute) is not null || WorkflowSymbols.Attribute(method, context.Symbols.InferenceAttribute) is not null;
        if (!isStep)
        {
            context.Reject(RuleIdentifiers.NotAStep, passed, $"runs '{method.Name}', which has no [Step]: add the attribute");
            return null;
        }

        // One with a broken signature has its own finding.
        return context.Steps.FirstOrDefault(step => step.Name == method.Name);
    }

    private static bool IsPlainName(SyntaxNode syntax) =>
        syntax is IdentifierNameSyntax or MemberAccessExpressionSyntax { Name: IdentifierNameSyntax, Expression: ThisExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax };

    private static IOperation? Argument(IInvocationOperation call, string name)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Name == name)
            {
                return argument.Value is IConversionOperation { IsImplicit: true, Conversion.IsIdentity: true } identity ? identity.Operand : argument.Value;
            }
        }

        return null;
    }

    private static string AwaitProblem(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } => "uses ConfigureAwait: remove it, an engine resumes a workflow where it must",
        IInvocationOperation { TargetMethod: { Name: "Delay" or "Yield", ContainingType.Name: "Task" } } => "awaits a delay of its own: engines replay workflows, so nothing but flow.Step(...) may be awaited",
        IInvocationOperation { TargetMethod: { Name: "WhenAll" or "WhenAny", ContainingType.Name: "Task" } } => "awaits several tasks at once: await one step after the other",
        IInvocationOperation { TargetMethod: { Name: "RunStep", ContainingType.Name: "IWorkflow" } } => "calls RunStep, which is for engines: write flow.Step(Method, payload)",
        IInvocationOperation call => $"awaits '{call.TargetMethod.Name}', which is not flow.Step(...): make it a [Step] and run it with flow.Step({call.TargetMethod.Name}, ...)",
        ILocalReferenceOperation or IParameterReferenceOperation => "awaits a task that was started before: await flow.Step(...) where it is called",
        _ => "awaits something else than flow.Step(...): move it into a [Step]",
    };
}
