namespace Portable.Testing.Asl;

/// <summary>Variables of a machine or branch. A branch sees those around it but cannot set them.</summary>
internal sealed class AslVariables(AslVariables? outer)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    public void Set(string name, object value, string state)
    {
        for (var scope = Outer; scope is not null; scope = scope.Outer)
        {
            if (scope._values.ContainsKey(name))
            {
                throw new AslDefinitionException(state, $"The variable '{name}' belongs to the scope outside the branch.");
            }
        }

        _values[name] = value;
    }

    public Dictionary<string, object?> All()
    {
        var all = Outer?.All() ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in _values)
        {
            all[name] = value;
        }

        return all;
    }

    private AslVariables? Outer { get; } = outer;
}

/// <summary>Stops the branches of a state after one of them failed.</summary>
internal sealed class Stop(Stop? outer)
{
    private bool _requested;

    public bool Requested => _requested || outer?.Requested == true;

    public void Request() => _requested = true;

    public void ThrowIfRequested()
    {
        if (Requested)
        {
            throw new AslError(AslError.RuntimeError, "A sibling failed.");
        }
    }
}
