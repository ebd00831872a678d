namespace Portable.Runtime;

/// <summary>
/// What of a delivery the function asked for. Platforms filter more coarsely than triggers can say, so what does not fit is
/// acknowledged, or refused with a reason, before the handler sees it.
/// </summary>
internal readonly struct MessageScreen
{
    private readonly List<FailedMessage>? _refused;

    private MessageScreen(IReadOnlyList<ReceivedMessage> taken, List<FailedMessage>? refused)
    {
        Taken = taken;
        _refused = refused;
    }

    /// <summary>The messages for the handler.</summary>
    public IReadOnlyList<ReceivedMessage> Taken { get; }

    public static MessageScreen Of(MessageSource source, IReadOnlyList<ReceivedMessage> messages)
    {
        if (source is not (EventSource or StorageSource))
        {
            return new MessageScreen(messages, null);
        }

        var taken = new List<ReceivedMessage>(messages.Count);
        List<FailedMessage>? refused = null;
        foreach (var message in messages)
        {
            switch (source, message.Detail)
            {
                case (EventSource events, EventDescription description) when Refusal(events, description) is { } reason:
                    (refused ??= []).Add(new FailedMessage(message.Id, reason));
                    break;
                case (EventSource { UnknownVersions: UnknownVersions.Skip } events, EventDescription description) when description.Version != events.Version:
                case (StorageSource storage, ObjectChanged changed) when !storage.Takes(changed.Change):
                    break; // not meant for this function, and done with that
                default:
                    taken.Add(message);
                    break;
            }
        }

        return new MessageScreen(taken, refused);
    }

    /// <summary>What the handler reported, and what was refused before.</summary>
    public IReadOnlyList<FailedMessage> With(IReadOnlyList<FailedMessage> reported) => _refused is null ? reported : [.. _refused, .. reported];

    private static string? Refusal(EventSource source, EventDescription description) =>
        description.Type != source.Name ? $"The event is of the type '{description.Type}'; the function takes '{source.Name}'."
        : description.Version != source.Version && source.UnknownVersions == UnknownVersions.DeadLetter ? $"The event is of version {description.Version}; the function takes version {source.Version}."
        : null;
}
