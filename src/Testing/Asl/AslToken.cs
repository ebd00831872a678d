namespace Portable.Testing.Asl;

/// <summary>
/// The token of a task that waits for it (<c>.waitForTaskToken</c>): what the world does with it. Of several outcomes the first one counts; what
/// comes after the task has ended is refused, as the service refuses it.
/// </summary>
public sealed class AslTaskToken
{
    private readonly VirtualClock _clock;
    private readonly Mailbox _mailbox;
    private readonly string _run;
    private VirtualClock.Signal _signal = new();

    internal AslTaskToken(string value, VirtualClock clock, Mailbox mailbox, string run) => (Value, _clock, _mailbox, _run) = (value, clock, mailbox, run);

    /// <summary>The token, as <c>$states.context.Task.Token</c> has it.</summary>
    public string Value { get; }

    /// <summary>Whether the task still waits.</summary>
    public bool IsOpen { get; private set; } = true;

    internal AslTaskResult? Outcome { get; private set; }

    internal VirtualClock.Signal Signal => _signal;

    /// <summary><c>SendTaskSuccess</c>.</summary>
    /// <param name="json">The task's result as JSON text.</param>
    /// <param name="after">When, from now.</param>
    public void Succeed(string json, TimeSpan after = default) => Later(after, () => End(AslTaskResult.Success(json)));

    /// <summary><c>SendTaskFailure</c>.</summary>
    /// <param name="error">The error name.</param>
    /// <param name="cause">The cause, or <see langword="null"/>.</param>
    /// <param name="after">When, from now.</param>
    public void Fail(string error, string? cause, TimeSpan after = default) => Later(after, () => End(AslTaskResult.Failure(error, cause)));

    /// <summary><c>SendTaskHeartbeat</c>: the task's <c>HeartbeatSeconds</c> begin anew.</summary>
    /// <param name="after">When, from now.</param>
    public void Heartbeat(TimeSpan after = default) => Later(after, () =>
    {
        if (IsOpen)
        {
            var beat = _signal;
            _signal = new VirtualClock.Signal();
            beat.Set();
        }
    });

    /// <summary>Makes an event's payload the task's result; see <see cref="AslOptions.Events"/>. One that was raised before counts too.</summary>
    /// <param name="name">The event's name.</param>
    public void SucceedWithEvent(string name) => _mailbox.Await(_run, name, payload => End(AslTaskResult.Success(payload)));

    internal void Close() => IsOpen = false;

    private bool End(AslTaskResult outcome)
    {
        if (!IsOpen)
        {
            return false;
        }

        IsOpen = false;
        Outcome = outcome;
        _signal.Set();
        return true;
    }

    private void Later(TimeSpan after, Action action)
    {
        if (after <= TimeSpan.Zero)
        {
            action();
        }
        else
        {
            _clock.At(_clock.Elapsed + after, action);
        }
    }
}
