namespace Portable.Local;

/// <summary>
/// Messages in the order in which they are delivered. In an ordered source there is a lane for each group, partition or key, and nothing overtakes in it;
/// any other source has a single lane that several deliveries take from at a time.
/// </summary>
internal sealed class LocalLane(string name, bool ordered)
{
    private readonly LinkedList<LocalMessage> _messages = new();

    public string Name { get; } = name;

    /// <summary>Whether one delivery at a time takes from it.</summary>
    public bool Ordered { get; } = ordered;

    /// <summary>Whether a delivery is going on that the next one has to wait for.</summary>
    public bool IsBusy { get; set; }

    /// <summary>Whether it waits for the next attempt of its first message.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Whether it is among those that a delivery is looked for in.</summary>
    public bool IsQueued { get; set; }

    public int Count => _messages.Count;

    public IEnumerable<LocalMessage> Messages => _messages;

    public void Add(LocalMessage message) => _messages.AddLast(message);

    /// <summary>Puts messages back where they came from.</summary>
    public void Return(ReadOnlySpan<LocalMessage> messages)
    {
        for (var i = messages.Length - 1; i >= 0; i--)
        {
            _messages.AddFirst(messages[i]);
        }
    }

    public LocalMessage[] Take(int most)
    {
        var batch = new LocalMessage[Math.Min(most, _messages.Count)];
        for (var i = 0; i < batch.Length; i++)
        {
            batch[i] = _messages.First!.Value;
            _messages.RemoveFirst();
        }

        return batch;
    }
}
