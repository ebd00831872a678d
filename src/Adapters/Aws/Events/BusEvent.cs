using System.Globalization;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Aws.Events;

/// <summary>
/// An event of EventBridge: <c>{version, id, detail-type, source, account, time, region, resources, detail}</c>. Events that Portable publishes name their version as
/// <c>.vN</c> behind the type, and what CloudEvents has and EventBridge has not as <c>urn:portable:*</c> among the resources.
/// </summary>
internal static class BusEvent
{
    /// <summary>What such a resource begins with.</summary>
    public const string ResourcePrefix = "urn:portable:";

    private const string Wanted = "Event functions take events of EventBridge.";

    /// <summary>Reads an event.</summary>
    /// <param name="json">The event.</param>
    /// <param name="wanted">The type that the function takes.</param>
    /// <exception cref="MalformedEventException">It is no such event.</exception>
    public static MessageBatch Read(ReadOnlyMemory<byte> json, string wanted)
    {
        json = EventJson.WithoutMark(json);
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            EventJson.BeginObject(ref reader);
            string? id = null, type = null, source = null;
            DateTimeOffset? time = null;
            ReadOnlyMemory<byte>? detail = null;
            var resources = default(Resources);
            while (EventJson.NextProperty(ref reader))
            {
                if (reader.ValueSpan.SequenceEqual("detail"u8))
                {
                    detail = EventJson.ReadRaw(ref reader, json);
                }
                else if (reader.ValueSpan.SequenceEqual("detail-type"u8))
                {
                    type = EventJson.ReadString(ref reader);
                }
                else if (reader.ValueSpan.SequenceEqual("source"u8))
                {
                    source = EventJson.ReadString(ref reader);
                }
                else if (reader.ValueSpan.SequenceEqual("id"u8))
                {
                    id = EventJson.ReadString(ref reader);
                }
                else if (reader.ValueSpan.SequenceEqual("time"u8))
                {
                    time = EventJson.ReadTime(ref reader);
                }
                else if (reader.ValueSpan.SequenceEqual("resources"u8))
                {
                    resources.Read(ref reader);
                }
                else
                {
                    reader.Skip();
                }
            }

            EventJson.End(ref reader);
            if (id is not { Length: > 0 } || type is not { Length: > 0 } || source is null)
            {
                throw new MalformedEventException($"The event has no id, no detail-type or no source. {Wanted}");
            }

            var (name, version) = SplitVersion(type, wanted);
            var message = new ReceivedMessage(
                resources.Id ?? id,
                detail ?? default,
                Attributes: resources.Attributes,
                EnqueuedAt: time,
                Detail: detail is null ? new Unreadable("The event has no detail.") : new EventDescription(source, name, version, resources.Subject, "application/json"));
            return new MessageBatch([message], FailureReport.WholeEvent);
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw EventJson.Malformed(e);
        }
    }

    /// <summary>Takes the version off a type, unless the function's own type is written like that.</summary>
    internal static (string Type, int Version) SplitVersion(string type, string wanted)
    {
        var at = type.LastIndexOf(".v", StringComparison.Ordinal);
        return at > 0 && type != wanted && at + 2 < type.Length && type[at + 2] is >= '1' and <= '9'
            && int.TryParse(type.AsSpan(at + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 1
            ? (type[..at], version)
            : (type, 1);
    }

    private struct Resources
    {
        public string? Id;
        public string? Subject;
        public Dictionary<string, string>? Attributes;

        public void Read(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                reader.Skip();
                return;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.StartsWith("urn:portable:"u8))
                {
                    Take(reader.GetString()!);
                }

                reader.Skip();
            }
        }

        private void Take(string resource)
        {
            var rest = resource.AsSpan(ResourcePrefix.Length);
            var colon = rest.IndexOf(':');
            if (colon <= 0)
            {
                return;
            }

            var value = Uri.UnescapeDataString(rest[(colon + 1)..].ToString());
            switch (rest[..colon])
            {
                case "id" when value.Length > 0:
                    Id = value;
                    break;
                case "subject":
                    Subject = value;
                    break;
                case var name:
                    (Attributes ??= new(StringComparer.OrdinalIgnoreCase))[name.ToString()] = value;
                    break;
            }
        }
    }
}
