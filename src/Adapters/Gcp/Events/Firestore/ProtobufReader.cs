using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Portable.Gcp.Firestore;

/// <summary>
/// Reads fields of one protobuf message (protobuf.dev/programming-guides/encoding). Small on purpose: Firestore's events need five kinds of fields, and the vendor's
/// library would add megabytes to a program compiled ahead of time. Every length is checked against what is left, so input decides neither memory nor depth.
/// </summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The wire type of the field that <see cref="Next"/> found.</summary>
    public int WireType { get; private set; }

    /// <summary>The number of the next field; 0 at the end.</summary>
    /// <exception cref="FormatException">The message is malformed.</exception>
    public int Next()
    {
        if (_rest.IsEmpty)
        {
            return 0;
        }

        var tag = Varint();
        WireType = (int)(tag & 7);
        return tag >> 3 is > 0 and <= 536_870_911 and var field ? (int)field : throw Malformed();
    }

    /// <summary>The value of a field of wire type 0.</summary>
    public ulong ReadVarint() => WireType == 0 ? Varint() : throw Malformed();

    /// <summary>The value of a field of wire type 1 as a double.</summary>
    public double ReadDouble()
    {
        var bytes = WireType == 1 ? Take(sizeof(double)) : throw Malformed();
        return BinaryPrimitives.ReadDoubleLittleEndian(bytes);
    }

    /// <summary>The content of a field of wire type 2: bytes or a message.</summary>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = WireType == 2 ? Varint() : throw Malformed();
        return length <= (ulong)_rest.Length ? Take((int)length) : throw Malformed();
    }

    /// <summary>The content of a field of wire type 2 that is UTF-8.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        var bytes = ReadBytes();
        return Utf8.IsValid(bytes) ? bytes : throw new FormatException("A text of the document is not UTF-8.");
    }

    /// <summary>Passes over a field that nobody needs. Groups, which nobody has written for many years, are refused.</summary>
    public void Skip() => _ = WireType switch
    {
        0 => Varint() > 0,
        1 => Take(sizeof(ulong)).IsEmpty,
        2 => ReadBytes().IsEmpty,
        5 => Take(sizeof(uint)).IsEmpty,
        _ => throw Malformed(),
    };

    /// <summary>The error of a message that breaks the encoding.</summary>
    public static FormatException Malformed() => new("The data of the event is not a document event in protobuf.");

    private ulong Varint()
    {
        ulong value = 0;
        for (var i = 0; i < 10 && i < _rest.Length; i++)
        {
            var part = _rest[i];
            value |= (ulong)(part & 0x7f) << (7 * i);
            if (part < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw Malformed();
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw Malformed();
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
