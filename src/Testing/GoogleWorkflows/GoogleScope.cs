namespace Portable.Testing.GoogleWorkflows;

/// <summary>
/// Variables. Loops, branches and handlers have their own; what they assign that is known outside is assigned there, except that a branch assigns
/// only what is shared.
/// </summary>
internal sealed class GoogleScope : IDisposable
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _sizes = new(StringComparer.Ordinal);
    private readonly GoogleMemory _memory;
    private readonly GoogleScope? _outer;
    private readonly IReadOnlyCollection<string>? _shared;

    private GoogleScope(GoogleMemory memory, GoogleScope? outer, IReadOnlyCollection<string>? shared) => (_memory, _outer, _shared) = (memory, outer, shared);

    /// <summary>The variables of a workflow or subworkflow.</summary>
    public static GoogleScope OfRoutine(GoogleMemory memory) => new(memory, null, null);

    /// <summary>The variables of a round of a loop or of a handler.</summary>
    public GoogleScope Inner() => new(_memory, this, null);

    /// <summary>The variables of a branch.</summary>
    public GoogleScope Branch(IReadOnlyCollection<string> shared) => new(_memory, this, shared);

    public bool TryGet(string name, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._values.TryGetValue(name, out value))
            {
                return true;
            }
        }

        value = null;
        return false;
    }

    /// <summary>Gives a variable of this very scope a value.</summary>
    public void Declare(string name, object? value)
    {
        _values[name] = value;
        Measure(name);
    }

    /// <summary>Assigns where the variable is known, else makes it here.</summary>
    public void Assign(string name, object? value, string place) => (Home(name, place) ?? this).Declare(name, value);

    /// <summary>Notes that a variable's members have changed.</summary>
    public void Changed(string name, string place) => Home(name, place)?.Measure(name);

    public void Dispose() => _memory.Change(-_sizes.Values.Sum());

    private GoogleScope? Home(string name, string place)
    {
        for (var scope = this; scope is not null; scope = scope._outer)
        {
            if (scope._values.ContainsKey(name))
            {
                return scope;
            }

            if (scope._shared?.Contains(name) == false && scope._outer!.TryGet(name, out _))
            {
                throw new GoogleWorkflowDefinitionException(place, $"The variable '{name}' belongs to the scope outside the branch and is not shared.");
            }
        }

        return null;
    }

    private void Measure(string name)
    {
        var size = GoogleJson.Size(_values[name]);
        _memory.Change(size - _sizes.GetValueOrDefault(name));
        _sizes[name] = size;
    }
}

/// <summary>What the variables of an execution hold, as their JSON tells it: the engine's own measure is not documented.</summary>
internal sealed class GoogleMemory
{
    /// <summary>Variables, arguments and events together (Workflows, quotas and limits).</summary>
    public const int Limit = 512 * 1024;

    private int _used;

    public int Largest { get; private set; }

    public void Change(int bytes)
    {
        _used += bytes;
        Largest = Math.Max(Largest, _used);
        if (bytes > 0 && _used > Limit)
        {
            throw GoogleError.Of("ResourceLimitError", $"the variables hold {_used} bytes, more than {Limit}");
        }
    }
}
