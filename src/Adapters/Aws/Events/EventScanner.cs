using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Portable.Aws.Events;

/// <summary>
/// Walks the objects that a reader is interested in and leaps over everything else: a text to its closing quote, an object or array to its closing bracket. What is leapt over is not
/// looked at, so that a fault within it goes unnoticed, as it does no harm; what is walked must be JSON. For the envelopes that every invocation pays for; a
/// <see cref="Utf8JsonReader"/>, which checks every byte, takes two to three times as long.
/// </summary>
internal ref struct EventScanner(ReadOnlySpan<byte> json)
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);

    private const int Near = 24; // how far behind a backslash a byte is looked at by itself
    private const int Short = 1024; // a text that fits on the stack

    private readonly ReadOnlySpan<byte> _json = json;
    private int _at;
    private bool _behindValue; // a comma must come before the next one

    /// <summary>Where the scanner is: at a value's first byte, after <see cref="NextProperty"/> and <see cref="NextElement"/>.</summary>
    public readonly int Position => _at;

    /// <summary>The first byte of the value that the scanner is at.</summary>
    public readonly byte Kind => Peek();

    /// <summary>Enters the object that the whole text must be.</summary>
    /// <exception cref="MalformedEventException">It is none.</exception>
    public void BeginDocument()
    {
        SkipSpace();
        if (_at == _json.Length || _json[_at] != '{')
        {
            throw new MalformedEventException("The event is not a JSON object.");
        }

        Enter();
    }

    /// <summary>Checks that nothing follows.</summary>
    public void EndDocument()
    {
        SkipSpace();
        if (_at != _json.Length)
        {
            throw Unexpected();
        }
    }

    /// <summary>Enters the object or array that the scanner is at.</summary>
    public void Enter()
    {
        _at++;
        _behindValue = false;
    }

    /// <summary>Enters the value if it is an object; else passes over it.</summary>
    public bool TryEnterObject()
    {
        if (Peek() == '{')
        {
            Enter();
            return true;
        }

        Skip();
        return false;
    }

    /// <summary>Moves to the value of the next property; <see langword="false"/> behind the last one, where the scanner has left the object.</summary>
    /// <param name="name">Its name, as it stands there.</param>
    public bool NextProperty(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!Next((byte)'}'))
        {
            return false;
        }

        if (Peek() != '"')
        {
            throw Unexpected();
        }

        name = ReadQuoted(out _);
        SkipSpace();
        if (Peek() != ':')
        {
            throw Unexpected();
        }

        _at++;
        SkipSpace();
        return true;
    }

    /// <summary>Moves to the next element; <see langword="false"/> behind the last one, where the scanner has left the array.</summary>
    public bool NextElement() => Next((byte)']');

    /// <summary>Passes over the value.</summary>
    public void Skip()
    {
        switch (Peek())
        {
            case (byte)'"':
                ReadQuoted(out _);
                break;
            case (byte)'{' or (byte)'[':
                SkipNested();
                break;
            default:
                SkipPlain();
                break;
        }

        _behindValue = true;
    }

    /// <summary>Reads a text as it stands there; <see langword="false"/> for a value of another kind, which is passed over.</summary>
    public bool TryReadText(out ReadOnlySpan<byte> text, out bool escaped)
    {
        if (Peek() != '"')
        {
            Skip();
            text = default;
            escaped = false;
            return false;
        }

        text = ReadQuoted(out escaped);
        _behindValue = true;
        return true;
    }

    /// <summary>Reads a text; <see langword="null"/> for a value of another kind.</summary>
    public string? ReadString()
    {
        var start = _at;
        return !TryReadText(out var text, out var escaped) ? null
            : escaped || !Ascii.IsValid(text) ? Slowly(start).GetString()
            : Encoding.ASCII.GetString(text);
    }

    /// <summary>Reads a text as bytes: a part of the event itself where nothing in it is escaped; <see langword="null"/> for a value of another kind.</summary>
    /// <param name="json">What the scanner walks.</param>
    public ReadOnlyMemory<byte>? ReadBytes(ReadOnlyMemory<byte> json)
    {
        var start = _at;
        if (Peek() == '"' && TryReadShort() is { } bytes)
        {
            return bytes;
        }

        if (!TryReadText(out var text, out var escaped))
        {
            return null;
        }

        if (!escaped)
        {
            return json.Slice(start + 1, text.Length);
        }

        bytes = new byte[text.Length];
        return bytes.AsMemory(0, Slowly(start).CopyString(bytes));
    }

    /// <summary>A reader at the value from a position on, for what is rare.</summary>
    public readonly Utf8JsonReader Slowly(int start)
    {
        var reader = new Utf8JsonReader(_json[start..], isFinalBlock: false, default);
        reader.Read();
        return reader;
    }

    /// <summary>Reads a short text that has escapes, in one pass; <see langword="null"/>, the scanner where it was, when it is none or has escapes of more than a letter.</summary>
    private byte[]? TryReadShort()
    {
        var text = _json[(_at + 1)..];
        var first = text.IndexOfAny((byte)'"', (byte)'\\');
        Span<byte> bytes = stackalloc byte[Short];
        if (first < 0 || first > Short / 2 || text[first] == '"')
        {
            return null;
        }

        text[..first].CopyTo(bytes);
        var written = first;
        var at = first;
        while (at < text.Length && written < Short)
        {
            var letter = text[at++];
            if (letter == '"')
            {
                _at += 1 + at;
                _behindValue = true;
                return bytes[..written].ToArray();
            }

            if (letter == '\\')
            {
                letter = at < text.Length ? Unescaped(text[at++]) : (byte)0;
                if (letter == 0)
                {
                    return null;
                }
            }

            bytes[written++] = letter;
        }

        return null;
    }

    // Escapes of one letter; 0 for others.
    private static byte Unescaped(byte letter) => letter switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => letter,
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => 0,
    };

    private bool Next(byte end)
    {
        SkipSpace();
        if (Peek() == end)
        {
            _at++;
            _behindValue = true;
            return false;
        }

        if (_behindValue)
        {
            if (Peek() != ',')
            {
                throw Unexpected();
            }

            _at++;
            SkipSpace();
        }

        return true;
    }

    // By leaps; behind a backslash byte by byte for a while, as JSON within JSON has one every few bytes.
    private ReadOnlySpan<byte> ReadQuoted(out bool escaped)
    {
        escaped = false;
        var json = _json;
        var start = _at + 1;
        var at = start;
        while (at < json.Length)
        {
            var leap = json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (leap < 0)
            {
                break;
            }

            at += leap;
            for (var near = at; at < json.Length && at - near < Near; at++)
            {
                if (json[at] == '"')
                {
                    _at = at + 1;
                    return json[start..at];
                }

                if (json[at] == '\\')
                {
                    escaped = true;
                    near = ++at; // whatever is escaped is no closing quote
                }
            }
        }

        throw Unexpected();
    }

    private void SkipNested()
    {
        var depth = 0;
        while (true)
        {
            var found = _json[_at..].IndexOfAny(Structure);
            if (found < 0)
            {
                throw Unexpected();
            }

            _at += found;
            switch (_json[_at])
            {
                case (byte)'"':
                    ReadQuoted(out _);
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    _at++;
                    break;
                default:
                    _at++;
                    if (--depth == 0)
                    {
                        return;
                    }

                    break;
            }
        }
    }

    private void SkipPlain()
    {
        var start = _at;
        while (_at < _json.Length && (char.IsAsciiLetterOrDigit((char)_json[_at]) || _json[_at] is (byte)'-' or (byte)'+' or (byte)'.'))
        {
            _at++;
        }

        if (_at == start)
        {
            throw Unexpected();
        }
    }

    private void SkipSpace()
    {
        if (Peek() <= ' ')
        {
            SkipSpaces();
        }
    }

    private void SkipSpaces()
    {
        while (_at < _json.Length && _json[_at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _at++;
        }
    }

    // 0 at the end, which begins nothing.
    private readonly byte Peek() => (uint)_at < (uint)_json.Length ? _json[_at] : (byte)0;

    private readonly JsonException Unexpected() => new($"Unexpected byte or end at {_at}.");
}
