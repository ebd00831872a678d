using Microsoft.Extensions.Logging;

namespace Portable.Runtime;

/// <summary>
/// Sends what a function can never handle to the queue that <see cref="DeadLetterAttribute"/> names: at once where the body can never be read or the message
/// is refused, and after the last attempt where the source counts deliveries. What was sent is done, so that an ordered source goes on; what could not be
/// sent stays failed, and the platform's own redrive takes it in the end: a message may be twice among the dead letters, and never in neither place.
/// </summary>
internal sealed class DeadLetters(PortableApp app, MessageFunction function, InvocationContext context, IOutputBackend backend, string queue)
{
    /// <summary>What the names of a dead letter's own attributes begin with.</summary>
    public const string Prefix = "portable-dead-letter-";

    /// <summary>Why it is one.</summary>
    public const string Reason = Prefix + "reason";

    /// <summary>The function that could not handle it.</summary>
    public const string Function = Prefix + "function";

    /// <summary>The identifier that it had at its source.</summary>
    public const string Id = Prefix + "id";

    private readonly HashSet<string> _tried = new(StringComparer.Ordinal);
    private List<FailedMessage>? _sent;

    /// <summary>What was sent, with the reasons.</summary>
    public IReadOnlyList<FailedMessage> Sent => (IReadOnlyList<FailedMessage>?)_sent ?? [];

    /// <summary>The dead letters of a delivery; <see langword="null"/> where the function names no queue, or the application has no way to one.</summary>
    public static DeadLetters? Of(PortableApp app, MessageFunction function, InvocationContext context) =>
        function.DeadLetter is { } queue && app.Outputs is { } backend ? new DeadLetters(app, function, context, backend, queue) : null;

    /// <summary>Sends a message that failed, if it is one to be given up.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reason">Why it failed.</param>
    /// <param name="poison">Whether it can never succeed.</param>
    /// <returns>Whether it is among the dead letters now, and thus done.</returns>
    public async ValueTask<bool> TakeAsync(ReceivedMessage message, string reason, bool poison)
    {
        if ((!poison && !IsLastAttempt(message)) || !_tried.Add(message.Id))
        {
            return false;
        }

        try
        {
            // Not the invocation's token: a message whose deadline has passed is one to be kept, and the platform leaves a margin.
            await backend.SendAsync(queue, Letter(message, reason), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Log.DeadLetterNotSent(app.CreateLogger("Portable", context), function.Name, message.Id, queue, e);
            return false;
        }

        Log.DeadLettered(app.CreateLogger("Portable", context), function.Name, message.Id, queue, reason);
        (_sent ??= []).Add(new FailedMessage(message.Id, reason));
        return true;
    }

    /// <summary>Leaves a message to its source whatever its count says: the handler has not had it this time.</summary>
    public void Spare(ReceivedMessage message) => _tried.Add(message.Id);

    /// <summary>Takes what is to be given up of a whole delivery out of its failures.</summary>
    public async ValueTask<MessageOutcome> SettleAsync(IReadOnlyList<ReceivedMessage> messages, MessageOutcome outcome)
    {
        List<FailedMessage>? left = null;
        foreach (var failed in outcome.Failed)
        {
            var message = Find(messages, failed.Id);
            if (message is null || !await TakeAsync(message, failed.Reason ?? "The handler reported a failure without a reason.", Contains(outcome.Poison, failed.Id)).ConfigureAwait(false))
            {
                (left ??= []).Add(failed);
            }
        }

        return new MessageOutcome(left ?? [], [.. outcome.Poison.Where(poison => !Contains(Sent, poison.Id))]) { DeadLettered = Sent };
    }

    private static bool Contains(IReadOnlyList<FailedMessage> messages, string id)
    {
        foreach (var message in messages)
        {
            if (message.Id == id)
            {
                return true;
            }
        }

        return false;
    }

    private static ReceivedMessage? Find(IReadOnlyList<ReceivedMessage> messages, string id)
    {
        foreach (var message in messages)
        {
            if (message.Id == id)
            {
                return message;
            }
        }

        return null;
    }

    // Sources that do not count say 1, which is the last attempt of a function that allows one.
    private bool IsLastAttempt(ReceivedMessage message) => function.Retry is { } retry && message.DeliveryCount >= retry.MaxAttempts;

    private OutgoingMessage Letter(ReceivedMessage message, string reason)
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            [Reason] = OutputAttributes.Fit(reason),
            [Function] = function.Name,
            [Id] = OutputAttributes.Fit(message.Id),
        };
        OutputAttributes.AddTrace(attributes, context, OutputAttributes.CorrelationId);

        // What the message itself carried says more of it than the invocation does; five of ours leave room for five of its own on SQS.
        foreach (var (name, value) in message.Attributes ?? new Dictionary<string, string>(0))
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && OutputAttributes.IsFit(name, value) && (attributes.ContainsKey(name) || attributes.Count < OutputAttributes.MaxTotal))
            {
                attributes[name] = value;
            }
        }

        return new OutgoingMessage(DeadLetterBody.Of(message), attributes, DeduplicationId: null, Group: null);
    }
}
