using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Generator.Workflows.Reading;

/// <summary>What is the matter with a statement, and the way out.</summary>
internal static class StatementProblems
{
    public static string Of(IOperation operation) => operation switch
    {
        IForEachLoopOperation { IsAsynchronous: true } => "has an 'await foreach', which engines cannot replay: let a step return a list, and go over that",
        IUsingOperation or IUsingDeclarationOperation => "has a using: hold resources inside a step",
        ILockOperation => "has a lock: a run has no threads to lock out",
        IBranchOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.GotoStatementSyntax { CaseOrDefaultKeyword.RawKind: not 0 } } => "jumps to another case: put the statements of that case into a local function, and call it from both",
        ILabeledOperation or IBranchOperation => "jumps with goto: use a loop with break and continue, or a switch",
        IReturnOperation => "has a 'yield': a workflow returns once",
        IExpressionStatementOperation { Operation: IDeconstructionAssignmentOperation } => "deconstructs a value: read its members where they are needed",
        IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation { Target: IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } } } =>
            "assigns a member of the class, which engines do not keep: use a local",
        IExpressionStatementOperation { Operation: IAssignmentOperation { Target: IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } } } =>
            "assigns a member of the class, which engines do not keep: use a local",
        IExpressionStatementOperation { Operation: IAssignmentOperation or IIncrementOrDecrementOperation } => "assigns a member: values in a workflow do not change, so give the local a new object, as in 'order = order with { ... }'",
        IExpressionStatementOperation { Operation: IInvocationOperation call } => OfCall(call),
        IExpressionStatementOperation => "has a statement that is no awaited step: put the code into a step",
        _ => "has a statement that engines do not know: put the code into a step",
    };

    private static string OfCall(IInvocationOperation call) =>
        call.TargetMethod is { IsStatic: true, Name: var guard } && guard.StartsWith("ThrowIf", StringComparison.Ordinal) ? $"calls '{guard}', whose exception no engine but .NET knows: write 'if (...) throw new StepFailed(\"Code\", \"message\");'" :
        IsTask(call.Type) ? $"starts '{call.TargetMethod.Name}' without awaiting it: write 'await', or run several at once with flow.Parallel"
        : ListTypes.IsGrowing(call.TargetMethod.ContainingType) ? $"calls '{call.TargetMethod.Name}' of a list: a local's list is changed by Add and AddRange only, so make a new list in a step or an expression"
        : $"calls '{call.TargetMethod.Name}': put the call into a step";

    private static bool IsTask(ITypeSymbol? type) => type is { Name: "Task" or "ValueTask" };
}
