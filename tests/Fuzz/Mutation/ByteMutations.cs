using System.Text;

namespace Portable.Fuzz;

/// <summary>Damage that knows nothing of the format.</summary>
internal static class ByteMutations
{
    private static readonly byte[][] Splices =
    [
        .. new[] { "null", "{}", "[]", "\"", "\\", "\\ud800", "-1", "1e999", "true", ",", ":", "}", "]", "[[[[", "\0", "é", "{\"a\":", "\u2028", "\r\n", "%00", "%2F", "%", "==", "..", "/*", "\uFEFF" }.Select(static text => Encoding.UTF8.GetBytes(text)),
        [0xFF],
        [0xC0, 0x80],
        [0xED, 0xA0, 0x80],
        [0xF8, 0x88, 0x80, 0x80, 0x80],
    ];

    /// <summary>Damages one place.</summary>
    public static byte[] Apply(ReadOnlySpan<byte> original, FuzzRandom random)
    {
        var at = random.Next(original.Length + 1);
        var before = original[..at];
        var after = original[at..];
        switch (random.Next(7))
        {
            case 0 when after.Length > 0: // flip
                return [.. before, (byte)(after[0] ^ (1 << random.Next(8))), .. after[1..]];
            case 1 when after.Length > 0: // replace
                return [.. before, (byte)random.Next(256), .. after[1..]];
            case 2: // delete
                return [.. before, .. after[Math.Min(random.Next(20) + 1, after.Length)..]];
            case 3: // duplicate
                return [.. before, .. after[..Math.Min(random.Next(60) + 1, after.Length)], .. after];
            case 4: // truncate
                return before.ToArray();
            case 5 when after.Length > 1: // move
                var cut = random.Next(after.Length);
                return [.. after[cut..], .. before, .. after[..cut]];
            default: // insert
                return [.. before, .. random.Pick(Splices), .. after];
        }
    }
}
