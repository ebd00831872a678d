using Portable.Runtime;

namespace Portable.Aws;

/// <summary>
/// A step of a workflow failed. Lambda names an error after the exception's type, so emitted handlers catch this and throw a type
/// that is named after the code.
/// </summary>
public sealed class LambdaStepFailure : Exception
{
    /// <summary>The exception for a failure; its message is the failure as JSON.</summary>
    public LambdaStepFailure(StepFailure failure)
        : base(failure.ToJson()) => Failure = failure;

    /// <summary>The failure.</summary>
    public StepFailure Failure { get; }
}
