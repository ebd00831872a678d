using System.Text;
using Portable.Aws.Events;
using Portable.Aws.Services;
using Portable.Runtime;

namespace Portable.Aws;

/// <summary>
/// Publishes events on one bus of EventBridge. What CloudEvents has and EventBridge has not stands among the resources as <c>urn:portable:{name}:{value}</c>;
/// <see cref="BusEvent"/> reads it.
/// </summary>
internal sealed class EventBridgePublisher(AwsApi api, string bus)
{
    /// <summary>What an event may have in bytes as EventBridge counts them (EventBridge User Guide, "Calculating PutEvents event entry size": less than 256 KB).</summary>
    public const int MaxBytes = CloudLimits.EventBridgeEvent;

    private const int TimeBytes = 14; // what a time counts for

    /// <summary>Publishes an event.</summary>
    public async Task PublishAsync(OutgoingEvent published, CancellationToken cancellationToken)
    {
        var type = published.Version > 1 ? FormattableString.Invariant($"{published.Type}.v{published.Version}") : published.Type;
        var resources = new List<string> { Resource("id", published.Id) };
        if (published.Subject is { } subject)
        {
            resources.Add(Resource("subject", subject));
        }

        foreach (var (name, value) in published.Attributes)
        {
            resources.Add(Resource(name, value));
        }

        var size = TimeBytes + published.Body.Length + Encoding.UTF8.GetByteCount(published.Source) + Encoding.UTF8.GetByteCount(type) + resources.Sum(Encoding.UTF8.GetByteCount);
        if (size >= MaxBytes)
        {
            throw new PayloadTooLargeException($"The event '{type}' has {size} bytes; EventBridge takes less than {MaxBytes} (EventBridge User Guide, PutEvents event entry size).");
        }

        var body = AwsJson.Object(json =>
        {
            json.WriteStartArray("Entries"u8);
            json.WriteStartObject();
            json.WriteString("EventBusName"u8, bus);
            json.WriteString("Source"u8, published.Source);
            json.WriteString("DetailType"u8, type);
            json.WriteString("Detail"u8, published.Body.Span);
            json.WriteNumber("Time"u8, published.Time.ToUnixTimeSeconds());
            json.WriteStartArray("Resources"u8);
            resources.ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        });
        try
        {
            await new AwsRetry(api.Time).CallAsync(cancel => PutAsync(body, cancel), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AwsApiException or HttpRequestException or InvalidOperationException)
        {
            throw AwsOutputs.Failed($"The event '{type}' was not published", e);
        }
    }

    // The call succeeds even where its entry did not.
    private async Task<bool> PutAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var answer = await api.CallAsync(AwsService.EventBridge, "PutEvents", body, cancellationToken).ConfigureAwait(false);
        if (answer.RootElement.TryGetProperty("FailedEntryCount", out var failed) && failed.GetInt32() > 0)
        {
            var entry = answer.RootElement.GetProperty("Entries")[0];
            throw new AwsApiException(entry.GetProperty("ErrorCode").GetString() ?? "Failed", entry.TryGetProperty("ErrorMessage", out var message) ? message.GetString() ?? "" : "");
        }

        return true;
    }

    // Escaped only where it must be, so that most identifiers can be read in the console.
    private static string Resource(string name, string value)
    {
        foreach (var letter in value)
        {
            if (letter is <= ' ' or > '~' or '%')
            {
                return $"{BusEvent.ResourcePrefix}{name}:{Uri.EscapeDataString(value)}";
            }
        }

        return $"{BusEvent.ResourcePrefix}{name}:{value}";
    }
}
