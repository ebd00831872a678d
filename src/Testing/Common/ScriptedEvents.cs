namespace Portable.Testing;

/// <summary>An event that the world raises to a run.</summary>
/// <param name="Name">The event's name, as in <c>flow.Event&lt;T&gt;("approval", ...)</c>.</param>
/// <param name="PayloadJson">The payload as JSON text.</param>
/// <param name="At">When, since the run started. An event that comes before it is waited for is kept.</param>
/// <param name="Run">The name of the run that gets it; <see langword="null"/> for the run that is simulated, as opposed to its children.</param>
public sealed record ScriptedEvent(string Name, string PayloadJson, TimeSpan At = default, string? Run = null);

/// <summary>An event that a run published.</summary>
/// <param name="Type">The event's type; on Step Functions the <c>DetailType</c>, on Google Cloud the attribute <c>ce-type</c>.</param>
/// <param name="PayloadJson">The payload as JSON text.</param>
/// <param name="At">When, in virtual time.</param>
/// <param name="Destination">The bus or topic, as the definition names it.</param>
/// <param name="Source">What the event says about where it comes from; <see langword="null"/> when it says nothing.</param>
/// <param name="Attributes">Google Cloud: the message's attributes.</param>
public sealed record PublishedEvent(string Type, string PayloadJson, TimeSpan At, string Destination, string? Source, IReadOnlyDictionary<string, string>? Attributes = null);

/// <summary>A run of another workflow that a run started.</summary>
/// <param name="Workflow">The other workflow: its name on the engine.</param>
/// <param name="Input">Its input as JSON text.</param>
/// <param name="At">When it started, in virtual time.</param>
/// <param name="Result">What became of it; its calls and transitions are not among its parent's.</param>
public sealed record SimulatedChild(string Workflow, string Input, TimeSpan At, SimulationResult Result);

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
