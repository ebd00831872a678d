namespace Portable;

/// <summary>
/// Marks a partial method whose body the generator writes: a call to a dedicated GPU endpoint with the argument as its JSON body.
/// In a workflow it is a step, compiled to a direct call of the endpoint where the engine allows that.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InferenceAttribute : Attribute
{
    /// <summary>Declares a call to an endpoint.</summary>
    /// <param name="endpoint">The name of the endpoint; its address is configuration, not code.</param>
    public InferenceAttribute(string endpoint) => Endpoint = endpoint;

    /// <summary>The name of the endpoint.</summary>
    public string Endpoint { get; }

    /// <summary>
    /// How long one call may take, in seconds; 0 means 30. A call that takes longer fails with the code <see cref="StepFailed.TimeoutCode"/>.
    /// </summary>
    public int TimeoutSeconds { get; set; }

    /// <summary>
    /// Whether the endpoint is any HTTPS address and not one of SageMaker. Step Functions then calls it with an HTTP task, which takes its
    /// credentials from an EventBridge connection and ends after 60 seconds. On the other engines every endpoint is an address.
    /// </summary>
    public bool Http { get; set; }
}
