using System.Text;
using System.Text.Json;
using Portable.Aws.Services;
using Portable.Runtime;

namespace Portable.Aws;

/// <summary>Sends messages to one queue of SQS, over its JSON protocol. A URL that ends in <c>.fifo</c> is a FIFO queue's.</summary>
internal sealed class SqsSender(AwsApi api, string url)
{
    /// <summary>What a message may have in bytes, attributes included (SQS API reference, SendMessage: 1 MiB).</summary>
    public const int MaxBytes = CloudLimits.SqsMessage;

    /// <summary>The group of messages of a FIFO queue that name none: one for all, so that all keep their order.</summary>
    public const string DefaultGroup = "default";

    /// <summary>Sends a message.</summary>
    /// <returns>The identifier that SQS gave it.</returns>
    public async Task<string> SendAsync(string queue, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var fifo = url.EndsWith(".fifo", StringComparison.Ordinal);
        if (fifo && message.Delay > TimeSpan.Zero)
        {
            throw new OutputException($"'{queue}' is a FIFO queue, which cannot hold single messages back; set the delay on the queue.");
        }

        var size = message.Body.Length;
        foreach (var (name, value) in message.Attributes)
        {
            size += Encoding.UTF8.GetByteCount(name) + "String".Length + Encoding.UTF8.GetByteCount(value);
        }

        if (size > MaxBytes)
        {
            throw new PayloadTooLargeException($"The message for '{queue}' has {size} bytes with its attributes; SQS takes {MaxBytes} (SQS API reference, SendMessage).");
        }

        // Made once, so that a message that is sent again by a retry is recognised.
        var deduplication = fifo ? message.DeduplicationId ?? Guid.NewGuid().ToString("n") : null;
        var body = AwsJson.Object(json =>
        {
            json.WriteString("QueueUrl"u8, url);
            json.WriteString("MessageBody"u8, message.Body.Span);
            if (message.Delay > TimeSpan.Zero)
            {
                json.WriteNumber("DelaySeconds"u8, (int)Math.Ceiling(message.Delay.TotalSeconds));
            }

            if ((message.Group ?? (fifo ? DefaultGroup : null)) is { } group)
            {
                json.WriteString("MessageGroupId"u8, group);
            }

            if (deduplication is not null)
            {
                json.WriteString("MessageDeduplicationId"u8, deduplication);
            }

            WriteAttributes(json, message.Attributes);
        });
        try
        {
            return await new AwsRetry(api.Time).CallAsync(
                async cancel =>
                {
                    using var answer = await api.CallAsync(AwsService.Sqs, "SendMessage", body, cancel).ConfigureAwait(false);
                    return answer.RootElement.GetProperty("MessageId").GetString()!;
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AwsApiException or HttpRequestException or InvalidOperationException or KeyNotFoundException)
        {
            throw AwsOutputs.Failed($"The message for '{queue}' was not sent", e);
        }
    }

    private static void WriteAttributes(Utf8JsonWriter json, IReadOnlyDictionary<string, string> attributes)
    {
        if (attributes.Count == 0)
        {
            return;
        }

        json.WriteStartObject("MessageAttributes"u8);
        foreach (var (name, value) in attributes)
        {
            json.WriteStartObject(name);
            json.WriteString("DataType"u8, "String"u8);
            json.WriteString("StringValue"u8, value);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
