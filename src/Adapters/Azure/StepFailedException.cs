using Portable.Runtime;

namespace Portable.Azure;

/// <summary>
/// A step or a run failed. The failure stands in the message, because that is the one part of an exception that every
/// version of the Durable extension carries to the orchestrator unchanged.
/// </summary>
public sealed class StepFailedException : Exception
{
    internal StepFailedException(StepFailure failure, Exception? innerException = null)
        : base("StepFailed: " + failure.ToJson(), innerException) => Failure = failure;

    /// <summary>The failure.</summary>
    public StepFailure Failure { get; }
}
