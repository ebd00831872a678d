namespace Portable;

/// <summary>
/// Objects of one bucket: S3, Cloud Storage, an Azure container, a folder locally. Handlers take it in their constructor as
/// <c>[Bucket("uploads")] IBlobStore uploads</c>. Names are relative: no leading slash, no <c>.</c> or <c>..</c> segment, no backslash or control character.
/// </summary>
public interface IBlobStore
{
    /// <summary>The bucket; on Azure the container.</summary>
    string Bucket { get; }

    /// <summary>Writes an object, over the one of that name if there is one.</summary>
    /// <param name="name">The name.</param>
    /// <param name="content">The content.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is not a safe relative one.</exception>
    /// <exception cref="OutputException">The cloud refused it or could not be reached.</exception>
    Task Put(string name, ReadOnlyMemory<byte> content, string contentType = "application/octet-stream", CancellationToken cancellationToken = default);

    /// <summary>Reads an object; <see langword="null"/> when there is none of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is not a safe relative one.</exception>
    /// <exception cref="OutputException">The cloud refused it or could not be reached.</exception>
    Task<Blob?> Get(string name, CancellationToken cancellationToken = default);

    /// <summary>Deletes an object; one that is not there is deleted already.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is not a safe relative one.</exception>
    /// <exception cref="OutputException">The cloud refused it or could not be reached.</exception>
    Task Delete(string name, CancellationToken cancellationToken = default);

    /// <summary>An address under which whoever has it may read or write the object for a while, without rights of their own.</summary>
    /// <param name="name">The name.</param>
    /// <param name="access">What the address allows.</param>
    /// <param name="validFor">How long: up to 7 days.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is not a safe relative one, or the time is out of range.</exception>
    Task<Uri> Presign(string name, BlobAccess access, TimeSpan validFor, CancellationToken cancellationToken = default);
}

/// <summary>What a presigned address allows.</summary>
public enum BlobAccess
{
    /// <summary>To read the object with GET.</summary>
    Read,

    /// <summary>To write the object with PUT.</summary>
    Write,
}

/// <summary>An object's content.</summary>
/// <param name="Content">The content.</param>
/// <param name="ContentType">Its media type, where the store knows it.</param>
/// <param name="ETag">What identifies the content, where the store says so.</param>
public sealed record Blob(ReadOnlyMemory<byte> Content, string? ContentType = null, string? ETag = null);
