namespace Portable.Analyzers.Handlers;

/// <summary>The methods of an API by what their names begin with. The first that fits counts, so exceptions stand first.</summary>
internal sealed class ExternalApi
{
    private readonly (string[] Verbs, Effect Effect)[] _effects;

    /// <summary>States an API.</summary>
    /// <param name="effects">Words that names of methods begin with, and what those methods do.</param>
    public ExternalApi(params (string[] Verbs, Effect Effect)[] effects) => _effects = effects;

    /// <summary>Whether methods count that cannot be awaited, as clients have that block.</summary>
    public bool CountsBlocking { get; init; }

    /// <summary>What a method does; <see langword="null"/> when its name is none that is known.</summary>
    public Effect? Find(string name)
    {
        foreach (var (verbs, effect) in _effects)
        {
            foreach (var verb in verbs)
            {
                // "Set" begins "SetAsync" and "SetItem", not "Settle".
                if (name.StartsWith(verb, StringComparison.Ordinal) && (name.Length == verb.Length || !char.IsLower(name[verb.Length])))
                {
                    return effect;
                }
            }
        }

        return null;
    }
}
