using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Portable.Runtime.Idempotency;

/// <summary>
/// The rules between handlers and stores, the same for requests and messages: how long a lease is, how long to wait for another
/// caller, what an outage means. One lives as long as one invocation.
/// </summary>
internal sealed class IdempotencyGate
{
    private static readonly TimeSpan[] RetriesOfComplete = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250)];
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(1);
    private readonly IdempotencyPolicy _policy;
    private readonly InvocationContext _context;
    private readonly IIdempotencyStore _store;
    private readonly IdempotencyOptions _options;
    private readonly TimeProvider _time;
    private IdempotencyFlight? _flight;

    public IdempotencyGate(IdempotencyPolicy policy, InvocationContext context)
    {
        _policy = policy;
        _context = context;
        _store = context.Services.GetService<IIdempotencyStore>() ?? throw new InvalidOperationException(
            $"'{policy.Function}' is [Idempotent], and the application has no store to remember its work in: say one in the [Startup] class, such as app.UseDynamoDbIdempotency(\"table\").");
        _options = context.Services.GetService<IdempotencyOptions>() ?? IdempotencyOptions.Default;
        _time = context.Services.GetService<TimeProvider>() ?? TimeProvider.System;
    }

    private ILogger Logger => _context.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Portable");

    /// <summary>Asks whether the work is to be done.</summary>
    public ValueTask<Admission> EnterAsync(IdempotentKey key, ReadOnlyMemory<byte> payload) =>
        AskAsync(key.For(_policy), HashOf(payload), TimeSpan.Zero, _time.GetTimestamp());

    /// <summary>
    /// Asks whether the work is to be done, and waits for another caller's result as long as allowed. Of the callers of this process one asks the store; the
    /// others wait for it, and get its result from here.
    /// </summary>
    public async ValueTask<Admission> EnterPatientlyAsync(IdempotentKey key, ReadOnlyMemory<byte> payload)
    {
        var (patience, start, name, hash) = (_options.WaitForOther, _time.GetTimestamp(), key.For(_policy), HashOf(payload));
        if (_context.Services.GetService<IdempotencyFlights>() is { } flights)
        {
            IdempotencyFlight flight;
            while (!flights.TryLead(name + hash, out flight))
            {
                try
                {
                    var left = patience - _time.GetElapsedTime(start);
                    if (await flight.Ended.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time, _context.CancellationToken).ConfigureAwait(false) is { } result)
                    {
                        IdempotencyLog.Duplicate(Logger, _policy.Function, name);
                        return new Admission.Done(result);
                    }
                }
                catch (TimeoutException)
                {
                    IdempotencyLog.InProgress(Logger, _policy.Function, name);
                    return new Admission.Busy(null);
                }
            }

            _flight = flight;
        }

        Admission? admission = null;
        try
        {
            return admission = await AskAsync(name, hash, patience, start).ConfigureAwait(false);
        }
        finally
        {
            if (admission is not Admission.Run { Lease: not null })
            {
                Land((admission as Admission.Done)?.Result);
            }
        }
    }

    private async ValueTask<Admission> AskAsync(string name, string? hash, TimeSpan patience, long start)
    {
        var owner = Guid.NewGuid().ToString("N");
        var pause = _options.PollInterval;
        while (true)
        {
            IdempotencyState state;
            try
            {
                var claim = new IdempotencyClaim(name, owner, LeaseTime(), hash);
                state = await BoundedAsync(token => _store.BeginAsync(claim, token), _context.CancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!_context.CancellationToken.IsCancellationRequested)
            {
                if (_policy.OnStoreFailure == StoreFailure.Run)
                {
                    IdempotencyLog.RunsAnyway(Logger, _policy.Function, _context.InvocationId, e);
                    return new Admission.Run(null);
                }

                IdempotencyLog.StoreOut(Logger, _policy.Function, _context.InvocationId, e);
                return new Admission.StoreOut();
            }

            switch (state)
            {
                case IdempotencyClaimed claimed:
                    return new Admission.Run(claimed.Lease);
                case IdempotencyDone done when hash is not null && done.PayloadHash != hash:
                case IdempotencyInProgress other when hash is not null && other.PayloadHash != hash:
                    return new Admission.OtherPayload();
                case IdempotencyDone done:
                    IdempotencyLog.Duplicate(Logger, _policy.Function, name);
                    return new Admission.Done(done.Result);
                case IdempotencyInProgress other when _time.GetElapsedTime(start) + pause > patience:
                    IdempotencyLog.InProgress(Logger, _policy.Function, name);
                    return new Admission.Busy(other.Remaining);
                default:
                    // Not all at the same moment: a thousand duplicates would ask together, again and again.
                    await Task.Delay(pause * (0.75 + (Random.Shared.NextDouble() / 2)), _time, _context.CancellationToken).ConfigureAwait(false);
                    pause = pause * 1.5 < LongestPoll ? pause * 1.5 : LongestPoll;
                    break;
            }
        }
    }

    /// <summary>
    /// Records that the work is done. When that fails, the work is done all the same: an error here would have it done again, so it is
    /// logged and no more.
    /// </summary>
    public async ValueTask CompleteAsync(IdempotencyLease lease, ReadOnlyMemory<byte> content)
    {
        var limit = Math.Min(_options.LargestResult, _store.LargestResult);
        var result = new IdempotencyResult(content);
        if (content.Length > limit)
        {
            IdempotencyLog.ResultTooLarge(Logger, _policy.Function, lease.Key, content.Length, limit);
            result = new IdempotencyResult(default, IsTooLarge: true);
        }

        IdempotencyResult? outcome = null;
        try
        {
            outcome = await RecordAsync(lease, result).ConfigureAwait(false) ? result : null;
        }
        finally
        {
            Land(outcome);
        }
    }

    /// <returns>Whether the result is the one that counts.</returns>
    private async ValueTask<bool> RecordAsync(IdempotencyLease lease, IdempotencyResult result)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (await BoundedAsync(token => _store.CompleteAsync(lease, result, _policy.ExpiresAfter, token), default).ConfigureAwait(false))
                {
                    return true;
                }

                IdempotencyLog.LeaseLost(Logger, _policy.Function, lease.Key);
                return false;
            }
            catch (Exception) when (attempt < RetriesOfComplete.Length)
            {
                await Task.Delay(RetriesOfComplete[attempt], _time).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                IdempotencyLog.NotRecorded(Logger, _policy.Function, lease.Key, e);
                return true; // it is done, and here somebody knows
            }
        }
    }

    /// <summary>Gives the key back after a failure. Never throws: the failure is what counts.</summary>
    public async ValueTask ReleaseAsync(IdempotencyLease lease)
    {
        try
        {
            await BoundedAsync(token => _store.ReleaseAsync(lease, token), default).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            IdempotencyLog.NotReleased(Logger, _policy.Function, lease.Key, e);
        }
        finally
        {
            Land(null);
        }
    }

    private void Land(IdempotencyResult? result)
    {
        _flight?.End(result);
        _flight = null;
    }

    private string? HashOf(ReadOnlyMemory<byte> payload) => _policy.ValidatesPayload ? IdempotentKey.HashOf(payload) : null;

    /// <summary>Until the handler's time is over, and a little longer. Times are differences, so a clock that is wrong does no harm.</summary>
    private TimeSpan LeaseTime()
    {
        _context.LimitTo(_options.HandlerTime);
        var left = _context.Deadline!.Value - _time.GetUtcNow();
        return (left > TimeSpan.Zero ? left : TimeSpan.Zero) + _options.LeaseMargin;
    }

    private async ValueTask<T> BoundedAsync<T>(Func<CancellationToken, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.StoreTimeout, _time);
        using var either = cancellationToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken) : null;
        var token = (either ?? timeout).Token;
        try
        {
            // Not every client heeds the token while it connects.
            return await ask(token).AsTask().WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"The idempotency store did not answer within {_options.StoreTimeout.TotalSeconds:0.###} seconds.", e);
        }
    }
}

/// <summary>Whether the work is to be done.</summary>
internal abstract record Admission
{
    /// <summary>Yes.</summary>
    /// <param name="Lease">To complete or release; <see langword="null"/> where it is done without a store.</param>
    public sealed record Run(IdempotencyLease? Lease) : Admission;

    /// <summary>It has been done.</summary>
    public sealed record Done(IdempotencyResult Result) : Admission;

    /// <summary>It is being done.</summary>
    public sealed record Busy(TimeSpan? Remaining) : Admission;

    /// <summary>It is or has been done for another payload.</summary>
    public sealed record OtherPayload : Admission;

    /// <summary>Nobody can tell.</summary>
    public sealed record StoreOut : Admission;
}
