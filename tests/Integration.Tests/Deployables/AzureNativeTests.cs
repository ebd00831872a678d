using System.Text;
using System.Text.Json;
using Portable.Integration.Tests.Support;
using Portable.TestKit;

namespace Portable.Integration.Tests.Deployables;

/// <summary>The deployable for a custom handler, called as the Functions host calls it.</summary>
public sealed class AzureNativeTests(OrdersSample orders)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_folder_is_what_the_functions_host_takes() =>
        Assert.Equal(
            [
                "ChangeStock/function.json",
                "Find/function.json",
                "Orders",
                "Place/function.json",
                "SendParcel/function.json",
                "SettlePayment/function.json",
                "expire-orders/function.json",
                "host.json",
                "portable.json",
            ],
            FolderContent.Names(await orders.PublishedAsync("azure", "native")));

    [Fact]
    [Supports("HTTP trigger", "azure native")]
    [Supports("Services from [Startup]", "azure native")]
    public async Task It_answers_http_requests_and_publishes()
    {
        await using var bus = await LoopbackBus.StartAsync("", Stop);
        using var answer = await PostAsync("Place", new
        {
            Data = new
            {
                req = new
                {
                    Url = "http://localhost:7071/orders",
                    Method = "POST",
                    Query = "{}",
                    Headers = new Dictionary<string, string[]> { ["Content-Type"] = ["application/json"] },
                    Params = new { },
                    Body = OrdersSample.Input("order.json"),
                },
            },
            Metadata = new { },
        }, new()
        {
            ["PORTABLE_EVENTS_TOPIC_ENDPOINT"] = bus.Address + "/api/events",
            ["PORTABLE_EVENTS_TOPIC_KEY"] = "loopback",
        });

        var reply = answer.RootElement.GetProperty("Outputs").GetProperty("res");
        Assert.Equal("202", reply.GetProperty("statusCode").ToString());
        Assert.Equal("""{"id":"A-1001","totalCents":6190}""", reply.GetProperty("body").GetString());
        var (topic, published) = Assert.Single(bus.Published);
        Assert.Equal("/api/events", topic);
        using var placed = JsonDocument.Parse(published);
        Assert.Equal("com.example.order.placed", placed.RootElement.GetProperty("type").GetString());
        Assert.Equal("A-1001", placed.RootElement.GetProperty("data").GetProperty("orderId").GetString());
    }

    [Fact]
    [Supports("Queue trigger, single messages", "azure native")]
    public async Task It_handles_a_message()
    {
        using var answer = await PostAsync("SendParcel", new
        {
            Data = new { message = OrdersSample.Input("parcel-sent.json") },
            Metadata = new { DequeueCount = 1, Id = "m-1" },
        });

        Assert.Equal(JsonValueKind.Object, answer.RootElement.ValueKind);
    }

    private async Task<JsonDocument> PostAsync(string function, object invocation, Dictionary<string, string>? services = null)
    {
        var folder = await orders.PublishedAsync("azure", "native");
        var port = Ports.Free();
        await using var process = RunningProcess.Start(folder, Path.Combine(folder, "Orders"), [], new Dictionary<string, string>(services ?? []) { ["FUNCTIONS_CUSTOMHANDLER_PORT"] = $"{port}" });
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var response = await process.SendWhenListeningAsync(http, Request, Stop);
        var body = await response.Content.ReadAsStringAsync(Stop);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode} {body}\n{process.Output}");
        return JsonDocument.Parse(body);

        HttpRequestMessage Request() => new(HttpMethod.Post, $"/{function}")
        {
            Content = new StringContent(JsonSerializer.Serialize(invocation), Encoding.UTF8, "application/json"),
            Headers = { { "X-Azure-Functions-InvocationId", "i-1" } },
        };
    }
}
