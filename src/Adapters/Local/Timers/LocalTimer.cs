using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Local;

/// <summary>
/// The timer of a schedule function. It fires by its cron expression and by hand; firings run one after another, in the order in which
/// they were due.
/// </summary>
public sealed class LocalTimer : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1); // the system's timers take no more than 49 days

    private readonly PortableApp _app;
    private readonly FunctionInvoker _invoker;
    private readonly ScheduleFunction _function;
    private readonly ZonedSchedule _cron;
    private readonly CancellationToken _stopping;
    private readonly object _gate = new();
    private ITimer? _clock;
    private Task _last = Task.CompletedTask;
    private DateTimeOffset? _next;
    private int _firings;
    private int _failures;
    private int _active;
    private string? _lastError;

    internal LocalTimer(PortableApp app, FunctionInvoker invoker, ScheduleFunction function, CancellationToken stopping)
    {
        _app = app;
        _invoker = invoker;
        _function = function;
        _stopping = stopping;
        _cron = ZonedSchedule.Of(function.Cron, function.TimeZone);
    }

    /// <summary>The name of the function.</summary>
    public string Name => _function.Name;

    /// <summary>The five-field expression.</summary>
    public string Cron => _function.Cron;

    /// <summary>The IANA name of its time zone; UTC when <see langword="null"/>.</summary>
    public string? TimeZone => _function.TimeZone;

    /// <summary>When it is due next; <see langword="null"/> when it is not running.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            lock (_gate)
            {
                return _next;
            }
        }
    }

    /// <summary>How often it has fired, failures included.</summary>
    public int Firings => Volatile.Read(ref _firings);

    /// <summary>How many firings failed.</summary>
    public int Failures => Volatile.Read(ref _failures);

    /// <summary>What went wrong last.</summary>
    public string? LastError => Volatile.Read(ref _lastError);

    /// <summary>Fires by hand, once, whatever the retry policy says.</summary>
    /// <param name="scheduled">When it was due; now when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops waiting, not the firing.</param>
    /// <exception cref="Exception">What the handler threw.</exception>
    public Task FireAsync(DateTimeOffset? scheduled = null, CancellationToken cancellationToken = default) =>
        Enqueue(scheduled ?? _app.Time.GetUtcNow(), attempts: 1).WaitAsync(cancellationToken);

    /// <summary>Waits for every firing that has begun.</summary>
    public async Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        Task last;
        lock (_gate)
        {
            last = _last;
        }

        await last.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Stops the clock; a firing that has begun goes on.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _clock?.Dispose();
            _clock = null;
            _next = null;
        }
    }

    /// <summary>Whether a firing is under way that does not just wait for its next attempt.</summary>
    internal bool IsActive => Volatile.Read(ref _active) > 0;

    internal void Start()
    {
        lock (_gate)
        {
            _clock = _app.Time.CreateTimer(static state => ((LocalTimer)state!).OnClock(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _next = _cron.NextAfter(_app.Time.GetUtcNow());
            Arm();
        }
    }

    private void OnClock()
    {
        DateTimeOffset due;
        lock (_gate)
        {
            if (_clock is null || _next is not { } next)
            {
                return;
            }

            var now = _app.Time.GetUtcNow();
            if (now < next)
            {
                Arm();
                return;
            }

            due = next;
            _next = _cron.NextAfter(now); // what was missed while the machine slept is not made up for
            Arm();
        }

        _ = Enqueue(due, _function.Retry?.MaxAttempts ?? 1);
    }

    private void Arm()
    {
        if (_next is { } next)
        {
            var wait = next - _app.Time.GetUtcNow();
            _clock!.Change(wait > LongestWait ? LongestWait : wait > TimeSpan.Zero ? wait : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private Task Enqueue(DateTimeOffset due, int attempts)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _active);
            return _last = RunAfterAsync(_last, due, attempts);
        }
    }

    private async Task RunAfterAsync(Task before, DateTimeOffset due, int attempts)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        var number = Interlocked.Increment(ref _firings);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var context = new InvocationContext(_app, Name, $"{Name}-{number}", attempt, Deadlines.Of(_function, _app.Time), abort: _stopping);
                await _invoker.InvokeAsync(_function, new ScheduledEvent(due), context).ConfigureAwait(false);
                Interlocked.Decrement(ref _active);
                return;
            }
            catch (Exception e)
            {
                Interlocked.Increment(ref _failures);
                Volatile.Write(ref _lastError, $"{e.GetType().Name}: {e.Message}");
                if (attempt >= attempts || _stopping.IsCancellationRequested)
                {
                    Interlocked.Decrement(ref _active);
                    throw;
                }
            }

            await WaitAsync(_function.Retry!.DelayAfter(attempt)).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(TimeSpan wait)
    {
        // Active until the clock is set, and again by the clock itself: nobody who looks in between takes the timer for idle.
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var clock = _app.Time.CreateTimer(
            _ =>
            {
                Interlocked.Increment(ref _active);
                over.TrySetResult();
            },
            null,
            wait,
            Timeout.InfiniteTimeSpan);
        Interlocked.Decrement(ref _active);
        await over.Task.WaitAsync(_stopping).ConfigureAwait(false);
    }
}
