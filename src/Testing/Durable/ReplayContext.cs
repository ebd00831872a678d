using System.Security.Cryptography;
using System.Text;

namespace Portable.Testing.Durable;

/// <summary>What an orchestrator may use in one turn. Its tasks complete only by the history.</summary>
public sealed class ReplayContext
{
    private static readonly TimeSpan s_longestInterval = TimeSpan.FromHours(1);
    private readonly ReplayTurn _turn;
    private readonly ReplayOptions _options;
    private int _guids;

    internal ReplayContext(ReplayTurn turn, ReplayOptions options, string? input) => (_turn, _options, Input) = (turn, options, input);

    /// <summary>The orchestrator's name.</summary>
    public string Name => _options.Name;

    /// <summary>The instance's identifier.</summary>
    public string InstanceId => _options.InstanceId;

    /// <summary>The input as JSON text, or <see langword="null"/>.</summary>
    public string? Input { get; }

    /// <summary>The time at which the turn being replayed began.</summary>
    public DateTime CurrentUtcDateTime => _turn.Now.UtcDateTime;

    /// <summary>Whether what runs now has run before.</summary>
    public bool IsReplaying => _turn.IsReplaying;

    /// <summary>Runs an activity.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="inputJson">Its input as JSON text.</param>
    /// <param name="retry">How it is repeated; one call when not given.</param>
    /// <returns>Its result as JSON text.</returns>
    public async Task<string> CallActivityAsync(string name, string? inputJson, ReplayRetry? retry = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (retry is { MaxAttempts: <= 0 } or { BackoffCoefficient: < 1 } || retry?.FirstInterval <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(retry), "A retry policy has at least one attempt, a first interval above zero and a coefficient of at least 1.");
        }

        var first = CurrentUtcDateTime;
        for (var attempt = 0; ; attempt++)
        {
            var (id, result) = _turn.Schedule(name, inputJson);
            Exception error;
            ReplayFailure failure;
            try
            {
                return await result;
            }
            catch (ReplayTaskFailedException e)
            {
                failure = e.Failure;
                error = _options.FailureException(name, id, failure);
            }

            if (retry is null || failure.IsNonRetriable || retry.Handle?.Invoke(failure) == false || (retry.Timeout is { } timeout && CurrentUtcDateTime - first >= timeout))
            {
                throw error;
            }

            if (attempt + 1 >= retry.MaxAttempts)
            {
                // The engine sets one more timer after the last attempt, for the sake of histories written by its older versions.
                await CreateTimer(TimeSpan.Zero, CancellationToken.None);
                throw error;
            }

            await CreateTimer(Delay(retry, attempt), CancellationToken.None);
        }
    }

    /// <summary>Runs another orchestration and waits for its result.</summary>
    /// <param name="name">The orchestrator's name.</param>
    /// <param name="inputJson">Its input as JSON text.</param>
    /// <param name="instanceId">The identifier of its instance; a new one when not given, which counts as one of <see cref="NewGuid"/>.</param>
    /// <returns>Its result as JSON text.</returns>
    public async Task<string> CallSubOrchestratorAsync(string name, string? inputJson, string? instanceId = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        var (id, result) = _turn.StartChild(name, inputJson, instanceId ?? NewGuid().ToString("N"));
        try
        {
            return await result;
        }
        catch (ReplayTaskFailedException e)
        {
            throw _options.FailureException(name, id, e.Failure);
        }
    }

    /// <summary>
    /// Waits for an event. Of several waits for one name the youngest is served first, and one that was cancelled still takes an event and loses
    /// it, as in the .NET worker.
    /// </summary>
    /// <param name="name">The event's name, in any case.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <returns>The payload as JSON text.</returns>
    public Task<string> WaitForExternalEvent(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _turn.WaitForEvent(name, cancellationToken);
    }

    /// <summary>Accepts a status and forgets it.</summary>
    /// <param name="statusJson">The status as JSON text.</param>
    public void SetCustomStatus(string? statusJson) => _ = statusJson;

    /// <summary>Waits until a time.</summary>
    public async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var end = new DateTimeOffset(DateTime.SpecifyKind(fireAt, DateTimeKind.Utc));
        while (end - _turn.Now > _options.LongestTimer && !cancellationToken.IsCancellationRequested)
        {
            await _turn.SetTimer(_turn.Now + _options.LongestTimer, cancellationToken);
        }

        await _turn.SetTimer(end, cancellationToken);
    }

    /// <summary>Waits for a while.</summary>
    public Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken) => CreateTimer(CurrentUtcDateTime + delay, cancellationToken);

    /// <summary>An identifier that is the same in every replay.</summary>
    public Guid NewGuid()
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{InstanceId}_{CurrentUtcDateTime:o}_{_guids++}")));
        return new Guid(hash.AsSpan(0, 16));
    }

    private static TimeSpan Delay(ReplayRetry retry, int retries)
    {
        var longest = retry.MaxInterval ?? s_longestInterval;
        var delay = retry.FirstInterval * Math.Pow(retry.BackoffCoefficient, retries);
        return delay < longest ? delay : longest;
    }
}
