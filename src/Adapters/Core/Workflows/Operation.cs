namespace Portable.Runtime;

/// <summary>What a workflow's body asks an engine for.</summary>
public enum OperationKind
{
    /// <summary>A call of a step.</summary>
    Step,

    /// <summary>A wait for time to pass: the workflow's own, or the one before a step is called again.</summary>
    Wait,

    /// <summary>A wait for an event.</summary>
    Event,

    /// <summary>A run of another workflow.</summary>
    Child,

    /// <summary>An event to publish.</summary>
    Publish,
}

/// <summary>
/// One thing that a workflow's body asked for. A replay of the body asks for the same under the same key.
/// </summary>
/// <param name="Key">
/// Where it stands in the run: <c>3</c> is the fourth operation, and <c>3/0/1</c> the second one in the first branch, or for the first
/// element, of a parallel or map that is the fourth. A step's calls after its first one, and the waits before them, have <c>+n</c> at the end.
/// </param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The step, event or workflow.</param>
public readonly record struct Operation(string Key, OperationKind Kind, string Name)
{
    /// <summary>The key as a part of an identifier: <c>3-0-1</c>.</summary>
    public string Id => Key.Replace('/', '-');

    /// <inheritdoc/>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} '{Name}' at {Key}";
}
