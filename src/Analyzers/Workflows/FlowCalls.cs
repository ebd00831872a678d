using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Portable.Analyzers.Handlers;
using Portable.Generator.Discovery;

namespace Portable.Analyzers.Workflows;

/// <summary>What a workflow's body asks of its <c>IWorkflow</c>.</summary>
internal static class FlowCalls
{
    /// <summary>Whether a call is one of <c>IWorkflow</c> or of its extensions.</summary>
    public static bool IsFlow(IInvocationOperation call) =>
        call.TargetMethod.ContainingType is { } type && (PortableTypes.IsPortable(type, "IWorkflow") || (type.IsStatic && call.TargetMethod.IsExtensionMethod && type.Name.EndsWith("Extensions", StringComparison.Ordinal)
            && PortableTypes.IsPortable(type, type.Name) && call.Arguments.Length > 0 && PortableTypes.IsPortable(call.Arguments[0].Parameter?.Type, "IWorkflow")));

    /// <summary>Whether a call waits: for a time, an event, or another run.</summary>
    public static bool IsWait(IInvocationOperation call) => call.TargetMethod.Name is "Delay" or "Until" or "Event" or "Child" && IsFlow(call);

    /// <summary>The steps that a call names as method groups: the first of <c>flow.Step(Charge, order)</c>, all of <c>flow.Branch</c>, <c>flow.Map</c>.</summary>
    public static IEnumerable<IMethodReferenceOperation> StepsOf(IInvocationOperation call, KnownTypes types)
    {
        foreach (var argument in call.Arguments)
        {
            if (MethodOf(argument.Value) is { } reference && (KnownTypes.Find(reference.Method, types.Step) is not null || KnownTypes.Find(reference.Method, types.Inference) is not null))
            {
                yield return reference;
            }
        }
    }

    /// <summary>Whether an operation stands in a node.</summary>
    public static bool IsIn(IOperation operation, IOperation node) => node.Syntax.SyntaxTree == operation.Syntax.SyntaxTree && node.Syntax.Span.Contains(operation.Syntax.Span);

    /// <summary>The method that a value is a group of.</summary>
    public static IMethodReferenceOperation? MethodOf(IOperation value)
    {
        while (value is IConversionOperation { Operand: var inner })
        {
            value = inner;
        }

        return value is IDelegateCreationOperation { Target: IMethodReferenceOperation reference } ? reference : value as IMethodReferenceOperation;
    }
}
