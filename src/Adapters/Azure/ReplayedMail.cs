using System.Text.Json;

namespace Portable.Azure;

/// <summary>
/// The events of a run, first come, first served. A wait for an event that was given up would still take the next event from the engine
/// and lose it; so no wait of the engine's is ever given up: at most one per name is open, and what it brings is kept until somebody takes it.
/// </summary>
internal sealed class ReplayedMail(IReplayContext context)
{
    private readonly Dictionary<string, Box> _boxes = new(StringComparer.Ordinal);

    /// <summary>Waits for an event.</summary>
    public TaskCompletionSource<JsonElement> Wait(string name)
    {
        var box = BoxOf(name);
        var waiting = new TaskCompletionSource<JsonElement>();
        if (box.Kept.TryDequeue(out var payload))
        {
            waiting.SetResult(payload);
        }
        else
        {
            box.Waiting.Add(waiting);
            Open(name, box);
        }

        return waiting;
    }

    /// <summary>Waits no more.</summary>
    public void Forget(string name, TaskCompletionSource<JsonElement> waiting) => BoxOf(name).Waiting.Remove(waiting);

    private void Open(string name, Box box)
    {
        if (!box.IsOpen)
        {
            box.IsOpen = true;
            _ = ReceiveAsync(name, box);
        }
    }

    private async Task ReceiveAsync(string name, Box box)
    {
        var payload = await context.WaitForEvent(name);
        box.IsOpen = false;
        if (box.Waiting.Count == 0)
        {
            box.Kept.Enqueue(payload);
            return;
        }

        var waiting = box.Waiting[0];
        box.Waiting.RemoveAt(0);
        if (box.Waiting.Count > 0)
        {
            Open(name, box);
        }

        waiting.SetResult(payload);
    }

    private Box BoxOf(string name) => _boxes.TryGetValue(name, out var box) ? box : _boxes[name] = new Box();

    private sealed class Box
    {
        public Queue<JsonElement> Kept { get; } = new();

        public List<TaskCompletionSource<JsonElement>> Waiting { get; } = [];

        public bool IsOpen { get; set; }
    }
}
