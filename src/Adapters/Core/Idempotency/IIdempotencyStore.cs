namespace Portable.Runtime.Idempotency;

/// <summary>
/// Remembers, across processes, what is being done and what is done. A record is either in progress, owned by the token of one caller until its
/// lease ends, or done with a result until that expires; an expired record is as good as none. Every write is conditional on the owner: who comes
/// too late changes nothing that another caller wrote. Anything that is thrown counts as an outage, and the function's policy applies.
/// </summary>
/// <remarks>
/// Leases are measured with one clock that all callers share: the store's own. An implementation must not compare the clocks of two
/// processes, which may be minutes apart.
/// </remarks>
public interface IIdempotencyStore
{
    /// <summary>The largest result that a record can hold, in bytes.</summary>
    int LargestResult => int.MaxValue;

    /// <summary>
    /// Claims a key, atomically: of all callers at most one owns it. A caller that asks again with the token that owns the key already
    /// is told so, which makes the call safe to repeat.
    /// </summary>
    /// <returns><see cref="IdempotencyClaimed"/>, <see cref="IdempotencyInProgress"/> or <see cref="IdempotencyDone"/>.</returns>
    ValueTask<IdempotencyState> BeginAsync(IdempotencyClaim claim, CancellationToken cancellationToken);

    /// <summary>Writes the result, if the key is still the owner's or nobody's.</summary>
    /// <param name="lease">What <see cref="BeginAsync"/> gave.</param>
    /// <param name="result">The result.</param>
    /// <param name="keptFor">How long the result is kept.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Whether the record now says done, by this owner.</returns>
    ValueTask<bool> CompleteAsync(IdempotencyLease lease, IdempotencyResult result, TimeSpan keptFor, CancellationToken cancellationToken);

    /// <summary>Gives the key back after a failure, if it is still in progress and the owner's.</summary>
    /// <returns>Whether it was.</returns>
    ValueTask<bool> ReleaseAsync(IdempotencyLease lease, CancellationToken cancellationToken);
}

/// <summary>A wish to own a key.</summary>
/// <param name="Key">The key: the function's name, a dot, and 64 hexadecimal digits.</param>
/// <param name="Owner">The caller's token, which no other caller has: letters and digits.</param>
/// <param name="Lease">How long the key stays the owner's if nothing more is heard of it.</param>
/// <param name="PayloadHash">The hash of the payload, where payloads are compared.</param>
public sealed record IdempotencyClaim(string Key, string Owner, TimeSpan Lease, string? PayloadHash = null);

/// <summary>A key that is owned.</summary>
/// <param name="Key">The key.</param>
/// <param name="Owner">The owner's token.</param>
/// <param name="PayloadHash">The hash of the payload, where payloads are compared.</param>
/// <param name="Version">What the store needs to know its own write again, such as an entity tag.</param>
public sealed record IdempotencyLease(string Key, string Owner, string? PayloadHash = null, string? Version = null);

/// <summary>What the work had as its result.</summary>
/// <param name="Content">The result; empty where nobody receives one.</param>
/// <param name="IsTooLarge">Whether it was too large to be kept; <paramref name="Content"/> is empty then.</param>
public sealed record IdempotencyResult(ReadOnlyMemory<byte> Content, bool IsTooLarge = false);

/// <summary>What a store says of a key.</summary>
public abstract record IdempotencyState;

/// <summary>The key is the caller's.</summary>
/// <param name="Lease">To complete or release it with.</param>
public sealed record IdempotencyClaimed(IdempotencyLease Lease) : IdempotencyState;

/// <summary>The key is another caller's.</summary>
/// <param name="Remaining">How long at most, where the store knows.</param>
/// <param name="PayloadHash">The hash of the payload that it is in progress for.</param>
public sealed record IdempotencyInProgress(TimeSpan? Remaining = null, string? PayloadHash = null) : IdempotencyState;

/// <summary>The work is done.</summary>
/// <param name="Result">Its result.</param>
/// <param name="PayloadHash">The hash of the payload that it was done for.</param>
public sealed record IdempotencyDone(IdempotencyResult Result, string? PayloadHash = null) : IdempotencyState;
