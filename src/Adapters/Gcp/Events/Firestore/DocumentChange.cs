using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Portable.Gcp.Firestore;

/// <summary>What an event says of a document, its images as plain JSON.</summary>
/// <param name="Name">The document's full name; <see langword="null"/> when the event does not say.</param>
/// <param name="Old">The document before; empty when there was none.</param>
/// <param name="New">The document after; empty when it is gone.</param>
internal readonly record struct DocumentChange(string? Name, ReadOnlyMemory<byte> Old, ReadOnlyMemory<byte> New);

/// <summary>Writes values of Firestore as plain JSON: integers and doubles as numbers, times as RFC 3339, bytes as base64, references as names.</summary>
internal static class PlainJson
{
    /// <summary>How deep values may nest: Firestore allows 20 levels, readers of JSON 64.</summary>
    public const int MaxDepth = 60;

    /// <summary>A number; what is none in JSON is a text, as in the JSON form of protobuf.</summary>
    public static void WriteDouble(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }

    public static void WriteGeoPoint(Utf8JsonWriter json, double latitude, double longitude)
    {
        json.WriteStartObject();
        json.WritePropertyName("latitude"u8);
        WriteDouble(json, latitude);
        json.WritePropertyName("longitude"u8);
        WriteDouble(json, longitude);
        json.WriteEndObject();
    }

    /// <summary>A time with 0, 3, 6 or 9 digits of a second, as the JSON form of protobuf has it.</summary>
    /// <exception cref="FormatException">It is outside of the years 1 to 9999.</exception>
    public static void WriteTimestamp(Utf8JsonWriter json, long seconds, long nanos)
    {
        if (seconds is < -62_135_596_800 or > 253_402_300_799 || nanos is < 0 or > 999_999_999)
        {
            throw new FormatException("A time of the document is out of range.");
        }

        var text = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        json.WriteStringValue(nanos == 0 ? text + "Z"
            : nanos % 1_000_000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}.{nanos / 1_000_000:000}Z")
            : nanos % 1_000 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{text}.{nanos / 1_000:000000}Z")
            : string.Create(CultureInfo.InvariantCulture, $"{text}.{nanos:000000000}Z"));
    }

    /// <summary>A buffer for an image; most documents are small.</summary>
    public static ArrayBufferWriter<byte> Buffer(int encodedLength) => new(Math.Max(64, Math.Min(encodedLength, 64 * 1024)));
}
