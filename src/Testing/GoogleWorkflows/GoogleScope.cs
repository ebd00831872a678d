namespace Portable.Testing.GoogleWorkflows;

/// <summary>Variables. Loops and branches have their own; what a handler assigns belongs to its surroundings, except for the failure.</summary>
internal sealed class GoogleScope(GoogleScope? outer, GoogleScopeKind kind, IReadOnlyCollection<string>? shared = null)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    private GoogleScope? Outer { get; } = outer;

    public bool TryGet(string name, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
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
    public void Declare(string name, object? value) => _values[name] = value;

    /// <summary>Assigns where the variable is known, else makes it here.</summary>
    public void Assign(string name, object? value, string place)
    {
        GoogleScope? home = null;
        for (var scope = this; scope is not null && home is null; scope = scope.Outer)
        {
            if (scope._values.ContainsKey(name))
            {
                home = scope;
            }
            else if (scope.Kind == GoogleScopeKind.Branch && !scope.Shared.Contains(name) && scope.Outer!.TryGet(name, out _))
            {
                throw new GoogleWorkflowDefinitionException(place, $"The variable '{name}' belongs to the scope outside the branch and is not shared.");
            }
        }

        if (home is null)
        {
            for (home = this; home.Kind == GoogleScopeKind.Handler; home = home.Outer!)
            {
            }
        }

        home._values[name] = value;
    }

    private GoogleScopeKind Kind { get; } = kind;

    private IReadOnlyCollection<string> Shared { get; } = shared ?? [];
}

internal enum GoogleScopeKind
{
    Routine,
    Loop,
    Branch,
    Handler,
}
