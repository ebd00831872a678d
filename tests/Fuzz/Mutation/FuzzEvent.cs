using System.Text;

namespace Portable.Fuzz;

/// <summary>
/// An event to feed to a target. A fixture <c>NAME.json</c> is a body alone; <c>NAME.http</c> is a request as it stands on the wire, its head
/// (request line and headers, lines that end with LF) and its body parted by an empty line.
/// </summary>
/// <param name="name">The fixture that it was made of.</param>
/// <param name="head">The request line and headers; empty for a body alone.</param>
/// <param name="body">The body.</param>
public sealed class FuzzEvent(string name, byte[] head, byte[] body)
{
    /// <summary>The fixture that it was made of.</summary>
    public string Name { get; } = name;

    /// <summary>The request line and headers; empty for a body alone.</summary>
    public byte[] Head { get; } = head;

    /// <summary>The body.</summary>
    public byte[] Body { get; } = body;

    /// <summary>All bytes.</summary>
    public int Length => Head.Length + Body.Length;

    /// <summary>The method and the path with its query, as far as the head has them.</summary>
    public (string Method, string Target) RequestLine()
    {
        var parts = Lines().FirstOrDefault("").Split(' ');
        return (parts[0], parts.Length > 1 ? parts[1] : "/");
    }

    /// <summary>
    /// The headers that a server would let through: names are tokens, values have no control characters. Kestrel refuses the others before any code of
    /// ours runs.
    /// </summary>
    public IEnumerable<(string Name, string Value)> Headers()
    {
        foreach (var line in Lines().Skip(1))
        {
            var colon = line.IndexOf(':');
            if (colon > 0 && line.AsSpan(0, colon).IndexOfAnyExcept(Token) < 0)
            {
                var value = line[(colon + 1)..].Trim();
                if (!value.Any(char.IsControl))
                {
                    yield return (line[..colon], value);
                }
            }
        }
    }

    /// <summary>Reads a fixture.</summary>
    public static FuzzEvent Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var name = Path.GetFileName(path);
        if (!name.EndsWith(".http", StringComparison.Ordinal))
        {
            return new FuzzEvent(name, [], bytes);
        }

        var end = bytes.AsSpan().IndexOf("\n\n"u8);
        return end < 0 ? throw new FormatException($"{name} has no empty line after its head.") : new FuzzEvent(name, bytes[..end], bytes[(end + 2)..].AsSpan().TrimEnd((byte)'\n').ToArray());
    }

    private string[] Lines() => Encoding.Latin1.GetString(Head).Split('\n');

    private static readonly System.Buffers.SearchValues<char> Token =
        System.Buffers.SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
