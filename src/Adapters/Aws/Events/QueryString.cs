namespace Portable.Aws.Events;

/// <summary>Looks names up in a raw query string; nothing is decoded that nobody asks for. Names are compared ignoring case.</summary>
internal static class QueryString
{
    /// <summary>The first value of a name, or <see langword="null"/>.</summary>
    public static string? First(string query, string name)
    {
        foreach (var (key, value) in new Pairs(query))
        {
            if (IsName(key, name))
            {
                return PercentEncoding.DecodeQuery(value);
            }
        }

        return null;
    }

    /// <summary>Every value of a name, in order.</summary>
    public static IReadOnlyList<string> All(string query, string name)
    {
        List<string>? values = null;
        foreach (var (key, value) in new Pairs(query))
        {
            if (IsName(key, name))
            {
                (values ??= []).Add(PercentEncoding.DecodeQuery(value));
            }
        }

        return (IReadOnlyList<string>?)values ?? [];
    }

    private static bool IsName(ReadOnlySpan<char> key, string name) => key.ContainsAny('%', '+')
        ? string.Equals(PercentEncoding.DecodeQuery(key), name, StringComparison.OrdinalIgnoreCase)
        : key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private readonly ref struct Pair(ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        private readonly ReadOnlySpan<char> _key = key;
        private readonly ReadOnlySpan<char> _value = value;

        public void Deconstruct(out ReadOnlySpan<char> key, out ReadOnlySpan<char> value)
        {
            key = _key;
            value = _value;
        }
    }

    private ref struct Pairs(ReadOnlySpan<char> rest)
    {
        private ReadOnlySpan<char> _rest = rest;

        public Pair Current { get; private set; }

        public readonly Pairs GetEnumerator() => this;

        public bool MoveNext()
        {
            while (!_rest.IsEmpty)
            {
                var end = _rest.IndexOf('&');
                var part = end < 0 ? _rest : _rest[..end];
                _rest = end < 0 ? default : _rest[(end + 1)..];
                if (!part.IsEmpty)
                {
                    var equals = part.IndexOf('=');
                    Current = equals < 0 ? new Pair(part, default) : new Pair(part[..equals], part[(equals + 1)..]);
                    return true;
                }
            }

            return false;
        }
    }
}
