namespace Portable;

/// <summary>The type and version of an event's payload on every broker.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class EventContractAttribute : Attribute
{
    /// <summary>Names the event.</summary>
    /// <param name="type">The type, such as <c>com.acme.order.placed</c>.</param>
    public EventContractAttribute(string type) => Type = type;

    /// <summary>The type.</summary>
    public string Type { get; }

    /// <summary>The version of the payload, from 1.</summary>
    public int Version { get; set; } = 1;
}
