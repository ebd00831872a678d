namespace Portable.Testing;

/// <summary>
/// Events of one simulated world, with its children: what was raised before anybody waited is kept, in the order in which it came; who began to
/// wait first is served first, and who gave up is served no more.
/// </summary>
internal sealed class Mailbox
{
    private readonly Dictionary<(string Run, string Name), Box> _boxes = [];

    public Mailbox(IEnumerable<ScriptedEvent> events, string run, VirtualClock clock)
    {
        foreach (var happens in events)
        {
            clock.At(happens.At, () => Raise(happens.Run ?? run, happens.Name, happens.PayloadJson));
        }
    }

    /// <summary>Takes an event that has been raised already.</summary>
    public string? Take(string run, string name) => Of(run, name).Raised.TryDequeue(out var payload) ? payload : null;

    /// <summary>Waits for an event.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">The event's name.</param>
    /// <param name="deliver">Takes the payload; false when it does not wait any more.</param>
    public void Await(string run, string name, Func<string, bool> deliver)
    {
        var box = Of(run, name);
        if (box.Raised.TryPeek(out var payload) && deliver(payload))
        {
            box.Raised.Dequeue();
        }
        else
        {
            box.Waiting.Enqueue(deliver);
        }
    }

    private void Raise(string run, string name, string payload)
    {
        var box = Of(run, name);
        while (box.Waiting.TryDequeue(out var deliver))
        {
            if (deliver(payload))
            {
                return;
            }
        }

        box.Raised.Enqueue(payload);
    }

    private Box Of(string run, string name) => _boxes.TryGetValue((run, name), out var box) ? box : _boxes[(run, name)] = new Box();

    private sealed class Box
    {
        public Queue<string> Raised { get; } = new();

        public Queue<Func<string, bool>> Waiting { get; } = new();
    }
}
