using System.Text;
using System.Text.Json;

namespace Portable.Fuzz;

/// <summary>Damage that keeps most of an event readable, so that it gets past the first bracket and into the code behind.</summary>
internal static class JsonMutations
{
    private static readonly byte[][] Values =
    [
        .. new[]
        {
            "null", "true", "false", "{}", "[]", "[null]", "\"\"", "0", "-1", "-0", "0.5", "1e3", "1e999", "-1e999", "1e-999", "2147483648", "-9223372036854775809",
            "18446744073709551616", "99999999999999999999999999999999999999999999999999", "1.0000000000000000000000000000000001",
            "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u2028\"", "\"a\\r\\nSet-Cookie: b=c\"", "\"../../etc/passwd\"", "\"%2e%2e%2f%00\"", "\"%\"", "\"%zz%c0%af\"",
            "\"NaN\"", "\"-1\"", "\"99999999999999999999\"", "\"0001-01-01T00:00:00Z\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"2026-13-45T99:99:99Z\"", "\"{}\"", "\"[\"", "\"\\\"\"", "\"=\"", "\"====\"", "\"A\"",
            "\"text/plain; charset=\\\"\"", "\"http://[\"", "\"urn:\"", "\"arn:aws:sqs:::\"", "\"$portable\"", "\"\\\\..\\\\\"", "\"é\u0301\\uD83D\\uDE00\"",
        }.Select(static text => Encoding.UTF8.GetBytes(text)),
        [(byte)'"', 0xFF, 0xFE, (byte)'"'],
        [(byte)'"', 0xC0, 0xAF, (byte)'"'],
        [(byte)'"', 0xED, 0xA0, 0x80, (byte)'"'],
    ];

    private static readonly int[] Depths = [10, 63, 64, 65, 70, 129, 1000, 1000, 20_000];

    private static readonly int[] Lengths = [100, 257, 1025, 5000, 70_000];

    /// <summary>Damages one place.</summary>
    public static void Apply(JsonTree root, FuzzRandom random, int level = 0)
    {
        var all = root.All();
        var node = random.Pick(all);
        switch (random.Next(13))
        {
            case 0 when node.Entries.Count > 0:
                node.Entries.RemoveAt(random.Next(node.Entries.Count));
                break;
            case 1 when node.Entries.Count > 0:
                Duplicate(node, random);
                break;
            case 2 when node.Entries.Count > 0:
                Rename(node, random);
                break;
            case 3:
                node.Become(random.Pick(all).Clone());
                break;
            case 4:
                node.Become(random.Percent(50) ? JsonTree.ArrayOf(node.Clone()) : JsonTree.ObjectOf("\"value\""u8.ToArray(), node.Clone()));
                break;
            case 5 when node.Entries.Count > 1:
                var (left, right) = (random.Next(node.Entries.Count), random.Next(node.Entries.Count));
                (node.Entries[left], node.Entries[right]) = (node.Entries[right], node.Entries[left]);
                break;
            case 6:
                node.Become(JsonTree.OfRaw(Nested(random)));
                break;
            case 7:
                node.Become(JsonTree.OfRaw(Long(random)));
                break;
            case 8 or 9 or 10 when node.Raw.Length > 2 && node.Raw[0] == '"':
                Inside(node, random, level);
                break;
            default:
                node.Become(JsonTree.OfRaw(random.Percent(20) ? SwappedType(node.Raw) : random.Pick(Values)));
                break;
        }
    }

    private static void Duplicate(JsonTree node, FuzzRandom random)
    {
        var (key, value) = node.Entries[random.Next(node.Entries.Count)];
        for (var copies = random.Percent(5) ? 1000 : random.Next(3) + 1; copies > 0; copies--)
        {
            node.Entries.Insert(random.Next(node.Entries.Count + 1), (key, random.Percent(50) ? value.Clone() : JsonTree.OfRaw(random.Pick(Values))));
        }
    }

    private static void Rename(JsonTree node, FuzzRandom random)
    {
        var at = random.Next(node.Entries.Count);
        var (key, value) = node.Entries[at];
        byte[] renamed = random.Next(4) switch
        {
            0 => [.. (key ?? "\"\""u8.ToArray()).Select(static letter => (byte)char.ToUpperInvariant((char)letter))],
            1 => "\"\""u8.ToArray(),
            2 => random.Pick(Values) is [(byte)'"', ..] text ? text : "\"__proto__\""u8.ToArray(),
            _ => Long(random),
        };
        node.Entries[at] = (renamed, value);
    }

    /// <summary>Texts of events often hold more: JSON, or the base64 of something. Damage goes on in there.</summary>
    private static void Inside(JsonTree node, FuzzRandom random, int level)
    {
        string? text;
        try
        {
            text = JsonSerializer.Deserialize<string>(node.Raw);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            text = null; // a text that damage has made no text already
        }

        if (text is null || level > 3)
        {
            node.Become(JsonTree.OfRaw([(byte)'"', .. ByteMutations.Apply(node.Raw.AsSpan(1, node.Raw.Length - 2), random), (byte)'"']));
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var decoded = new byte[bytes.Length];
        if (text.Length >= 8 && Convert.TryFromBase64String(text, decoded, out var length))
        {
            bytes = Encoding.ASCII.GetBytes(random.Percent(25)
                ? Encoding.Latin1.GetString(ByteMutations.Apply(bytes, random))
                : Convert.ToBase64String(Mutated(decoded.AsSpan(0, length), random, level)));
        }
        else
        {
            bytes = Mutated(bytes, random, level);
        }

        node.Become(JsonTree.OfRaw(Quoted(bytes)));
    }

    private static byte[] Mutated(ReadOnlySpan<byte> bytes, FuzzRandom random, int level)
    {
        if (bytes.Length > 0 && bytes[0] is (byte)'{' or (byte)'[' && random.Percent(75) && JsonTree.TryParse(bytes) is { } inner)
        {
            Apply(inner, random, level + 1);
            return inner.ToBytes();
        }

        return ByteMutations.Apply(bytes, random);
    }

    private static byte[] SwappedType(byte[] raw) => raw is [(byte)'"', .., (byte)'"'] ? raw[1..^1] : [(byte)'"', .. raw, (byte)'"'];

    private static byte[] Nested(FuzzRandom random)
    {
        var depth = random.Pick(Depths);
        var isArray = random.Percent(50);
        var text = new StringBuilder();
        for (var i = 0; i < depth; i++)
        {
            text.Append(isArray ? "[" : "{\"a\":");
        }

        text.Append('1');
        return Encoding.UTF8.GetBytes(random.Percent(80) ? text.Append(isArray ? ']' : '}', depth).ToString() : text.ToString());
    }

    private static byte[] Long(FuzzRandom random)
    {
        var letter = random.Pick<byte>("a9/.%= -A"u8.ToArray());
        var text = new byte[random.Pick(Lengths) + 2];
        Array.Fill(text, letter);
        text[0] = text[^1] = (byte)'"';
        return letter == '9' && random.Percent(50) ? text[1..^1] : text;
    }

    private static byte[] Quoted(byte[] text)
    {
        var quoted = new List<byte>(text.Length + 2) { (byte)'"' };
        foreach (var letter in text)
        {
            switch (letter)
            {
                case (byte)'"' or (byte)'\\':
                    quoted.Add((byte)'\\');
                    quoted.Add(letter);
                    break;
                case < 0x20:
                    quoted.AddRange(Encoding.ASCII.GetBytes($"\\u{letter:x4}"));
                    break;
                default:
                    quoted.Add(letter);
                    break;
            }
        }

        quoted.Add((byte)'"');
        return [.. quoted];
    }
}
