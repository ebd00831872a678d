using Microsoft.AspNetCore.Http;

namespace Portable.Runtime.AspNetCore;

/// <summary>Reads request bodies whole, up to a limit: handlers bind to complete bodies, and no request may fill the memory.</summary>
public static class RequestBody
{
    /// <summary>The limit of the clouds' HTTP functions that is largest: 32 MiB.</summary>
    public const int DefaultLimit = 32 * 1024 * 1024;

    private const int SmallestBuffer = 4096;

    /// <summary>Reads the body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns><see langword="null"/> when the body is larger than the limit: answer 413.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit = DefaultLimit, CancellationToken cancellationToken = default)
    {
        if (request.ContentLength > limit)
        {
            return null;
        }

        if (request.ContentLength is { } known)
        {
            if (known == 0)
            {
                return ReadOnlyMemory<byte>.Empty;
            }

            var exact = new byte[(int)known];
            await request.Body.ReadExactlyAsync(exact, cancellationToken).ConfigureAwait(false);
            return exact;
        }

        return await ReadUnknownLengthAsync(request.Body, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a stream of unknown length.</summary>
    /// <returns><see langword="null"/> when it is larger than the limit.</returns>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadUnknownLengthAsync(Stream body, int limit = DefaultLimit, CancellationToken cancellationToken = default)
    {
        var buffer = Array.Empty<byte>();
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length > limit)
                {
                    return null;
                }

                Array.Resize(ref buffer, Math.Max(SmallestBuffer, Math.Min(buffer.Length * 2, limit + 1)));
            }

            var read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }

            length += read;
            if (length > limit)
            {
                return null;
            }
        }
    }
}
