namespace Portable.Local;

/// <summary>The events raised for a run that it has not taken, by name and in order, and who waits for one. Used on the run's loop only.</summary>
internal sealed class LocalMail
{
    private readonly Dictionary<string, Box> _boxes = new(StringComparer.Ordinal);

    /// <summary>Adds an event.</summary>
    /// <returns>Who gets it now, if somebody waits; in a replay nobody does, for the journal says who got it.</returns>
    public (LocalOperation Open, string Json)? Add(string name, string json, bool live)
    {
        var box = BoxOf(name);
        box.Events.Add(json);
        return live ? box.Match() : null;
    }

    /// <summary>Waits for an event.</summary>
    /// <returns>The event, if there is one already.</returns>
    public (LocalOperation Open, string Json)? Claim(LocalOperation open)
    {
        var box = BoxOf(open.What.Name);
        box.Waiting.Add(open);
        return box.Match();
    }

    /// <summary>Whether an event is on its way to who waits.</summary>
    public bool IsClaimed(LocalOperation open) => BoxOf(open.What.Name).Claims.Contains(open.What.Key);

    /// <summary>Waits no more.</summary>
    public void Forget(LocalOperation open) => BoxOf(open.What.Name).Waiting.Remove(open);

    /// <summary>The first event has been taken.</summary>
    public void Take(string name, string key)
    {
        var box = BoxOf(name);
        box.Claims.Remove(key);
        if (box.Events.Count > 0)
        {
            box.Events.RemoveAt(0);
        }
    }

    private Box BoxOf(string name) => _boxes.TryGetValue(name, out var box) ? box : _boxes[name] = new Box();

    private sealed class Box
    {
        public List<string> Events { get; } = [];

        public List<LocalOperation> Waiting { get; } = [];

        /// <summary>Who gets one of the first events, once the journal has noted it.</summary>
        public HashSet<string> Claims { get; } = new(StringComparer.Ordinal);

        public (LocalOperation Open, string Json)? Match()
        {
            if (Waiting.Count == 0 || Claims.Count >= Events.Count)
            {
                return null;
            }

            var open = Waiting[0];
            Waiting.RemoveAt(0);
            var json = Events[Claims.Count];
            Claims.Add(open.What.Key);
            return (open, json);
        }
    }
}
