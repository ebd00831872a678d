namespace Portable;

/// <summary>
/// Starts a function when rows of a table change: DynamoDB Streams, Firestore, the Cosmos DB change feed. The payload parameter is a
/// <see cref="TableChange{T}"/>, or a list or array of them for a whole batch. Changes of one row arrive in order.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TableTriggerAttribute : Attribute
{
    /// <summary>Binds the function to a table.</summary>
    /// <param name="table">The table; on Google the collection, on Azure the container.</param>
    public TableTriggerAttribute(string table) => Table = table;

    /// <summary>The table; on Google the collection, on Azure the container.</summary>
    public string Table { get; }

    /// <summary>The most changes that one invocation receives where the cloud delivers batches; 0 leaves the default of 100.</summary>
    public int BatchSize { get; set; }

    /// <summary>Whether a new deployment begins with the oldest change that is kept, instead of with what happens from then on.</summary>
    public bool FromStart { get; set; }
}

/// <summary>What happened to a row.</summary>
public enum TableChangeKind
{
    /// <summary>There is a new row.</summary>
    Inserted,

    /// <summary>A row has other values.</summary>
    Modified,

    /// <summary>The row is gone.</summary>
    Removed,

    /// <summary>It was inserted or modified: Cosmos DB's change feed does not tell which.</summary>
    Written,
}

/// <summary>A change of a row.</summary>
/// <typeparam name="T">The type of the row.</typeparam>
public sealed class TableChange<T>
{
    /// <summary>Creates a change; the runtime does so, and tests may.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="key">What identifies the row, as text.</param>
    /// <param name="oldImage">The row before, where there was one and the cloud says so.</param>
    /// <param name="newImage">The row after, unless it is gone.</param>
    /// <param name="id">What identifies the change.</param>
    /// <param name="time">When it happened, where the cloud says so.</param>
    public TableChange(TableChangeKind kind, string key, T? oldImage, T? newImage, string id = "", DateTimeOffset? time = null)
    {
        Kind = kind;
        Key = key;
        Old = oldImage;
        New = newImage;
        Id = id;
        Time = time;
    }

    /// <summary>What happened.</summary>
    public TableChangeKind Kind { get; }

    /// <summary>What identifies the row: the values of the key in the order of their names joined by <c>/</c>, the document's path, the item's id.</summary>
    public string Key { get; }

    /// <summary>The row before; never on Azure, whose change feed does not keep it.</summary>
    public T? Old { get; }

    /// <summary>The row after; <see langword="null"/> when it is gone.</summary>
    public T? New { get; }

    /// <summary>What identifies the change; the same on every redelivery.</summary>
    public string Id { get; }

    /// <summary>When it happened, where the cloud says so.</summary>
    public DateTimeOffset? Time { get; }
}
