using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Portable.Runtime.Json;

namespace Portable.Gcp;

/// <summary>Reads CloudEvents 1.0 from HTTP: attributes in <c>ce-</c> headers (binary mode) or the whole event as JSON (structured mode).</summary>
internal static class CloudEventReader
{
    private const string Prefix = "ce-";
    private const string StructuredType = "application/cloudevents";

    public static CloudEventEnvelope Read(string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var media = MediaType(contentType);
        if (media.StartsWith("application/cloudevents-batch", StringComparison.OrdinalIgnoreCase))
        {
            throw new CloudEventException("Batches of events are not accepted: one request, one event.");
        }

        return !media.StartsWith(StructuredType, StringComparison.OrdinalIgnoreCase) ? ReadBinary(contentType, headers, body)
            : media.Equals(StructuredType + "+json", StringComparison.OrdinalIgnoreCase) ? ReadStructured(body)
            : throw new CloudEventException($"Structured events are accepted as {StructuredType}+json, not as {media}.");
    }

    /// <summary>Whether the request carries an event at all; a bare Pub/Sub push does not.</summary>
    public static bool IsCloudEvent(string? contentType, IHeaderDictionary headers) =>
        headers.ContainsKey("ce-specversion") || headers.ContainsKey("ce-id") || headers.ContainsKey("ce-type")
        || MediaType(contentType).StartsWith(StructuredType, StringComparison.OrdinalIgnoreCase);

    private static CloudEventEnvelope ReadBinary(string? contentType, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        var builder = new Builder();
        foreach (var (name, values) in headers)
        {
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            {
                // Attribute values are percent-encoded in headers (HTTP binding 3.1.3.2).
                builder.Set(name[Prefix.Length..].ToLowerInvariant(), Uri.UnescapeDataString(values.ToString()));
            }
        }

        // Content-Type stands for datacontenttype in binary mode, and a ce- header of that name is no attribute.
        builder.Set("datacontenttype", contentType);
        return builder.Build(body);
    }

    private static CloudEventEnvelope ReadStructured(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = WireJson.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new CloudEventException("A structured event is a JSON object.");
            }

            var builder = new Builder();
            ReadOnlyMemory<byte> data = default;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                switch (member.Name)
                {
                    case "data":
                        data = Encoding.UTF8.GetBytes(member.Value.GetRawText());
                        break;
                    case "data_base64":
                        data = member.Value.ValueKind == JsonValueKind.String && member.Value.TryGetBytesFromBase64(out var bytes)
                            ? bytes
                            : throw new CloudEventException("'data_base64' is not base64.");
                        break;
                    default:
                        builder.Set(member.Name, AttributeText(member));
                        break;
                }
            }

            return builder.Build(data);
        }
        catch (JsonException e)
        {
            throw new CloudEventException("The structured event is not valid JSON.", innerException: e);
        }
    }

    private static string? AttributeText(JsonProperty attribute) => attribute.Value.ValueKind switch
    {
        JsonValueKind.String => attribute.Value.GetString(),
        JsonValueKind.Null => null, // the JSON format: as if the attribute were absent
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => attribute.Value.GetRawText(),
        _ => throw new CloudEventException($"The attribute '{attribute.Name}' is neither a text, a number nor a boolean."),
    };

    private static string MediaType(string? contentType)
    {
        var end = contentType?.IndexOf(';') ?? -1;
        return (end < 0 ? contentType ?? "" : contentType![..end]).Trim();
    }

    private struct Builder()
    {
        private readonly Dictionary<string, string> _extensions = new(StringComparer.Ordinal);
        private string? _id;
        private string? _source;
        private string? _type;
        private string? _specVersion;
        private string? _subject;
        private string? _time;
        private string? _dataContentType;
        private string? _dataSchema;

        public void Set(string name, string? value)
        {
            switch (name)
            {
                case "id": _id = value; break;
                case "source": _source = value; break;
                case "type": _type = value; break;
                case "specversion": _specVersion = value; break;
                case "subject": _subject = value; break;
                case "time": _time = value; break;
                case "datacontenttype": _dataContentType = value; break;
                case "dataschema": _dataSchema = value; break;
                default:
                    if (value is not null)
                    {
                        _extensions[name] = IsAttributeName(name) ? value : throw new CloudEventException($"'{name}' is not the name of an attribute: lower-case letters and digits.");
                    }

                    break;
            }
        }

        public readonly CloudEventEnvelope Build(ReadOnlyMemory<byte> data) => new()
        {
            SpecVersion = Required("specversion", _specVersion) is "1.0"
                ? "1.0"
                : throw new CloudEventException($"The event follows version {_specVersion} of CloudEvents; 1.0 is accepted."),
            Id = Required("id", _id),
            Source = Uri.TryCreate(Required("source", _source), UriKind.RelativeOrAbsolute, out _) ? _source! : throw new CloudEventException("The attribute 'source' is not a URI reference."),
            Type = Required("type", _type),
            Subject = _subject,
            Time = _time is null ? null
                : DateTimeOffset.TryParse(_time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
                : throw new CloudEventException("The attribute 'time' is not a time."),
            DataContentType = _dataContentType,
            DataSchema = _dataSchema,
            Extensions = _extensions,
            Data = data,
        };

        private static string Required(string name, string? value) =>
            string.IsNullOrEmpty(value) ? throw new CloudEventException($"The event has no attribute '{name}'.") : value;

        private static bool IsAttributeName(string name) => name.Length > 0 && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));
    }
}
