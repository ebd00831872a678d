using System.Globalization;
using System.Security.Cryptography;
using Portable.Runtime;

namespace Portable.Local;

/// <summary>A bucket in memory or in a folder. Writing and deleting objects starts the functions that ask for it.</summary>
public sealed class LocalBucket : IBlobStore
{
    private readonly IBlobStorage _storage;
    private readonly PresignedUrls _urls;
    private readonly TimeProvider _time;
    private long _changes;

    internal LocalBucket(string name, IBlobStorage storage, PresignedUrls urls, IReadOnlyList<LocalSource> readers, TimeProvider time)
    {
        Bucket = name;
        Readers = readers;
        _storage = storage;
        _urls = urls;
        _time = time;
    }

    /// <inheritdoc/>
    public string Bucket { get; }

    /// <summary>The functions that take its changes.</summary>
    public IReadOnlyList<LocalSource> Readers { get; }

    /// <summary>The names of the objects, in ordinal order, and their sizes in bytes.</summary>
    public IReadOnlyList<(string Name, long Size)> Objects => _storage.List(Bucket);

    /// <inheritdoc/>
    public Task Put(string name, ReadOnlyMemory<byte> content, string contentType = "application/octet-stream", CancellationToken cancellationToken = default)
    {
        BlobNames.Check(name);
        _storage.Write(Bucket, name, content, contentType);
        Raise(StorageChange.Created, name, content.Length, ETag(content), contentType);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Blob?> Get(string name, CancellationToken cancellationToken = default)
    {
        BlobNames.Check(name);
        return Task.FromResult(_storage.Read(Bucket, name) is var (content, type) ? new Blob(content, type, ETag(content)) : null);
    }

    /// <inheritdoc/>
    public Task Delete(string name, CancellationToken cancellationToken = default)
    {
        BlobNames.Check(name);
        if (_storage.Delete(Bucket, name))
        {
            Raise(StorageChange.Deleted, name, null, null, null);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<Uri> Presign(string name, BlobAccess access, TimeSpan validFor, CancellationToken cancellationToken = default) =>
        Task.FromResult(_urls.Sign(Bucket, BlobNames.Check(name), access, validFor));

    private static string ETag(ReadOnlyMemory<byte> content) => Convert.ToHexString(SHA256.HashData(content.Span).AsSpan(0, 16)).ToLowerInvariant();

    private void Raise(StorageChange change, string name, long? size, string? eTag, string? contentType)
    {
        var now = _time.GetUtcNow();
        var raised = new StorageEvent(
            string.Create(CultureInfo.InvariantCulture, $"{Bucket}-{Interlocked.Increment(ref _changes)}"), change, Bucket, name, size, eTag, contentType, now);
        foreach (var reader in Readers)
        {
            if (((StorageSource)reader.Definition.Source).Takes(raised))
            {
                reader.Add(new LocalMessage(raised.Id, default, null, now, new ObjectChanged(raised)));
            }
        }
    }
}
