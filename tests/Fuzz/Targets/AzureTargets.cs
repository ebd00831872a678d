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
        new("azure.managed.queue", ["azure/managed-queue*.json"], ManagedQueue),
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
            return log.Outcome(reply.StatusCode, System.Text.Encoding.UTF8.GetString(reply.Body.Span));
        };
    }

    private static FuzzProbe ManagedQueue()
    {
        var log = new FuzzLog();
        var function = new AzureFunction(FuzzApplication.Create("azure", log), "Queue");
        return input =>
        {
            log.Clear();
            try
            {
                var data = new Dictionary<string, object?> { ["Id"] = "m1", ["DequeueCount"] = "2", ["InsertionTime"] = "2026-03-01T03:00:00Z" };
                function.InvokeMessagesAsync(System.Text.Encoding.UTF8.GetString(input.Body), data, 0, "i1", null, default).GetAwaiter().GetResult();
                return log.Outcome(200, "");
            }
            catch (MessageFailedException e)
            {
                return log.Outcome(400, e.Message);
            }
        };
    }
}
