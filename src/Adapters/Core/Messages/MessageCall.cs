namespace Portable.Runtime;

/// <summary>One delivery of a source: one message or a batch.</summary>
public sealed class MessageCall(IReadOnlyList<ReceivedMessage> messages, InvocationContext context, bool ordered = false)
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
    public async ValueTask<BatchResult> ForEachAsync<TMessage>(MessageReader<TMessage> reader, Func<MessageCall, TMessage, ValueTask> handler)
    {
        List<FailedMessage>? failed = null;
        for (var i = 0; i < Messages.Count; i++)
        {
            var received = Messages[i];
            try
            {
                Context.CancellationToken.ThrowIfCancellationRequested();
                if (TryRead(received, reader, out var message))
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
                    failed.Add(new FailedMessage(Messages[rest].Id, "A message before it failed, and the source keeps its order."));
                }

                break;
            }
        }

        return failed is null ? BatchResult.Success : BatchResult.Partial(failed);
    }

    /// <summary>The messages whose body could be read; the others are <see cref="Poison"/>.</summary>
    public List<TMessage> Read<TMessage>(MessageReader<TMessage> reader)
    {
        var read = new List<TMessage>(Messages.Count);
        foreach (var received in Messages)
        {
            if (TryRead(received, reader, out var message))
            {
                read.Add(message);
            }
        }

        return read;
    }

    /// <summary>The result of a batch handler, with the poison messages among the failed ones.</summary>
    public BatchResult Complete(BatchResult result) => _poison is null ? result : BatchResult.Partial([.. result.Failed, .. _poison]);

    private bool TryRead<TMessage>(ReceivedMessage received, MessageReader<TMessage> reader, out TMessage message)
    {
        try
        {
            message = received.Detail is UnreadableMessage unreadable ? throw new PoisonMessageException(unreadable.Reason) : reader(received);
            return true;
        }
        catch (PoisonMessageException e)
        {
            (_poison ??= []).Add(new FailedMessage(received.Id, e.Message));
            message = default!;
            return false;
        }
    }
}
