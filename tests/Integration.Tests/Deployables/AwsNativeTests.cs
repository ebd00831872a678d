using System.Text.Json;
using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Deployables;

/// <summary>The deployable for Lambda's custom runtime, started as Lambda starts it.</summary>
public sealed class AwsNativeTests(OrdersSample orders)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_folder_is_what_lambda_takes()
    {
        var folder = await orders.PublishedAsync("aws", "native");

        Assert.Equal(["bootstrap", "definitions/aws/order-fulfilment.asl.json", "portable.json"], FolderContent.Names(folder));
        Assert.True(new FileInfo(folder + ".zip").Length < 6 * 1024 * 1024, "The zip is larger than 6 MB.");
    }

    [Fact]
    public async Task It_answers_http_requests_and_publishes()
    {
        await using var bus = await LoopbackBus.StartAsync("""{"FailedEntryCount":0,"Entries":[{"EventId":"e-1"}]}""", Stop);
        using var answer = JsonDocument.Parse(await InvokeAsync("Place", HttpEvent("POST", "/orders", OrdersSample.Input("order.json")), new()
        {
            ["AWS_ENDPOINT_URL_EVENTBRIDGE"] = bus.Address,
            ["AWS_REGION"] = "eu-central-1",
            ["AWS_ACCESS_KEY_ID"] = "loopback",
            ["AWS_SECRET_ACCESS_KEY"] = "loopback",
        }));

        Assert.Equal(202, answer.RootElement.GetProperty("statusCode").GetInt32());
        Assert.Equal("""{"id":"A-1001","totalCents":6190}""", answer.RootElement.GetProperty("body").GetString());
        Assert.Equal("/orders/A-1001", answer.RootElement.GetProperty("headers").GetProperty("Location").GetString());
        using var put = JsonDocument.Parse(Assert.Single(bus.Published).Body);
        var entry = put.RootElement.GetProperty("Entries")[0];
        Assert.Equal("com.example.order.placed", entry.GetProperty("DetailType").GetString());
        Assert.Contains("A-1001", entry.GetProperty("Detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_refuses_what_does_not_fit()
    {
        using var answer = JsonDocument.Parse(await InvokeAsync("Place", HttpEvent("POST", "/orders", OrdersSample.Input("order-malformed.json"))));

        Assert.Equal(400, answer.RootElement.GetProperty("statusCode").GetInt32());
    }

    [Fact]
    public async Task It_reports_the_messages_that_failed()
    {
        var answer = await InvokeAsync("ChangeStock", """
            {"Records":[
              {"messageId":"good","body":"{\"sku\":\"cup\",\"delta\":3}","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-central-1:1:stock-changes","attributes":{"ApproximateReceiveCount":"1"}},
              {"messageId":"refused","body":"{\"sku\":\"pot\",\"delta\":-3}","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-central-1:1:stock-changes","attributes":{"ApproximateReceiveCount":"1"}},
              {"messageId":"poison","body":"not json","eventSource":"aws:sqs","eventSourceARN":"arn:aws:sqs:eu-central-1:1:stock-changes","attributes":{"ApproximateReceiveCount":"1"}}
            ]}
            """);

        using var document = JsonDocument.Parse(answer);
        Assert.Equal(
            ["poison", "refused"],
            document.RootElement.GetProperty("batchItemFailures").EnumerateArray().Select(item => item.GetProperty("itemIdentifier").GetString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task It_runs_the_steps_of_the_workflow()
    {
        var answer = await InvokeAsync("order-fulfilment-steps", $$"""{"step":"Price","input":{{OrdersSample.Input("order.json")}},"run":"r1","attempt":1}""");

        Assert.Equal("""{"orderId":"A-1001","totalCents":6190,"card":"valid"}""", answer);
    }

    [Fact]
    public async Task A_failed_step_names_its_code()
    {
        var answer = await InvokeAsync("order-fulfilment-steps", """{"step":"Charge","input":{"orderId":"A-1","totalCents":5,"card":"declined"},"run":"r1","attempt":1}""");

        Assert.StartsWith("error: ", answer, StringComparison.Ordinal);
        using var error = JsonDocument.Parse(answer["error: ".Length..]);
        Assert.Equal("CardDeclined", error.RootElement.GetProperty("errorType").GetString());
    }

    private async Task<string> InvokeAsync(string function, string json, Dictionary<string, string>? services = null)
    {
        var folder = await orders.PublishedAsync("aws", "native");
        await using var api = await RuntimeApi.StartAsync(Stop);
        await using var process = RunningProcess.Start(folder, Path.Combine(folder, "bootstrap"), [], new Dictionary<string, string>(services ?? [])
        {
            ["AWS_LAMBDA_RUNTIME_API"] = api.Address,
            ["_HANDLER"] = function,
            ["LAMBDA_TASK_ROOT"] = folder,
            ["AWS_LAMBDA_FUNCTION_NAME"] = "orders",
        });
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        return await api.InvokeAsync(json, limit.Token);
    }

    private static string HttpEvent(string method, string path, string body) => JsonSerializer.Serialize(new
    {
        version = "2.0",
        routeKey = "$default",
        rawPath = path,
        rawQueryString = "",
        headers = new Dictionary<string, string> { ["content-type"] = "application/json" },
        requestContext = new { http = new { method, path, protocol = "HTTP/1.1", sourceIp = "127.0.0.1" }, requestId = "r", stage = "$default", timeEpoch = 0 },
        body,
        isBase64Encoded = false,
    });
}
