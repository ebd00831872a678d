using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Portable.Runtime;

/// <summary>A message as a queue delivered it.</summary>
/// <param name="Id">The queue's identifier, the same on every redelivery.</param>
/// <param name="Body">The body.</param>
/// <param name="DeliveryCount">How often it was delivered, this time included; 1 where the queue does not say.</param>
/// <param name="Attributes">Attributes beside the body.</param>
/// <param name="EnqueuedAt">When it was sent, where the queue says so.</param>
public sealed record ReceivedMessage(
    string Id,
    ReadOnlyMemory<byte> Body,
    int DeliveryCount = 1,
    IReadOnlyDictionary<string, string>? Attributes = null,
    DateTimeOffset? EnqueuedAt = null);

/// <summary>One delivery of a queue: one message or a batch.</summary>
public sealed class QueueCall(IReadOnlyList<ReceivedMessage> messages, InvocationContext context, bool ordered = false)
{
    private List<FailedMessage>? _poison;

    /// <summary>The messages.</summary>
    public IReadOnlyList<ReceivedMessage> Messages { get; } = messages;

    /// <summary>The invocation.</summary>
    public InvocationContext Context { get; } = context;

    /// <summary>Whether the source keeps an order, so that nothing after a failure may be handled.</summary>
    public bool Ordered { get; } = ordered;

    /// <summary>Messages whose body the handler can never take; redelivery would not help.</summary>
    public IReadOnlyList<FailedMessage> Poison => (IReadOnlyList<FailedMessage>?)_poison ?? [];

    /// <summary>Called for every exception of a handler of single messages, for the log.</summary>
    public Action<ReceivedMessage, Exception>? OnFailure { get; init; }

    /// <summary>
    /// Calls a handler of single messages for each message in turn. A failure fails that message alone; in an ordered source
    /// also everything after it.
    /// </summary>
    public async ValueTask<BatchResult> ForEachAsync<T>(JsonTypeInfo<T> type, Func<QueueCall, Message<T>, ValueTask> handler)
    {
        List<FailedMessage>? failed = null;
        for (var i = 0; i < Messages.Count; i++)
        {
            var received = Messages[i];
            try
            {
                Context.CancellationToken.ThrowIfCancellationRequested();
                if (TryRead(received, type, out var message))
                {
                    await handler(this, message).ConfigureAwait(false);
                    continue;
                }

                (failed ??= []).Add(_poison![^1]);
            }
            catch (Exception e)
            {
                OnFailure?.Invoke(received, e);
                (failed ??= []).Add(new FailedMessage(received.Id, $"{e.GetType().Name}: {e.Message}"));
            }

            if (Ordered)
            {
                for (var rest = i + 1; rest < Messages.Count; rest++)
                {
                    failed.Add(new FailedMessage(Messages[rest].Id, "A message before it failed, and the queue keeps its order."));
                }

                break;
            }
        }

        return failed is null ? BatchResult.Success : BatchResult.Partial(failed);
    }

    /// <summary>The messages whose body could be read; the others are <see cref="Poison"/>.</summary>
    public List<Message<T>> Read<T>(JsonTypeInfo<T> type)
    {
        var read = new List<Message<T>>(Messages.Count);
        foreach (var received in Messages)
        {
            if (TryRead(received, type, out var message))
            {
                read.Add(message);
            }
        }

        return read;
    }

    /// <summary>The result of a batch handler, with the poison messages among the failed ones.</summary>
    public BatchResult Complete(BatchResult result) => _poison is null ? result : BatchResult.Partial([.. result.Failed, .. _poison]);

    private bool TryRead<T>(ReceivedMessage received, JsonTypeInfo<T> type, out Message<T> message)
    {
        string reason;
        try
        {
            var body = JsonSerializer.Deserialize(received.Body.Span, type);
            if (body is not null)
            {
                message = new Message<T>(body, received.Id, received.DeliveryCount, received.Attributes, received.EnqueuedAt);
                return true;
            }

            reason = "The body is null.";
        }
        catch (JsonException e)
        {
            reason = $"The body is not valid JSON for {typeof(T).Name} at {e.Path ?? "$"}.";
        }

        (_poison ??= []).Add(new FailedMessage(received.Id, reason));
        message = null!;
        return false;
    }
}
