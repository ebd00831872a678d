using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Portable.Runtime;

/// <summary>Values that look random and are the same for the same seed: a replay must take what the run took.</summary>
public static class Seeded
{
    /// <summary>From 0 inclusive to 1 exclusive.</summary>
    public static double Fraction(string seed) => (BinaryPrimitives.ReadUInt64LittleEndian(Hash(seed)) >> 11) * (1.0 / (1UL << 53));

    /// <summary>An identifier.</summary>
    public static Guid Guid(string seed)
    {
        var bytes = Hash(seed)[..16];
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x80); // version 8: made by a rule of our own
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    private static byte[] Hash(string seed) => SHA256.HashData(Encoding.UTF8.GetBytes(seed));
}
