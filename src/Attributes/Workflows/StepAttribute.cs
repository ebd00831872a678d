namespace Portable;

/// <summary>
/// Marks a method that a workflow runs as a step: <c>Task</c> or <c>Task&lt;T&gt;</c>, one payload parameter or none,
/// and an optional <see cref="CancellationToken"/>. Steps run at least once and carry their own retry policy.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StepAttribute : Attribute
{
    /// <summary>
    /// How long one call may take, in seconds; 0 means no limit of its own. A call that takes longer fails with the code
    /// <see cref="StepFailed.TimeoutCode"/>.
    /// </summary>
    public int TimeoutSeconds { get; set; }

    /// <summary>
    /// The longest silence of a call, in seconds, where the engine can watch for signs of life (Step Functions); 0 watches for none.
    /// The runtime gives the signs while the step runs; a call that falls silent fails with the code <see cref="StepFailed.TimeoutCode"/>.
    /// </summary>
    public int HeartbeatSeconds { get; set; }

    /// <summary>Whether the step is deployed as a function of its own instead of sharing one with the workflow's other steps.</summary>
    public bool Isolated { get; set; }
}
