namespace Portable.Runtime;

/// <summary>One delivery of a source: one message or a batch.</summary>
public sealed class MessageCall(IReadOnlyList<ReceivedMessage> messages, InvocationContext context, bool ordered = false)
{
    private List<FailedMessage>? _poison;
    private int _held = int.MaxValue; // the first message that a poison one before it keeps back

    /// <summary>The messages.</summary>
    public IReadOnlyList<ReceivedMessage> Messages { get; } = messages;

    /// <summary>The invocation.</summary>
    public InvocationContext Context { get; } = context;

    /// <summary>Whether the source keeps an order, so that nothing after a failure may be handled.</summary>
    public bool Ordered { get; } = ordered;

    /// <summary>Messages whose body the handler can never take; redelivery would not help.</summary>
    public IReadOnlyList<FailedMessage> Poison => (IReadOnlyList<FailedMessage>?)_poison ?? [];

    /// <summary>Where the messages come from.</summary>
    internal MessageSource? Source { get; init; }

    /// <summary>The type of what went wrong first.</summary>
    internal string? FailureType { get; set; }

    /// <summary>Called for every exception of a handler of single messages, for the log.</summary>
    public Action<ReceivedMessage, Exception>? OnFailure { get; init; }

    /// <summary>Where messages go that are given up; <see langword="null"/> leaves them to the source.</summary>
    internal DeadLetters? DeadLetters { get; init; }

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
            var span = Messages.Count > 1 ? Context.BeginMessage(Source, received) : null; // a delivery of one message is watched as a whole
            FailedMessage failure;
            var (poison, begun) = (false, false);
            try
            {
                Context.CancellationToken.ThrowIfCancellationRequested();
                begun = true;
                if (TryRead(received, reader, out var message))
                {
                    await handler(this, message).ConfigureAwait(false);
                    continue;
                }

                span?.Failed(nameof(PoisonMessageException));
                (failure, poison) = (_poison![^1], true);
            }
            catch (PoisonMessageException e)
            {
                span?.Failed(nameof(PoisonMessageException));
                Reject(received, e.Message);
                (failure, poison) = (_poison![^1], true);
            }
            catch (Exception e)
            {
                span?.Failed(e, Context.DeadlineReached);
                FailureType ??= e.GetType().FullName;
                OnFailure?.Invoke(received, e);
                failure = new FailedMessage(received.Id, $"{e.GetType().Name}: {e.Message}");
            }
            finally
            {
                if (Messages.Count > 1)
                {
                    Context.EndMessage(span);
                }
            }

            if (DeadLetters is { } letters)
            {
                if (!begun || Context.Aborted)
                {
                    letters.Spare(received);
                }
                else if (await letters.TakeAsync(received, failure.Reason!, poison).ConfigureAwait(false))
                {
                    continue; // it is done, and an ordered source goes on
                }
            }

            (failed ??= []).Add(failure);

            if (Ordered)
            {
                for (var rest = i + 1; rest < Messages.Count; rest++)
                {
                    DeadLetters?.Spare(Messages[rest]);
                    failed.Add(Held(Messages[rest]));
                }

                break;
            }
        }

        return failed is null ? BatchResult.Success : BatchResult.Partial(failed);
    }

    /// <summary>The messages whose body could be read; the others are <see cref="Poison"/>. In an ordered source those before the first of them.</summary>
    public List<TMessage> Read<TMessage>(MessageReader<TMessage> reader)
    {
        var read = new List<TMessage>(Messages.Count);
        for (var i = 0; i < Messages.Count; i++)
        {
            if (TryRead(Messages[i], reader, out var message))
            {
                read.Add(message);
            }
            else if (Ordered && DeadLetters is null)
            {
                _held = i + 1;
                break;
            }
        }

        return read;
    }

    /// <summary>The result of a batch handler, with the poison messages among the failed ones, and in an ordered source everything behind them.</summary>
    public BatchResult Complete(BatchResult result) => _poison is null ? result : BatchResult.Partial([.. result.Failed, .. _poison, .. Messages.Skip(_held).Select(Held)]);

    private static FailedMessage Held(ReceivedMessage message) => new(message.Id, "A message before it failed, and the source keeps its order.");

    /// <summary>Says of a message that it can never succeed.</summary>
    internal void Reject(ReceivedMessage received, string reason) => (_poison ??= []).Add(new FailedMessage(received.Id, reason));

    private bool TryRead<TMessage>(ReceivedMessage received, MessageReader<TMessage> reader, out TMessage message)
    {
        try
        {
            message = received.Detail is Unreadable unreadable ? throw new PoisonMessageException(unreadable.Reason) : reader(received);
            return true;
        }
        catch (PoisonMessageException e)
        {
            FailureType ??= nameof(PoisonMessageException);
            Reject(received, e.Message);
            message = default!;
            return false;
        }
    }
}
