using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>Firestore's document events by way of the vendor's own protobuf library: an encoder and a decoder to compare with.</summary>
internal static class DocumentJudge
{
    /// <summary>The event of a document that has these two images.</summary>
    public static byte[] Encode(string name, JsonObject? oldFields, JsonObject? newFields) => Message(output =>
    {
        if (newFields is not null)
        {
            Bytes(output, 1, Document(name, newFields));
        }

        if (oldFields is not null)
        {
            Bytes(output, 2, Document(name, oldFields));
        }

        Bytes(output, 3, Message(mask => Bytes(mask, 1, "changed"u8.ToArray())));
    });

    /// <summary>A value of Firestore from plain JSON: what a text is like decides what kind of text it becomes.</summary>
    public static byte[] Value(JsonNode? value) => Message(output =>
    {
        switch (value)
        {
            case null:
                output.WriteTag(11, WireFormat.WireType.Varint);
                output.WriteEnum(0);
                break;
            case JsonObject point when point.ContainsKey("latitude"):
                Bytes(output, 8, Message(inner =>
                {
                    inner.WriteTag(1, WireFormat.WireType.Fixed64);
                    inner.WriteDouble(point["latitude"]!.GetValue<double>());
                    inner.WriteTag(2, WireFormat.WireType.Fixed64);
                    inner.WriteDouble(point["longitude"]!.GetValue<double>());
                }));
                break;
            case JsonObject map:
                Bytes(output, 6, Message(inner => Fields(inner, 1, map)));
                break;
            case JsonArray array:
                Bytes(output, 9, Message(inner =>
                {
                    foreach (var item in array)
                    {
                        Bytes(inner, 1, Value(item));
                    }
                }));
                break;
            case JsonValue scalar:
                Scalar(output, scalar);
                break;
        }
    });

    /// <summary>The images as the vendor's decoder sees them; throws when it refuses the bytes.</summary>
    public static (string? Name, JsonObject? Old, JsonObject? New) Decode(byte[] message)
    {
        ByteString newDocument = ByteString.Empty, oldDocument = ByteString.Empty;
        Each(message, (field, input) =>
        {
            switch (field)
            {
                case 1: newDocument = input.ReadBytes(); break;
                case 2: oldDocument = input.ReadBytes(); break;
                default: input.SkipLastField(); break;
            }
        });
        var (newName, newFields) = DecodeDocument(newDocument.ToByteArray());
        var (oldName, oldFields) = DecodeDocument(oldDocument.ToByteArray());
        return (newName ?? oldName, oldFields, newFields);
    }

    private static (string? Name, JsonObject? Fields) DecodeDocument(byte[] message)
    {
        string? name = null;
        var fields = new JsonObject();
        Each(message, (field, input) =>
        {
            switch (field)
            {
                case 1: name = input.ReadString(); break;
                case 2: DecodeEntry(fields, input.ReadBytes().ToByteArray()); break;
                default: input.SkipLastField(); break;
            }
        });
        return string.IsNullOrEmpty(name) ? (null, null) : (name, fields);
    }

    private static void DecodeEntry(JsonObject into, byte[] message)
    {
        var key = "";
        var value = Array.Empty<byte>();
        Each(message, (field, input) =>
        {
            switch (field)
            {
                case 1: key = input.ReadString(); break;
                case 2: value = input.ReadBytes().ToByteArray(); break;
                default: input.SkipLastField(); break;
            }
        });
        into[key] = DecodeValue(value);
    }

    private static JsonNode? DecodeValue(byte[] message)
    {
        JsonNode? result = null;
        Each(message, (field, input) =>
        {
            switch (field)
            {
                case 1: result = input.ReadBool(); break;
                case 2: result = input.ReadInt64(); break;
                case 3: result = Number(input.ReadDouble()); break;
                case 5 or 17: result = input.ReadString(); break;
                case 6:
                    var map = new JsonObject();
                    Each(input.ReadBytes().ToByteArray(), (inner, entries) =>
                    {
                        if (inner == 1)
                        {
                            DecodeEntry(map, entries.ReadBytes().ToByteArray());
                        }
                        else
                        {
                            entries.SkipLastField();
                        }
                    });
                    result = map;
                    break;
                case 8:
                    double latitude = 0, longitude = 0;
                    Each(input.ReadBytes().ToByteArray(), (inner, point) =>
                    {
                        switch (inner)
                        {
                            case 1: latitude = point.ReadDouble(); break;
                            case 2: longitude = point.ReadDouble(); break;
                            default: point.SkipLastField(); break;
                        }
                    });
                    result = new JsonObject { ["latitude"] = Number(latitude), ["longitude"] = Number(longitude) };
                    break;
                case 9:
                    var array = new JsonArray();
                    Each(input.ReadBytes().ToByteArray(), (inner, items) =>
                    {
                        if (inner == 1)
                        {
                            array.Add(DecodeValue(items.ReadBytes().ToByteArray()));
                        }
                        else
                        {
                            items.SkipLastField();
                        }
                    });
                    result = array;
                    break;
                case 10:
                    // The vendor's own well-known type, and its own JSON form.
                    result = JsonNode.Parse(JsonFormatter.Default.Format(Google.Protobuf.WellKnownTypes.Timestamp.Parser.ParseFrom(input.ReadBytes())));
                    break;
                case 11:
                    input.ReadEnum();
                    result = null;
                    break;
                case 18: result = Convert.ToBase64String(input.ReadBytes().ToByteArray()); break;
                default: input.SkipLastField(); break;
            }
        });
        return result;
    }

    private static JsonNode Number(double value) => double.IsFinite(value) ? value : double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private static void Each(byte[] message, Action<int, CodedInputStream> read)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            read(WireFormat.GetTagFieldNumber(tag), input);
        }
    }

    private static byte[] Document(string name, JsonObject fields) => Message(output =>
    {
        output.WriteTag(1, WireFormat.WireType.LengthDelimited);
        output.WriteString(name);
        Fields(output, 2, fields);
        Bytes(output, 4, new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = 1_587_635_533, Nanos = 211_035_000 }.ToByteArray());
    });

    private static void Fields(CodedOutputStream output, int field, JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            Bytes(output, field, Message(entry =>
            {
                entry.WriteTag(1, WireFormat.WireType.LengthDelimited);
                entry.WriteString(name);
                Bytes(entry, 2, Value(value));
            }));
        }
    }

    private static void Scalar(CodedOutputStream output, JsonValue scalar)
    {
        if (scalar.TryGetValue(out bool flag))
        {
            output.WriteTag(1, WireFormat.WireType.Varint);
            output.WriteBool(flag);
        }
        else if (scalar.TryGetValue(out long integer))
        {
            output.WriteTag(2, WireFormat.WireType.Varint);
            output.WriteInt64(integer);
        }
        else if (scalar.TryGetValue(out double number))
        {
            output.WriteTag(3, WireFormat.WireType.Fixed64);
            output.WriteDouble(number);
        }
        else if (scalar.GetValue<string>() is var text && text.EndsWith('Z') && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time))
        {
            Bytes(output, 10, Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(time).ToByteArray());
        }
        else if (text.StartsWith("projects/", StringComparison.Ordinal))
        {
            Bytes(output, 5, Encoding.UTF8.GetBytes(text));
        }
        else if (text.EndsWith("==", StringComparison.Ordinal))
        {
            Bytes(output, 18, Convert.FromBase64String(text));
        }
        else
        {
            Bytes(output, 17, Encoding.UTF8.GetBytes(text));
        }
    }

    private static void Bytes(CodedOutputStream output, int field, byte[] content)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(content));
    }

    private static byte[] Message(Action<CodedOutputStream> write)
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            write(output);
        }

        return stream.ToArray();
    }
}
