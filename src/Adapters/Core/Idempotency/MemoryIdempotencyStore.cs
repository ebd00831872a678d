namespace Portable.Runtime.Idempotency;

/// <summary>Remembers in this process alone: for tests.</summary>
/// <param name="time">The clock.</param>
public sealed class MemoryIdempotencyStore(TimeProvider? time = null) : IIdempotencyStore
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private int _sweepAt = 1024;

    /// <inheritdoc/>
    public ValueTask<IdempotencyState> BeginAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        lock (_entries)
        {
            Sweep();
            return new(Find(claim.Key) switch
            {
                { Result: { } result } done => new IdempotencyDone(result, done.PayloadHash),
                { } other when other.Owner != claim.Owner => new IdempotencyInProgress(_time.GetElapsedTime(_time.GetTimestamp(), other.Until), other.PayloadHash),
                _ => Claim(claim),
            });
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> CompleteAsync(IdempotencyLease lease, IdempotencyResult result, TimeSpan keptFor, CancellationToken cancellationToken)
    {
        lock (_entries)
        {
            if (Find(lease.Key) is { } entry && entry.Owner != lease.Owner)
            {
                return new(false);
            }

            _entries[lease.Key] = new Entry(lease.Owner, In(keptFor), lease.PayloadHash, result with { Content = result.Content.ToArray() });
            return new(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReleaseAsync(IdempotencyLease lease, CancellationToken cancellationToken)
    {
        lock (_entries)
        {
            return new(Find(lease.Key) is { Result: null } entry && entry.Owner == lease.Owner && _entries.Remove(lease.Key));
        }
    }

    private IdempotencyClaimed Claim(IdempotencyClaim claim)
    {
        _entries[claim.Key] = new Entry(claim.Owner, In(claim.Lease), claim.PayloadHash, null);
        return new IdempotencyClaimed(new IdempotencyLease(claim.Key, claim.Owner, claim.PayloadHash));
    }

    private Entry? Find(string key) => _entries.TryGetValue(key, out var entry) && entry.Until > _time.GetTimestamp() ? entry : null;

    private long In(TimeSpan wait) => _time.GetTimestamp() + (long)(wait.TotalSeconds * _time.TimestampFrequency);

    // Whenever the number of entries has doubled: the cost of each is constant.
    private void Sweep()
    {
        if (_entries.Count >= _sweepAt)
        {
            var now = _time.GetTimestamp();
            foreach (var (key, entry) in _entries)
            {
                if (entry.Until <= now)
                {
                    _entries.Remove(key); // allowed while enumerating
                }
            }

            _sweepAt = Math.Max(1024, _entries.Count * 2);
        }
    }

    private sealed record Entry(string Owner, long Until, string? PayloadHash, IdempotencyResult? Result);
}
