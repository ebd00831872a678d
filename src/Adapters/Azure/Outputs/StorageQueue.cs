using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Portable.Runtime;

namespace Portable.Azure.Outputs;

/// <summary>Puts messages into a storage queue (documentation: "Put Message"). The text is base64, as the Functions host expects by default, and never expires.</summary>
internal sealed class StorageQueue(StorageApi api, Uri address, string name)
{
    /// <summary>The most bytes of a message's text (documentation: "Scalability and performance targets for Queue Storage", 64 KiB).</summary>
    public const int MaxBytes = CloudLimits.StorageQueueMessage;

    /// <summary>How long a message may be held back (documentation: "Put Message", <c>visibilitytimeout</c>).</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    public async Task<string> SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (message.Group is not null)
        {
            throw new OutputException($"The message for '{name}' has a group, and Azure storage queues keep no order: send it without, or to a stream.");
        }

        if (message.Delay < TimeSpan.Zero || message.Delay > LongestDelay)
        {
            throw new OutputException($"The message for '{name}' is to be held back for {message.Delay}; Azure storage queues hold messages back for up to 7 days.");
        }

        var text = Convert.ToBase64String(QueueText.Wrap(message.Body, message.Attributes).Span);
        if (text.Length > MaxBytes)
        {
            throw new PayloadTooLargeException(
                $"The message for '{name}' has {text.Length} bytes in base64, its attributes included; Azure storage queues take {MaxBytes} (Scalability and performance targets for Queue Storage).");
        }

        var query = $"messagettl=-1&visibilitytimeout={((long)Math.Ceiling(message.Delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture)}";
        var target = new UriBuilder(address) { Path = address.AbsolutePath.TrimEnd('/') + "/messages", Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{query}" : query }.Uri;
        var body = Encoding.UTF8.GetBytes($"<QueueMessage><MessageText>{text}</MessageText></QueueMessage>");
        var what = $"The message for '{name}' was not sent";
        using var response = await api.SendAsync(Create, what, cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode
            ? MessageId(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false))
            : throw StorageApi.Refused(what, response);

        HttpRequestMessage Create()
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
            return new HttpRequestMessage(HttpMethod.Post, target) { Content = content };
        }
    }

    // The message is in the queue by now, so that an answer without an identifier is no failure.
    private static string MessageId(string answer)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(answer.TrimStart('\uFEFF')), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            return XDocument.Load(reader).Descendants("MessageId").FirstOrDefault()?.Value ?? "";
        }
        catch (XmlException)
        {
            return "";
        }
    }
}
