using System.Text;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Local;

/// <summary>
/// A queue in memory with one function behind it. Delivery is at least once: a message that fails is delivered again by the function's
/// retry policy and becomes a dead letter after its last attempt; a message whose body the handler can never take becomes one at once.
/// </summary>
public sealed class LocalQueue
{
    private static readonly IReadOnlyDictionary<string, string> NoAttributes = new Dictionary<string, string>(0);

    private readonly PortableApp _app;
    private readonly FunctionInvoker _invoker;
    private readonly MessageFunction _function;
    private readonly RetryPolicy _retry;
    private readonly CancellationToken _stopping;
    private readonly object _gate = new();
    private readonly List<LocalMessage> _ready = [];
    private readonly List<LocalMessage> _inFlight = [];
    private readonly List<LocalMessage> _delayed = [];
    private readonly List<DeadLetter> _dead = [];
    private TaskCompletionSource _changed = NewSignal();
    private Task _pump = Task.CompletedTask;
    private bool _pumping;
    private long _sent;
    private long _completed;
    private int _deliveries;

    internal LocalQueue(PortableApp app, FunctionInvoker invoker, MessageFunction function, int defaultAttempts, CancellationToken stopping)
    {
        _app = app;
        _invoker = invoker;
        _function = function;
        _stopping = stopping;
        _retry = function.Retry ?? RetryPolicy.Create(defaultAttempts);
    }

    /// <summary>The name of the queue.</summary>
    public string Name => _function.Source.Name;

    /// <summary>The name of the function that handles its messages.</summary>
    public string Function => _function.Name;

    /// <summary>The most messages of one delivery.</summary>
    public int BatchSize => _function.Source.BatchSize;

    /// <summary>How often a message is delivered at most.</summary>
    public int MaxAttempts => _retry.MaxAttempts;

    /// <summary>How many messages wait for their first or next delivery.</summary>
    public int Waiting => Locked(() => _ready.Count + _delayed.Count);

    /// <summary>How many messages are being handled.</summary>
    public int InFlight => Locked(() => _inFlight.Count);

    /// <summary>How many messages were handled successfully.</summary>
    public long Completed => Locked(() => _completed);

    /// <summary>The messages that are not done yet.</summary>
    public IReadOnlyList<PendingMessage> Pending => Locked(() =>
        _inFlight.Concat(_ready).Concat(_delayed).Select(message => new PendingMessage(message.Id, message.DeliveryCount, message.NextDelivery, message.LastError)).ToArray());

    /// <summary>The messages that were given up, in the order in which that happened.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters => Locked(() => _dead.ToArray());

    /// <summary>Sends a message.</summary>
    /// <param name="json">The body.</param>
    /// <param name="attributes">Attributes beside the body.</param>
    /// <returns>The identifier of the message.</returns>
    public string Send(string json, IReadOnlyDictionary<string, string>? attributes = null) => Send(Encoding.UTF8.GetBytes(json), attributes);

    /// <summary>Sends a message.</summary>
    /// <param name="body">The body.</param>
    /// <param name="attributes">Attributes beside the body.</param>
    /// <returns>The identifier of the message.</returns>
    public string Send(ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string>? attributes = null)
    {
        lock (_gate)
        {
            var message = new LocalMessage($"{Name}-{++_sent}", body, attributes, _app.Time.GetUtcNow());
            MakeReady(message);
            return message.Id;
        }
    }

    /// <summary>Delivers a dead letter again, as if it had just been sent.</summary>
    /// <returns>Whether there is such a dead letter.</returns>
    public bool Replay(string id)
    {
        lock (_gate)
        {
            var index = _dead.FindIndex(letter => letter.Id == id);
            if (index < 0)
            {
                return false;
            }

            var letter = _dead[index];
            _dead.RemoveAt(index);
            MakeReady(new LocalMessage(letter.Id, letter.Body, letter.Attributes, _app.Time.GetUtcNow()));
            return true;
        }
    }

    /// <summary>Waits until no message is ready or being handled. Those that wait for their next attempt do not count.</summary>
    public Task WhenIdleAsync(CancellationToken cancellationToken = default) => WhenAsync(() => _ready.Count + _inFlight.Count == 0, cancellationToken);

    /// <summary>Waits until every message is done or a dead letter.</summary>
    public Task WhenEmptyAsync(CancellationToken cancellationToken = default) => WhenAsync(() => _ready.Count + _inFlight.Count + _delayed.Count == 0, cancellationToken);

    /// <summary>Lets the delivery that is going on finish; starts no other. The messages that are left are lost with the process.</summary>
    internal Task StopAsync()
    {
        lock (_gate)
        {
            foreach (var message in _delayed)
            {
                message.Redelivery?.Dispose();
            }

            return _pump;
        }
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

    private void MakeReady(LocalMessage message)
    {
        message.NextDelivery = null;
        _ready.Add(message);
        if (!_pumping && !_stopping.IsCancellationRequested)
        {
            _pumping = true;
            using (ExecutionContext.SuppressFlow()) // a delivery belongs to its messages, and not to whoever sent the one that started it
            {
                _pump = Task.Run(PumpAsync, CancellationToken.None);
            }
        }
    }

    private async Task PumpAsync()
    {
        while (true)
        {
            LocalMessage[] batch;
            lock (_gate)
            {
                if (_ready.Count == 0 || _stopping.IsCancellationRequested)
                {
                    _pumping = false;
                    return;
                }

                batch = [.. _ready.Take(Math.Max(1, BatchSize))];
                _ready.RemoveRange(0, batch.Length);
                _inFlight.AddRange(batch);
                foreach (var message in batch)
                {
                    message.DeliveryCount++;
                }
            }

            var outcome = await DeliverAsync(batch).ConfigureAwait(false);
            lock (_gate)
            {
                _inFlight.Clear();
                Settle(batch, outcome);
                _changed.TrySetResult();
                _changed = NewSignal();
            }
        }
    }

    private ValueTask<MessageOutcome> DeliverAsync(LocalMessage[] batch)
    {
        var received = new ReceivedMessage[batch.Length];
        for (var i = 0; i < batch.Length; i++)
        {
            received[i] = new ReceivedMessage(batch[i].Id, batch[i].Body, batch[i].DeliveryCount, batch[i].Attributes, batch[i].SentAt);
        }

        var context = new InvocationContext(
            _app,
            _function.Name,
            $"{_function.Name}-{++_deliveries}",
            batch.Max(static message => message.DeliveryCount),
            Deadlines.Of(_function, _app.Time),
            abort: _stopping);
        return _invoker.InvokeAsync(_function, received, context);
    }

    private void Settle(LocalMessage[] batch, MessageOutcome outcome)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var failed in outcome.Failed)
        {
            reasons[failed.Id] = failed.Reason ?? "The handler reported a failure without a reason.";
        }

        // A cloud that is told of a message it did not deliver cannot know which ones failed, and delivers the whole batch again.
        var stranger = reasons.Keys.FirstOrDefault(id => !Array.Exists(batch, message => message.Id == id));
        foreach (var message in batch)
        {
            if (stranger is not null)
            {
                Fail(message, $"The handler reported '{stranger}' as failed, which was not in the batch.");
            }
            else if (!reasons.TryGetValue(message.Id, out var reason))
            {
                _completed++;
            }
            else if (outcome.Poison.Any(poison => poison.Id == message.Id))
            {
                GiveUp(message, reason);
            }
            else
            {
                Fail(message, reason);
            }
        }
    }

    private void Fail(LocalMessage message, string reason)
    {
        message.LastError = reason;
        if (message.DeliveryCount >= _retry.MaxAttempts)
        {
            GiveUp(message, reason);
            return;
        }

        var wait = _retry.DelayAfter(message.DeliveryCount);
        message.NextDelivery = _app.Time.GetUtcNow() + wait;
        _delayed.Add(message);
        message.Redelivery = _app.Time.CreateTimer(_ => Redeliver(message), null, wait, Timeout.InfiniteTimeSpan);
    }

    private void Redeliver(LocalMessage message)
    {
        lock (_gate)
        {
            if (_delayed.Remove(message))
            {
                message.Redelivery?.Dispose();
                message.Redelivery = null;
                MakeReady(message);
            }
        }
    }

    private void GiveUp(LocalMessage message, string reason) =>
        _dead.Add(new DeadLetter(message.Id, message.Body, message.Attributes ?? NoAttributes, message.DeliveryCount, reason, _app.Time.GetUtcNow()));
}
