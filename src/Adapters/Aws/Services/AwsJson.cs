using System.Buffers;
using System.Text.Json;

namespace Portable.Aws.Services;

/// <summary>Writes request bodies.</summary>
internal static class AwsJson
{
    public static ReadOnlyMemory<byte> Object(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
