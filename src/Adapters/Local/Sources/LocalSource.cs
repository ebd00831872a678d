using Portable.Runtime;

namespace Portable.Local;

/// <summary>
/// What a function of messages takes from, in memory: a queue, its reading of a stream, its subscription to events, and so on. Delivery is at least once: a
/// message that fails is delivered again by the function's retry policy and becomes a dead letter after its last attempt; one that the handler can never take
/// becomes one at once. Ordered sources deliver nothing behind a failure until it is settled. Messages are lost with the process.
/// </summary>
public partial class LocalSource
{
    private static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>(0);

    private readonly SourceSetup _setup;
    private readonly RetryPolicy _retry;
    private readonly object _gate = new();
    private readonly Dictionary<string, LocalLane> _lanes = new(StringComparer.Ordinal);
    private readonly Queue<LocalLane> _runnable = new();
    private readonly HashSet<LocalMessage> _inFlight = [];
    private readonly HashSet<LocalMessage> _delayed = [];
    private readonly List<(DeadLetter Letter, LocalMessage Message)> _dead = [];
    private TaskCompletionSource _changed = NewSignal();
    private int _workers;
    private int _waiting; // messages in lanes
    private int _held; // those of them in lanes that are paused
    private long _completed;
    private int _deliveries;

    internal LocalSource(SourceSetup setup, MessageFunction function)
    {
        _setup = setup;
        Definition = function;
        _retry = function.Retry ?? RetryPolicy.Create(setup.DefaultAttempts);
    }

    /// <summary>The name of the queue, stream, bucket, event type, table or topic.</summary>
    public string Name => Definition.Source.Name;

    /// <summary>What it is: <c>queue</c>, <c>stream</c>, <c>storage</c>, <c>event</c>, <c>table</c> or <c>device</c>.</summary>
    public string Kind => Definition.Source switch
    {
        QueueSource => "queue",
        StreamSource => "stream",
        StorageSource => "storage",
        EventSource => "event",
        TableSource => "table",
        DeviceSource => "device",
        _ => "messages",
    };

    /// <summary>The name of the function that handles its messages.</summary>
    public string Function => Definition.Name;

    /// <summary>The most messages of one delivery.</summary>
    public int BatchSize => Definition.Source.BatchSize;

    /// <summary>How often a message is delivered at most.</summary>
    public int MaxAttempts => _retry.MaxAttempts;

    /// <summary>How many messages wait for their first or next delivery.</summary>
    public int Waiting => Locked(() => _waiting + _delayed.Count);

    /// <summary>How many messages are being handled.</summary>
    public int InFlight => Locked(() => _inFlight.Count);

    /// <summary>How many messages were handled successfully.</summary>
    public long Completed => Locked(() => _completed);

    /// <summary>The messages that are not done yet.</summary>
    public IReadOnlyList<PendingMessage> Pending => Locked(() => _inFlight.Concat(_lanes.Values.SelectMany(static lane => lane.Messages)).Concat(_delayed)
        .Select(static message => new PendingMessage(message.Id, message.DeliveryCount, message.NextDelivery, message.LastError)).ToArray());

    /// <summary>The messages that were given up, in the order in which that happened; those too that the function's dead letter queue has.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters => Locked(() => _dead.Select(static dead => dead.Letter).ToArray());

    internal MessageFunction Definition { get; }

    /// <summary>Whether nothing is ready or being handled.</summary>
    internal bool IsIdle => Locked(() => _waiting - _held + _inFlight.Count == 0);

    /// <summary>Whether every message is done or a dead letter.</summary>
    internal bool IsEmpty => Locked(() => _waiting + _inFlight.Count + _delayed.Count == 0);

    private protected TimeProvider Time => _setup.App.Time;

    /// <summary>Delivers a dead letter again, as if it had just been sent.</summary>
    /// <returns>Whether there is such a dead letter.</returns>
    public bool Replay(string id)
    {
        lock (_gate)
        {
            var index = _dead.FindIndex(dead => dead.Letter.Id == id);
            if (index < 0)
            {
                return false;
            }

            var message = _dead[index].Message;
            _dead.RemoveAt(index);
            Enqueue(new LocalMessage(message.Id, message.Body, message.Attributes, message.SentAt, message.Detail, message.Lane));
            return true;
        }
    }

    /// <summary>Delivers every dead letter again.</summary>
    /// <returns>How many there were.</returns>
    public int ReplayAll() => DeadLetters.Count(letter => Replay(letter.Id));

    /// <summary>Waits until no message is ready or being handled. Those that wait for their next attempt, or behind one that does, do not count.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken = default) => WhenAsync(() => _waiting - _held + _inFlight.Count == 0, cancellationToken);

    /// <summary>Waits until every message is done or a dead letter.</summary>
    public Task WhenEmptyAsync(CancellationToken cancellationToken = default) => WhenAsync(() => _waiting + _inFlight.Count + _delayed.Count == 0, cancellationToken);

    /// <summary>Takes a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="delay">How long it is held back.</param>
    internal void Add(LocalMessage message, TimeSpan delay = default)
    {
        lock (_gate)
        {
            if (delay > TimeSpan.Zero)
            {
                Delay(message, delay);
            }
            else
            {
                Enqueue(message);
            }
        }
    }

    /// <summary>Lets deliveries that are going on finish; starts no other. The messages that are left are lost with the process.</summary>
    internal Task StopAsync()
    {
        lock (_gate)
        {
            foreach (var message in _delayed)
            {
                message.Clock?.Dispose();
            }
        }

        return WhenAsync(() => _workers == 0, CancellationToken.None);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }

    private async Task WhenAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition())
                {
                    return;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // From here on down to the next comment: with the gate held.
    private void Changed()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private void Enqueue(LocalMessage message)
    {
        message.NextDelivery = null;
        var lane = LaneOf(message.Lane);
        lane.Add(message);
        _waiting++;
        _held += lane.IsPaused ? 1 : 0;
        Schedule(lane);
    }

    private LocalLane LaneOf(string name)
    {
        if (!_lanes.TryGetValue(name, out var lane))
        {
            _lanes.Add(name, lane = new LocalLane(name, Definition.Source.Ordered));
        }

        return lane;
    }

    private void Schedule(LocalLane lane)
    {
        if (lane.Count > 0 && !lane.IsBusy && !lane.IsPaused && !lane.IsQueued)
        {
            lane.IsQueued = true;
            _runnable.Enqueue(lane);
        }

        if (_runnable.Count > 0 && _workers < _setup.Concurrency && !_setup.Stopping.IsCancellationRequested)
        {
            _workers++;
            using (ExecutionContext.SuppressFlow()) // a delivery belongs to its messages, and not to whoever sent the one that started it
            {
                _ = Task.Run(WorkAsync, CancellationToken.None);
            }
        }
    }

    private LocalMessage[]? Next(out LocalLane? lane)
    {
        if (_setup.Stopping.IsCancellationRequested || !_runnable.TryDequeue(out lane))
        {
            lane = null;
            return null;
        }

        lane.IsQueued = false;
        var batch = lane.Take(Math.Max(1, BatchSize));
        _waiting -= batch.Length;
        lane.IsBusy = lane.Ordered;
        Schedule(lane);
        foreach (var message in batch)
        {
            message.DeliveryCount++;
            _inFlight.Add(message);
        }

        return batch;
    }

    private void Settle(LocalLane lane, LocalMessage[] batch, MessageOutcome outcome)
    {
        _inFlight.ExceptWith(batch);
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var failed in outcome.Failed)
        {
            reasons[failed.Id] = failed.Reason ?? "The handler reported a failure without a reason.";
        }

        // A cloud that is told of a message it did not deliver cannot know which ones failed, and delivers the whole batch again.
        var stranger = reasons.Keys.FirstOrDefault(id => !Array.Exists(batch, message => message.Id == id));
        for (var i = 0; i < batch.Length; i++)
        {
            var message = batch[i];
            var reason = stranger is not null ? $"The handler reported '{stranger}' as failed, which was not in the batch." : reasons.GetValueOrDefault(message.Id);
            if (reason is null)
            {
                Done(message, outcome.DeadLettered.FirstOrDefault(letter => letter.Id == message.Id));
                continue;
            }

            message.LastError = reason;
            var givenUp = message.DeliveryCount >= _retry.MaxAttempts || (stranger is null && outcome.Poison.Any(poison => poison.Id == message.Id));
            if (givenUp)
            {
                GiveUp(message, reason);
            }
            else if (!lane.Ordered)
            {
                Delay(message, _retry.DelayAfter(message.DeliveryCount));
            }

            if (lane.Ordered)
            {
                // The checkpoint is the first failure: whatever stands behind it comes again, and has not had its try.
                var rest = batch.AsSpan(givenUp ? i + 1 : i);
                foreach (var behind in batch.AsSpan(i + 1))
                {
                    behind.DeliveryCount--;
                }

                lane.Return(rest);
                _waiting += rest.Length;
                if (!givenUp)
                {
                    Pause(lane, message, _retry.DelayAfter(message.DeliveryCount));
                }

                break;
            }
        }

        lane.IsBusy = false;
        Schedule(lane);
        if (lane is { Count: 0, IsQueued: false, IsPaused: false })
        {
            _lanes.Remove(lane.Name);
        }

        Changed();
    }

    private void Done(LocalMessage message, FailedMessage? deadLettered)
    {
        if (deadLettered is { } letter)
        {
            GiveUp(message, letter.Reason ?? "");
        }
        else
        {
            _completed++;
        }
    }

    private void GiveUp(LocalMessage message, string reason) =>
        _dead.Add((new DeadLetter(message.Id, message.Body, message.Attributes ?? NoAttributes, message.DeliveryCount, reason, Time.GetUtcNow()), message));

    private void Delay(LocalMessage message, TimeSpan wait)
    {
        message.NextDelivery = Time.GetUtcNow() + wait;
        _delayed.Add(message);
        message.Clock = Time.CreateTimer(_ => Due(message), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void Pause(LocalLane lane, LocalMessage message, TimeSpan wait)
    {
        lane.IsPaused = true;
        _held += lane.Count;
        message.NextDelivery = Time.GetUtcNow() + wait;
        message.Clock = Time.CreateTimer(_ => Resume(lane, message), null, wait, Timeout.InfiniteTimeSpan);
    }

    // From here on without it: clocks and deliveries.
    private void Due(LocalMessage message)
    {
        lock (_gate)
        {
            if (_delayed.Remove(message))
            {
                Ring(message);
                Enqueue(message);
            }
        }
    }

    private void Resume(LocalLane lane, LocalMessage message)
    {
        lock (_gate)
        {
            Ring(message);
            lane.IsPaused = false;
            _held -= lane.Count;
            Schedule(lane);
        }
    }

    private static void Ring(LocalMessage message)
    {
        message.Clock?.Dispose();
        message.Clock = null;
        message.NextDelivery = null;
    }
}
