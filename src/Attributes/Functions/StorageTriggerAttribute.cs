namespace Portable;

/// <summary>Starts a function when objects of a bucket are created or deleted: S3, Cloud Storage, Azure blobs. The payload parameter is a <see cref="StorageEvent"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class StorageTriggerAttribute : Attribute
{
    /// <summary>Binds the function to a bucket.</summary>
    /// <param name="bucket">The bucket; on Azure the container.</param>
    public StorageTriggerAttribute(string bucket) => Bucket = bucket;

    /// <summary>The bucket; on Azure the container.</summary>
    public string Bucket { get; }

    /// <summary>What happened to the object; creations when not stated.</summary>
    public StorageChange On { get; set; } = StorageChange.Created;

    /// <summary>What the names of the objects begin with; empty means all.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>What the names of the objects end with; empty means all.</summary>
    public string Suffix { get; set; } = "";
}

/// <summary>What happened to an object.</summary>
public enum StorageChange
{
    /// <summary>It was created, or written anew.</summary>
    Created,

    /// <summary>It was deleted.</summary>
    Deleted,
}

/// <summary>A change of an object in a bucket.</summary>
public sealed class StorageEvent
{
    /// <summary>Creates the event; the runtime does so, and tests may.</summary>
    /// <param name="id">What identifies the change; the same on every redelivery.</param>
    /// <param name="change">What happened.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="name">The name of the object, decoded.</param>
    /// <param name="size">Its size in bytes, where the cloud says so.</param>
    /// <param name="eTag">What identifies its content, where the cloud says so.</param>
    /// <param name="contentType">Its media type, where the cloud says so.</param>
    /// <param name="time">When it happened, where the cloud says so.</param>
    public StorageEvent(string id, StorageChange change, string bucket, string name, long? size = null, string? eTag = null, string? contentType = null, DateTimeOffset? time = null)
    {
        Id = id;
        Change = change;
        Bucket = bucket;
        Name = name;
        Size = size;
        ETag = eTag;
        ContentType = contentType;
        Time = time;
    }

    /// <summary>What identifies the change; the same on every redelivery.</summary>
    public string Id { get; }

    /// <summary>What happened.</summary>
    public StorageChange Change { get; }

    /// <summary>The bucket; on Azure the container.</summary>
    public string Bucket { get; }

    /// <summary>The name of the object, decoded. It comes from whoever wrote the object: never take it for a path of this machine.</summary>
    public string Name { get; }

    /// <summary>The size in bytes, where the cloud says so.</summary>
    public long? Size { get; }

    /// <summary>What identifies the content, where the cloud says so.</summary>
    public string? ETag { get; }

    /// <summary>The media type, where the cloud says so; S3 does not.</summary>
    public string? ContentType { get; }

    /// <summary>When it happened, where the cloud says so.</summary>
    public DateTimeOffset? Time { get; }
}
