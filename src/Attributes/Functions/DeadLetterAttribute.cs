namespace Portable;

/// <summary>
/// Names where messages go that a function cannot handle: after the last attempt, or at once where the body can never be read. They keep
/// their body and attributes and carry the reason; the local host shows them and delivers them again when told to.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class DeadLetterAttribute : Attribute
{
    /// <summary>Names the queue of dead letters.</summary>
    /// <param name="queue">A queue's name: 3 to 63 lower-case letters, digits and single hyphens.</param>
    public DeadLetterAttribute(string queue) => Queue = queue;

    /// <summary>The queue of dead letters.</summary>
    public string Queue { get; }
}
