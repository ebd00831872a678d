using System.Globalization;
using System.Net;
using Portable.Runtime.Idempotency;

namespace Portable.Idempotency;

/// <summary>
/// Remembers in a container of Azure Blob Storage, one blob for each key, written under the condition that it is still as it was read. How old a record is says the
/// service alone: <c>Date</c>, when it answered, less <c>Last-Modified</c>, when it wrote. Both are its clocks and neither is ours.
/// </summary>
public sealed class AzureBlobIdempotencyStore : IIdempotencyStore, IDisposable
{
    private const string Owner = "owner";
    private const string State = "state";
    private const string Lasts = "lasts"; // milliseconds from Last-Modified on
    private const string Payload = "payload";
    private const string InProgress = "progress";
    private const string Done = "done";
    private const string TooLarge = "large";
    private const int Attempts = 4;

    // Both headers have whole seconds, and two servers of the service may differ a little.
    private static readonly TimeSpan Inexact = TimeSpan.FromSeconds(2);

    private readonly BlobContainer _container;

    internal AzureBlobIdempotencyStore(BlobContainer container) => _container = container;

    /// <inheritdoc/>
    public async ValueTask<IdempotencyState> BeginAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        var metadata = Metadata(claim.Owner, InProgress, claim.Lease, claim.PayloadHash);
        string? expected = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await _container.PutAsync(claim.Key, default, metadata, expected, cancellationToken).ConfigureAwait(false) is { } version)
            {
                return new IdempotencyClaimed(new IdempotencyLease(claim.Key, claim.Owner, claim.PayloadHash, version));
            }

            if (await _container.GetAsync(claim.Key, cancellationToken).ConfigureAwait(false) is not { } blob)
            {
                expected = null; // released meanwhile
                continue;
            }

            if (StateOf(blob, claim) is { } state)
            {
                return state;
            }

            expected = blob.Version;
        }

        return new IdempotencyInProgress(); // others come and go faster than we can look
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CompleteAsync(IdempotencyLease lease, IdempotencyResult result, TimeSpan keptFor, CancellationToken cancellationToken)
    {
        var metadata = Metadata(lease.Owner, result.IsTooLarge ? TooLarge : Done, keptFor, lease.PayloadHash);
        var expected = lease.Version;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (await _container.PutAsync(lease.Key, result.Content, metadata, expected, cancellationToken).ConfigureAwait(false) is not null)
            {
                return true;
            }

            var blob = await _container.GetAsync(lease.Key, cancellationToken).ConfigureAwait(false);
            if (blob is not null && blob.Metadata.GetValueOrDefault(Owner) != lease.Owner)
            {
                return false;
            }

            if (blob is not null && blob.Metadata.GetValueOrDefault(State) != InProgress)
            {
                return true; // an attempt whose answer was lost
            }

            expected = blob?.Version;
        }

        return false;
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ReleaseAsync(IdempotencyLease lease, CancellationToken cancellationToken) =>
        lease.Version is { } version && await _container.DeleteAsync(lease.Key, version, cancellationToken).ConfigureAwait(false);

    /// <summary>Disposes its client.</summary>
    public void Dispose() => _container.Dispose();

    private static Dictionary<string, string> Metadata(string owner, string state, TimeSpan lasts, string? payload)
    {
        var metadata = new Dictionary<string, string>(4)
        {
            [Owner] = owner,
            [State] = state,
            [Lasts] = ((long)Math.Ceiling(lasts.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture),
        };
        if (payload is not null)
        {
            metadata[Payload] = payload;
        }

        return metadata;
    }

    /// <summary>What a blob says; <see langword="null"/> when its time is over.</summary>
    private static IdempotencyState? StateOf(StoredBlob blob, IdempotencyClaim claim)
    {
        var left = TimeSpan.FromMilliseconds(long.Parse(blob.Metadata[Lasts], CultureInfo.InvariantCulture)) + Inexact - (blob.Read - blob.Written);
        if (left < TimeSpan.Zero)
        {
            return null;
        }

        var payload = blob.Metadata.GetValueOrDefault(Payload);
        return blob.Metadata[State] switch
        {
            Done => new IdempotencyDone(new IdempotencyResult(blob.Content), payload),
            TooLarge => new IdempotencyDone(new IdempotencyResult(default, IsTooLarge: true), payload),
            _ when blob.Metadata[Owner] == claim.Owner => new IdempotencyClaimed(new IdempotencyLease(claim.Key, claim.Owner, claim.PayloadHash, blob.Version)),
            _ => new IdempotencyInProgress(left, payload),
        };
    }
}
