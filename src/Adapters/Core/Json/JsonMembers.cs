using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Portable.Runtime.Json;

/// <summary>
/// Finds members that an object has twice. It looks at brackets and names alone, in JSON that is known to be valid, which costs a fraction of reading
/// it; .NET itself can refuse repeated members from version 10 on only, and only where a context says so.
/// </summary>
internal static class JsonMembers
{
    private const int NamesOnStack = 64;
    private const int LongestShown = 64;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]:"u8);
    private static readonly SearchValues<byte> EndOfText = SearchValues.Create("\"\\"u8);

    /// <summary>The first name that an object has twice, compared ordinally; <see langword="null"/> when there is none.</summary>
    public static string? FindRepeated(ReadOnlySpan<byte> json)
    {
        Span<Name> stack = stackalloc Name[NamesOnStack];
        Span<int> starts = stackalloc int[NamesOnStack];
        var names = new Names(stack, starts);
        return Find(json, ref names);
    }

    private static string? Find(ReadOnlySpan<byte> json, ref Names names)
    {
        var position = 0;
        (int Start, int Length, bool Escaped) text = default;
        while (true)
        {
            var next = json[position..].IndexOfAny(Structure);
            if (next < 0)
            {
                return null;
            }

            position += next;
            switch (json[position++])
            {
                case (byte)'"':
                    text = (position, 0, false);
                    while (true)
                    {
                        var end = json[position..].IndexOfAny(EndOfText);
                        if (end < 0)
                        {
                            return null; // no valid JSON, and not ours to say
                        }

                        position += end;
                        if (json[position] == '"')
                        {
                            break;
                        }

                        text.Escaped = true;
                        position = Math.Min(position + 2, json.Length);
                    }

                    text.Length = position++ - text.Start;
                    break;
                case (byte)':':
                    if (names.Repeats(json, new Name(text.Start, text.Length, text.Escaped)))
                    {
                        return Shown(json.Slice(text.Start, text.Length));
                    }

                    break;
                case (byte)'{' or (byte)'[':
                    names.Enter();
                    break;
                default:
                    names.Leave();
                    break;
            }
        }
    }

    private static string Shown(ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name);
        return text.Length > LongestShown ? text[..LongestShown] + "..." : text;
    }

    private static bool Same(ReadOnlySpan<byte> json, Name left, Name right)
    {
        if (!left.Escaped && !right.Escaped)
        {
            return left.Length == right.Length && json.Slice(left.Start, left.Length).SequenceEqual(json.Slice(right.Start, right.Length));
        }

        return Unescaped(json, left) == Unescaped(json, right);
    }

    private static string Unescaped(ReadOnlySpan<byte> json, Name name)
    {
        var reader = new Utf8JsonReader(json.Slice(name.Start - 1, name.Length + 2));
        try
        {
            return reader.Read() ? reader.GetString()! : "";
        }
        catch (InvalidOperationException)
        {
            return ""; // half a surrogate pair: the reader of the payload has refused it, or skips it
        }
    }

    /// <summary>Where a name stands, without its quotes.</summary>
    private readonly record struct Name(int Start, int Length, bool Escaped);

    /// <summary>The names so far of the objects around a place, the innermost last. Large objects are compared by a set.</summary>
    private ref struct Names(Span<Name> names, Span<int> starts)
    {
        private const int LargeObject = 16;

        private Span<Name> _names = names;
        private Span<int> _starts = starts;
        private int _count;
        private int _depth;
        private Dictionary<int, HashSet<string>>? _sets; // by depth

        public void Enter()
        {
            if (_depth == _starts.Length)
            {
                var larger = new int[_starts.Length * 2];
                _starts.CopyTo(larger);
                _starts = larger;
            }

            _starts[_depth++] = _count;
            _sets?.Remove(_depth);
        }

        public void Leave()
        {
            if (_depth > 0)
            {
                _count = _starts[--_depth];
            }
        }

        public bool Repeats(ReadOnlySpan<byte> json, Name name)
        {
            var first = _depth == 0 ? 0 : _starts[_depth - 1];
            if (_count - first >= LargeObject)
            {
                return RepeatsInLarge(json, name, first);
            }

            for (var i = first; i < _count; i++)
            {
                if (Same(json, _names[i], name))
                {
                    return true;
                }
            }

            Add(name);
            return false;
        }

        private bool RepeatsInLarge(ReadOnlySpan<byte> json, Name name, int first)
        {
            _sets ??= [];
            if (!_sets.TryGetValue(_depth, out var set))
            {
                _sets[_depth] = set = new HashSet<string>(StringComparer.Ordinal);
                for (var i = first; i < _count; i++)
                {
                    set.Add(Unescaped(json, _names[i]));
                }
            }

            return !set.Add(Unescaped(json, name));
        }

        private void Add(Name name)
        {
            if (_count == _names.Length)
            {
                var larger = new Name[_names.Length * 2];
                _names.CopyTo(larger);
                _names = larger;
            }

            _names[_count++] = name;
        }
    }
}
