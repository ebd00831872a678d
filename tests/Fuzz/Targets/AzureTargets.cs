using System.Text;
using System.Text.Json;
using Portable.Azure;

namespace Portable.Fuzz.Targets;

/// <summary>Invocations of the Functions host: posted to a custom handler, and handed to emitted wrappers of the isolated worker.</summary>
internal static class AzureTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("azure.custom.http", ["azure/custom-http*.http"], () => Custom(forwardsHttp: false)),
        new("azure.custom.queue", ["azure/custom-queue*.http"], () => Custom(forwardsHttp: false)),
        new("azure.custom.schedule", ["azure/custom-timer*.http"], () => Custom(forwardsHttp: false)),
        new("azure.custom.forwarded", ["gcp/http*.http"], () => Custom(forwardsHttp: true)),
        new("azure.managed.http", ["gcp/http*.http"], ManagedHttp),
        new("azure.custom.stream", ["azure/custom-stream*.http"], () => Custom(forwardsHttp: false)),
        new("azure.custom.device", ["azure/custom-device*.http"], () => Custom(forwardsHttp: false)),
        new("azure.custom.event", ["azure/custom-event*.http"], () => Custom(forwardsHttp: false)),
        new("azure.custom.storage", ["azure/custom-storage*.http"], () => Custom(forwardsHttp: false)),
        new("azure.custom.table", ["azure/custom-table*.http"], () => Custom(forwardsHttp: false)),
        new("azure.managed.queue", ["azure/managed-queue*.json"], () => ManagedText("Queue")),
        new("azure.managed.event", ["azure/managed-event*.json"], () => ManagedText("Event")),
        new("azure.managed.storage", ["azure/managed-storage*.json"], () => ManagedText("Storage"), ["azure/eventgrid.blobcreated.*.json"]),
        new("azure.managed.table", ["azure/managed-table*.json"], () => ManagedText("Table")),
        new("azure.managed.stream", ["azure/managed-stream*.json"], () => ManagedBatch("Stream")),
        new("azure.managed.device", ["azure/managed-stream*.json"], () => ManagedBatch("Device")),
    ];

    internal static FuzzProbe Custom(bool forwardsHttp)
    {
        var log = new FuzzLog();
        var handler = new CustomHandler(FuzzApplication.Create("azure", log), forwardsHttp);
        return input =>
        {
            log.Clear();
            var (status, body) = HttpProbe.Call(handler.HandleAsync, input);
            if (status != 200 || forwardsHttp)
            {
                return log.Outcome(status, body);
            }

            // An HTTP function's own status is in the output binding.
            using var reply = body.Length == 0 ? JsonDocument.Parse("{}") : JsonDocument.Parse(body);
            return reply.RootElement.TryGetProperty("Outputs", out var outputs) && outputs.TryGetProperty("res", out var res)
                ? log.Outcome(int.Parse(res.GetProperty("statusCode").ToString(), System.Globalization.CultureInfo.InvariantCulture), res.GetProperty("body").ToString())
                : log.Outcome(status, body);
        };
    }

    private static FuzzProbe ManagedHttp()
    {
        var log = new FuzzLog();
        var function = new AzureFunction(FuzzApplication.Create("azure", log), "Place");
        return input =>
        {
            log.Clear();
            var (method, target) = input.RequestLine();
            if (!Uri.TryCreate("http://localhost/" + target.TrimStart('/'), UriKind.Absolute, out var url))
            {
                return FuzzOutcome.Rejected("no URL, which no host sends");
            }

            using var body = new MemoryStream(input.Body);
            var headers = input.Headers().Select(static header => KeyValuePair.Create(header.Name, header.Value));
            var reply = function.InvokeHttpAsync(method, url, headers, body, "i1", null, default).GetAwaiter().GetResult();
            return log.Outcome(reply.StatusCode, Encoding.UTF8.GetString(reply.Body.Span));
        };
    }

    /// <summary>One text, as queues, Event Grid and the change feed deliver.</summary>
    private static FuzzProbe ManagedText(string name)
    {
        var data = new Dictionary<string, object?> { ["Id"] = "m1", ["DequeueCount"] = "2", ["InsertionTime"] = "2026-03-01T03:00:00Z" };
        return Managed(name, (function, input) => function.InvokeMessagesAsync(Encoding.UTF8.GetString(input.Body), data, 0, "i1", null, default));
    }

    /// <summary>A batch of Event Hubs with what the worker knows of it: collections, and texts that hold JSON.</summary>
    private static FuzzProbe ManagedBatch(string name) => Managed(name, static (function, input) =>
    {
        var (payloads, data) = Batch(input.Body);
        return function.InvokeMessagesAsync(payloads, data, 0, "i1", null, default);
    });

    private static FuzzProbe Managed(string name, Func<AzureFunction, FuzzEvent, Task> call)
    {
        var log = new FuzzLog();
        var function = new AzureFunction(FuzzApplication.Create("azure", log), name);
        return input =>
        {
            log.Clear();
            try
            {
                call(function, input).GetAwaiter().GetResult();
                return log.Outcome(200, "");
            }
            catch (MessageFailedException e)
            {
                return log.Outcome(400, e.Message);
            }
        };
    }

    // Damage reaches the parts; what holds them together is the worker's own.
    private static (List<string> Payloads, Dictionary<string, object?> Data) Batch(byte[] text)
    {
        var payloads = new List<string>();
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var document = JsonDocument.Parse(text);
            foreach (var payload in document.RootElement.GetProperty("payloads").EnumerateArray())
            {
                payloads.Add(payload.ToString());
            }

            foreach (var collection in document.RootElement.GetProperty("collections").EnumerateObject())
            {
                data[collection.Name] = collection.Value.EnumerateArray().Select(static item => item.ToString()).ToList();
            }

            foreach (var member in document.RootElement.GetProperty("texts").EnumerateObject())
            {
                data[member.Name] = member.Value.ToString();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            payloads.Add(Encoding.UTF8.GetString(text)); // a single record that is not what it should be
        }

        return (payloads, data);
    }
}
