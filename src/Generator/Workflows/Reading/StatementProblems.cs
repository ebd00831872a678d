using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Generator.Workflows.Reading;

/// <summary>What is the matter with a statement, and the way out.</summary>
internal static class StatementProblems
{
    public static string Of(IOperation operation) => operation switch
    {
        ILoopOperation => "has a loop: put the loop into a step",
        ISwitchOperation => "has a switch: write if and else",
        IThrowOperation { Exception: null } or IExpressionStatementOperation { Operation: IThrowOperation { Exception: null } } => "rethrows a failure: leave steps whose failures are not handled outside of the try",
        IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } => "throws: let a step fail with a StepFailed, or return a result that says what is wrong",
        IUsingOperation or IUsingDeclarationOperation => "has a using: hold resources inside a step",
        ILockOperation => "has a lock: a run has no threads to lock out",
        ILocalFunctionOperation => "declares a local function: make it a [Step] method",
        ILabeledOperation or IBranchOperation => "jumps: write if and else",
        IExpressionStatementOperation { Operation: IAssignmentOperation { Target: ILocalReferenceOperation or IParameterReferenceOperation } } => "assigns a variable again: declare a new local with 'var'",
        IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation or ICompoundAssignmentOperation } => "changes a variable: compute the new value in a step and keep it in a new local",
        IExpressionStatementOperation { Operation: IDeconstructionAssignmentOperation } => "deconstructs a value: read its members where they are needed",
        IExpressionStatementOperation { Operation: IAssignmentOperation } => "assigns a member: values in a workflow do not change, so make a new object",
        IExpressionStatementOperation { Operation: IInvocationOperation call } => IsTask(call.Type)
            ? $"starts '{call.TargetMethod.Name}' without awaiting it: write 'await'"
            : $"calls '{call.TargetMethod.Name}': put the call into a step",
        IExpressionStatementOperation => "has a statement that is no awaited step: put the code into a step",
        _ => "has a statement that engines do not know: put the code into a step",
    };

    private static bool IsTask(ITypeSymbol? type) => type is { Name: "Task" or "ValueTask" };
}
