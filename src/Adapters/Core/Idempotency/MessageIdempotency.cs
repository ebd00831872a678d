namespace Portable.Runtime.Idempotency;

/// <summary>Idempotency of messages; emitted code calls it in the place of <see cref="MessageCall.ForEachAsync"/> and <see cref="MessageCall.Read"/>.</summary>
public static class MessageIdempotency
{
    /// <summary>
    /// Calls a handler of single messages for each message that has not been handled yet. A message that another delivery is being
    /// handled of fails, and is delivered again later; one without a key can never succeed.
    /// </summary>
    public static ValueTask<BatchResult> ForEachOnceAsync<TMessage>(
        this MessageCall call, IdempotencyPolicy policy, MessageReader<TMessage> reader, MessageKey<TMessage> keyOf, Func<MessageCall, TMessage, ValueTask> handler)
    {
        IdempotencyGate? gate = null;
        return call.ForEachAsync(Keyed(reader, keyOf), HandleAsync);

        async ValueTask HandleAsync(MessageCall call, KeyedMessage<TMessage> message)
        {
            gate ??= new IdempotencyGate(policy, call.Context);
            var admission = await gate.EnterAsync(message.Key, message.Received.Body).ConfigureAwait(false);
            if (admission is not Admission.Run { Lease: var lease })
            {
                switch (Refusal(admission))
                {
                    case null:
                        return;
                    case PoisonMessageException poison:
                        throw poison;
                    case var later:
                        call.DeadLetters?.Spare(message.Received); // the handler has not had it
                        throw later;
                }
            }

            try
            {
                await handler(call, message.Message).ConfigureAwait(false);
            }
            catch when (lease is not null)
            {
                await gate.ReleaseAsync(lease).ConfigureAwait(false);
                throw;
            }

            if (lease is not null)
            {
                await gate.CompleteAsync(lease, default).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// The messages of a batch that have not been handled yet, claimed. Those that have been are done; those that another delivery is being
    /// handled of fail, and in an ordered source everything behind them.
    /// </summary>
    public static async ValueTask<BatchClaim<TMessage>> ReadOnceAsync<TMessage>(
        this MessageCall call, IdempotencyPolicy policy, MessageReader<TMessage> reader, MessageKey<TMessage> keyOf)
    {
        var claim = new BatchClaim<TMessage>(call, new IdempotencyGate(policy, call.Context), policy);
        try
        {
            await claim.AddAsync(call.Read(Keyed(reader, keyOf))).ConfigureAwait(false);
            return claim;
        }
        catch
        {
            await claim.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal const string OtherPayload = "The idempotency key was used before, with another payload.";

    /// <summary>What a message that is not handled fails with; <see langword="null"/> when it has been handled before.</summary>
    internal static Exception? Refusal(Admission admission) => admission switch
    {
        Admission.Done => null,
        Admission.OtherPayload => new PoisonMessageException(OtherPayload),
        Admission.Busy => new IdempotencyException("Another delivery of the same message is being handled."),
        Admission.StoreOut => new IdempotencyException("It cannot be told whether the message has been handled before: the idempotency store is out."),
        _ => throw new InvalidOperationException("The message is to be handled."),
    };

    private static MessageReader<KeyedMessage<TMessage>> Keyed<TMessage>(MessageReader<TMessage> reader, MessageKey<TMessage> keyOf) => received =>
    {
        var message = reader(received);
        var key = keyOf(received, message);
        return key.IsMissing
            ? throw new PoisonMessageException($"The message has no idempotency key: {key} is missing or empty.")
            : new KeyedMessage<TMessage>(received, message, key);
    };
}

/// <summary>A message and what identifies it.</summary>
internal readonly record struct KeyedMessage<TMessage>(ReceivedMessage Received, TMessage Message, IdempotentKey Key);
