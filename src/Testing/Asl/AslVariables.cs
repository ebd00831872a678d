namespace Portable.Testing.Asl;

/// <summary>Variables of a machine or branch. A branch sees those around it; that it sets none of them is checked when the definition is read.</summary>
internal sealed class AslVariables(AslVariables? outer)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    private AslVariables? Outer { get; } = outer;

    public void Set(string name, object value) => _values[name] = value;

    public Dictionary<string, object?> All()
    {
        var all = Outer?.All() ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in _values)
        {
            all[name] = value;
        }

        return all;
    }
}

/// <summary>Stops what runs inside a state or machine, at once: after a sibling failed, or when the time is over.</summary>
internal sealed class AslStop(AslStop? outer)
{
    private readonly VirtualClock.Signal _signal = new();

    public bool Requested => _signal.IsSet || OuterRequested;

    /// <summary>Whether what this belongs to was stopped too.</summary>
    public bool OuterRequested => outer?.Requested == true;

    /// <summary>Everything that ends a wait in here.</summary>
    public IEnumerable<VirtualClock.Signal> Signals => outer is null ? [_signal] : outer.Signals.Append(_signal);

    public void Request() => _signal.Set();

    public void ThrowIfRequested()
    {
        if (Requested)
        {
            throw new AslStopped();
        }
    }
}

/// <summary>Leaves a state that was stopped. No retrier or catcher sees it.</summary>
internal sealed class AslStopped : Exception;
