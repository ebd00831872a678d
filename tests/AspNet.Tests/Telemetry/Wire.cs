using System.Buffers.Binary;
using System.Text;

namespace Portable.AspNet.Tests.Telemetry;

/// <summary>
/// A message in Protocol Buffers' wire format, by field number (protobuf.dev/programming-guides/encoding): enough to read what an exporter sends
/// without the exporter's own code.
/// </summary>
internal sealed class Wire
{
    private readonly List<(int Field, object Value)> _fields = [];

    public Wire(ReadOnlyMemory<byte> bytes)
    {
        var at = 0;
        var all = bytes.Span;
        while (at < all.Length)
        {
            var tag = Varint(all, ref at);
            var field = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    _fields.Add((field, Varint(all, ref at)));
                    break;
                case 1:
                    _fields.Add((field, BinaryPrimitives.ReadUInt64LittleEndian(all[at..])));
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(all, ref at);
                    _fields.Add((field, bytes.Slice(at, length)));
                    at += length;
                    break;
                case 5:
                    _fields.Add((field, (ulong)BinaryPrimitives.ReadUInt32LittleEndian(all[at..])));
                    at += 4;
                    break;
                default:
                    throw new FormatException("no wire type of proto3");
            }
        }
    }

    public IEnumerable<Wire> Messages(int field) => Bytes(field).Select(static bytes => new Wire(bytes));

    public Wire? Message(int field) => Messages(field).FirstOrDefault();

    public IEnumerable<ReadOnlyMemory<byte>> Bytes(int field) => _fields.Where(member => member.Field == field).Select(static member => member.Value).OfType<ReadOnlyMemory<byte>>();

    public string Text(int field) => Bytes(field).Select(static bytes => Encoding.UTF8.GetString(bytes.Span)).FirstOrDefault() ?? "";

    public string Hex(int field) => Bytes(field).Select(static bytes => Convert.ToHexString(bytes.Span).ToLowerInvariant()).FirstOrDefault() ?? "";

    public ulong Number(int field) => _fields.Where(member => member.Field == field).Select(static member => member.Value).OfType<ulong>().FirstOrDefault();

    public bool Has(int field) => _fields.Any(member => member.Field == field);

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }
    }
}
