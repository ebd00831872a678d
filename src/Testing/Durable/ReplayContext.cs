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

    /// <summary>Waits until a time.</summary>
    public Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        _turn.SetTimer(new DateTimeOffset(DateTime.SpecifyKind(fireAt, DateTimeKind.Utc)), cancellationToken);

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
