namespace Portable;

/// <summary>Says which queue an <c>IQueue&lt;T&gt;</c> parameter of a handler or its constructor sends to.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueAttribute : Attribute
{
    /// <summary>Names the queue.</summary>
    /// <param name="name">The name, as <see cref="QueueTriggerAttribute"/> has it.</param>
    public QueueAttribute(string name) => Name = name;

    /// <summary>The name of the queue.</summary>
    public string Name { get; }
}

/// <summary>Says which bucket an <c>IBlobStore</c> parameter of a handler or its constructor is.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class BucketAttribute : Attribute
{
    /// <summary>Names the bucket.</summary>
    /// <param name="name">The name, as <see cref="StorageTriggerAttribute"/> has it.</param>
    public BucketAttribute(string name) => Name = name;

    /// <summary>The name of the bucket.</summary>
    public string Name { get; }
}
