namespace Portable.Local;

/// <summary>Where the objects of all buckets are. Names are checked before.</summary>
internal interface IBlobStorage
{
    /// <summary>Writes an object.</summary>
    void Write(string bucket, string name, ReadOnlyMemory<byte> content, string contentType);

    /// <summary>Reads an object.</summary>
    (ReadOnlyMemory<byte> Content, string ContentType)? Read(string bucket, string name);

    /// <summary>Deletes an object; whether there was one.</summary>
    bool Delete(string bucket, string name);

    /// <summary>The names of the objects of a bucket, in ordinal order, with their sizes.</summary>
    IReadOnlyList<(string Name, long Size)> List(string bucket);
}

/// <summary>Objects in memory.</summary>
internal sealed class MemoryBlobs : IBlobStorage
{
    private readonly object _gate = new();
    private readonly SortedDictionary<(string Bucket, string Name), (ReadOnlyMemory<byte> Content, string ContentType)> _objects =
        new(Comparer<(string Bucket, string Name)>.Create(static (a, b) => string.CompareOrdinal(a.Bucket, b.Bucket) is not 0 and var order ? order : string.CompareOrdinal(a.Name, b.Name)));

    public void Write(string bucket, string name, ReadOnlyMemory<byte> content, string contentType)
    {
        lock (_gate)
        {
            _objects[(bucket, name)] = (content.ToArray(), contentType); // the caller may use its buffer again
        }
    }

    public (ReadOnlyMemory<byte> Content, string ContentType)? Read(string bucket, string name)
    {
        lock (_gate)
        {
            return _objects.TryGetValue((bucket, name), out var found) ? found : null;
        }
    }

    public bool Delete(string bucket, string name)
    {
        lock (_gate)
        {
            return _objects.Remove((bucket, name));
        }
    }

    public IReadOnlyList<(string Name, long Size)> List(string bucket)
    {
        lock (_gate)
        {
            return [.. _objects.Where(entry => entry.Key.Bucket == bucket).Select(static entry => (entry.Key.Name, (long)entry.Value.Content.Length))];
        }
    }
}
