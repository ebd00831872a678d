using System.Net;
using System.Text;
using System.Text.Json;
using Portable.Integration.Tests.Support;
using Portable.TestKit;

namespace Portable.Integration.Tests.Deployables;

/// <summary>The deployable for Cloud Run, started as the container starts it.</summary>
public sealed class GcpNativeTests(OrdersSample orders)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_folder_is_what_cloud_run_takes() =>
        Assert.Equal(
            ["Dockerfile", "Orders", "definitions/gcp/order-fulfilment.workflows.yaml", "portable.json"],
            FolderContent.Names(await orders.PublishedAsync("gcp", "native")));

    [Fact]
    [Supports("HTTP trigger", "gcp native")]
    [Supports("Services from [Startup]", "gcp native")]
    public async Task It_answers_http_requests_and_publishes()
    {
        await using var bus = await LoopbackBus.StartAsync("""{"messageIds":["1"]}""", Stop);
        var (status, body) = await PostAsync("Place", "/orders", OrdersSample.Input("order.json"), new()
        {
            ["PUBSUB_EMULATOR_HOST"] = new Uri(bus.Address).Authority,
            ["PORTABLE_EVENTS_TOPIC"] = "projects/p/topics/orders",
        });

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal("""{"id":"A-1001","totalCents":6190}""", body);
        var (topic, published) = Assert.Single(bus.Published);
        Assert.Equal("/v1/projects/p/topics/orders:publish", topic);
        using var request = JsonDocument.Parse(published);
        var message = request.RootElement.GetProperty("messages")[0];
        Assert.Equal("com.example.order.placed", message.GetProperty("attributes").GetProperty("ce-type").GetString());
        Assert.Contains("A-1001", Encoding.UTF8.GetString(message.GetProperty("data").GetBytesFromBase64()), StringComparison.Ordinal);
    }

    [Fact]
    [Supports("Queue trigger, single messages", "gcp native")]
    public async Task It_acknowledges_a_message()
    {
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(OrdersSample.Input("parcel-sent.json")));

        var (status, _) = await PostAsync("SendParcel", "/", $$$"""{"message":{"data":"{{{data}}}","messageId":"1","attributes":{}},"subscription":"projects/p/subscriptions/s"}""");

        Assert.True((int)status is 200 or 204, $"{status}");
    }

    [Fact]
    [Supports("Workflow steps", "gcp native")]
    public async Task It_runs_the_steps_of_the_workflow()
    {
        var (status, body) = await PostAsync("order-fulfilment-steps", "/", $$"""{"step":"Price","input":{{OrdersSample.Input("order.json")}},"run":"r1","attempt":1}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("""{"orderId":"A-1001","totalCents":6190,"card":"valid"}""", body);
    }

    [Fact]
    public async Task A_failed_step_is_status_422_with_its_code()
    {
        var (status, body) = await PostAsync("order-fulfilment-steps", "/", """{"step":"Charge","input":{"orderId":"A-1","totalCents":5,"card":"declined"},"run":"r1","attempt":1}""");

        Assert.Equal(HttpStatusCode.UnprocessableContent, status);
        Assert.Contains("\"CardDeclined\"", body, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string function, string path, string json, Dictionary<string, string>? services = null)
    {
        var folder = await orders.PublishedAsync("gcp", "native");
        var port = Ports.Free();
        await using var process = RunningProcess.Start(folder, Path.Combine(folder, "Orders"), [], new Dictionary<string, string>(services ?? [])
        {
            ["PORT"] = $"{port}",
            ["FUNCTION_TARGET"] = function,
        });
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var response = await process.SendWhenListeningAsync(
            http,
            () => new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(json, Encoding.UTF8, "application/json") },
            Stop);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
    }
}
