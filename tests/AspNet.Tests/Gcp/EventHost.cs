using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Portable.Gcp;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>
/// A host that answers each event with the event as it was understood, in the JSON format of CloudEvents: what the published conformance
/// cases ask of a function, done with the adapter's own reader.
/// </summary>
internal sealed class EventHost : IAsyncDisposable
{
    private readonly KestrelHost _host;

    private EventHost(KestrelHost host)
    {
        _host = host;
        Http = new HttpClient { BaseAddress = host.Addresses[0] };
    }

    public HttpClient Http { get; }

    public static async Task<EventHost> StartAsync() => new(await KestrelHost.StartAsync(
        new IPEndPoint(IPAddress.Loopback, 0),
        static async context =>
        {
            HttpReply reply;
            try
            {
                reply = HttpReply.JsonText(200, JsonSerializer.SerializeToUtf8Bytes(Write(await CloudEventEnvelope.ReadAsync(context.Request))));
            }
            catch (CloudEventException e)
            {
                reply = HttpReply.Problem(e.StatusCode, e.Message);
            }

            await reply.WriteAsync(context);
        },
        static () => NullLogger.Instance,
        TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _host.DisposeAsync();
    }

    private static JsonObject Write(CloudEventEnvelope envelope)
    {
        var json = new JsonObject
        {
            ["specversion"] = envelope.SpecVersion,
            ["type"] = envelope.Type,
            ["source"] = envelope.Source,
            ["id"] = envelope.Id,
        };
        void Add(string name, string? value)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }

        Add("subject", envelope.Subject);
        Add("time", envelope.Time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", System.Globalization.CultureInfo.InvariantCulture));
        Add("datacontenttype", envelope.DataContentType);
        Add("dataschema", envelope.DataSchema);
        foreach (var (name, value) in envelope.Extensions)
        {
            json[name] = value;
        }

        if (!envelope.Data.IsEmpty)
        {
            json["data"] = JsonNode.Parse(envelope.Data.Span);
        }

        return json;
    }
}
