using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Portable.AspNet.Tests.Hosts;
using Portable.Gcp;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Gcp;

public sealed class QueueFunctionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Modes() => ["binary", "structured", "push"];

    [Theory]
    [MemberData(nameof(Modes))]
    [Supports("Queue trigger, single messages", "gcp native")]
    public async Task A_message_is_handled_and_acknowledged(string mode)
    {
        var orders = new OrdersApp();
        await using var gcp = await GcpFixture.StartAsync(orders, "fulfil");
        var envelope = Envelope("""{"id":"7","quantity":2}""");
        envelope["deliveryAttempt"] = 3;
        using var response = await gcp.Http.SendAsync(Request(mode, envelope), Token);
        Assert.Equal((HttpStatusCode.NoContent, ""), (response.StatusCode, await response.Content.ReadAsStringAsync(Token)));

        var message = Assert.Single(orders.Fulfilled);
        Assert.Equal((new Order("7", 2), "message-id", 3), (message.Body, message.Id, message.DeliveryCount));
        Assert.Equal("web", message.Attributes["Source"]);
        Assert.Equal(new DateTimeOffset(2021, 2, 5, 4, 6, 14, 109, TimeSpan.Zero), message.EnqueuedAt);
        var invocation = Assert.Single(orders.Invocations);
        Assert.Equal((3, "gcp"), (invocation.Attempt, invocation.Cloud));
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task A_failure_is_not_acknowledged(string mode)
    {
        var orders = new OrdersApp { Fulfil = (_, _) => throw new InvalidOperationException("no stock") };
        await using var gcp = await GcpFixture.StartAsync(orders, "Fulfil");
        using var response = await gcp.Http.SendAsync(Request(mode, Envelope("""{"id":"7","quantity":2}""")), Token);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain("no stock", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_poison_message_is_not_acknowledged_and_its_reason_is_logged(string body)
    {
        var log = new CapturedLog();
        var orders = new OrdersApp { Log = log };
        await using var gcp = await GcpFixture.StartAsync(orders, "Fulfil");
        using var response = await gcp.Http.SendAsync(Request("binary", Envelope(body)), Token);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(orders.Fulfilled);
        Assert.StartsWith("Error: Fulfil can never handle message message-id: The body is", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MessagePublishedData-text.json")]
    [InlineData("MessagePublishedData-binary.json")]
    [InlineData("MessagePublishedData-duplicatedFields.json")]
    public async Task Published_envelopes_are_read(string file)
    {
        // The payloads are no orders: what matters is that the envelope is read and the poison message is named by its own identifier.
        var log = new CapturedLog();
        await using var gcp = await GcpFixture.StartAsync(new OrdersApp { Log = log }, "Fulfil");
        var envelope = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(RepositoryFolder.SharedOrSkip("gcp/testdata/pubsub"), file), Token))!.AsObject();
        using var response = await gcp.Http.SendAsync(Request("push", envelope), Token);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("message message-id", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_event_stands_in_for_what_the_message_lacks()
    {
        var orders = new OrdersApp();
        await using var gcp = await GcpFixture.StartAsync(orders, "Fulfil");
        var envelope = Envelope("""{"id":"7","quantity":2}""");
        envelope["message"]!.AsObject().Remove("messageId");
        envelope["message"]!.AsObject().Remove("publishTime");
        using var response = await gcp.Http.SendAsync(Request("binary", envelope), Token);
        var message = Assert.Single(orders.Fulfilled);
        Assert.Equal(("event-id", new DateTimeOffset(2021, 2, 5, 5, 0, 0, TimeSpan.Zero)), (message.Id, message.EnqueuedAt));
    }

    [Theory]
    [InlineData("{}", "application/json", "'message'")]
    [InlineData("[]", "application/json", "'message'")]
    [InlineData("", "application/json", "not valid JSON")]
    [InlineData("""{"message":{"data":"e30="}}""", "application/json", "'messageId'")]
    [InlineData("""{"message":{"messageId":"1","data":"***"}}""", "application/json", "base64")]
    [InlineData("""{"message":{"messageId":"1","data":7}}""", "application/json", "base64")]
    [InlineData("[]", "application/cloudevents-batch+json", "Batches")]
    [InlineData("{}", "application/cloudevents+json", "'specversion'")]
    public async Task What_is_no_message_is_400(string body, string contentType, string reason)
    {
        var orders = new OrdersApp();
        await using var gcp = await GcpFixture.StartAsync(orders, "Fulfil");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var response = await gcp.Http.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(orders.Fulfilled);
    }

    [Fact]
    public async Task Other_methods_are_405()
    {
        await using var gcp = await GcpFixture.StartAsync(new OrdersApp(), "Fulfil");
        using var response = await gcp.Http.GetAsync("/", Token);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("text")]
    [InlineData("bytes")]
    [Supports("Queue trigger, single messages", "gcp managed")]
    public async Task The_vendors_framework_hands_over_a_parsed_event(string form)
    {
        var orders = new OrdersApp { Log = new CapturedLog() };
        await using var app = orders.Build("gcp");
        var function = new GcpFunction(app, "fulfil");
        var json = Envelope("""{"id":"7","quantity":2}""").ToJsonString();
        object data = form switch { "json" => JsonElement.Parse(json), "text" => json, _ => Encoding.UTF8.GetBytes(json) };
        KeyValuePair<string, string>[] attributes = [new("id", "event-id"), new("source", "//pubsub"), new("type", "google.cloud.pubsub.topic.v1.messagePublished")];
        await function.HandleEventAsync(attributes, data, Token);
        Assert.Equal("message-id", Assert.Single(orders.Fulfilled).Id);

        orders.Fulfil = (_, _) => throw new InvalidOperationException("no stock");
        await Assert.ThrowsAsync<EventFailedException>(() => function.HandleEventAsync(attributes, data, Token));
        await Assert.ThrowsAsync<EventFailedException>(() => function.HandleEventAsync(attributes, null, Token));
        await Assert.ThrowsAsync<EventFailedException>(() => function.HandleEventAsync(attributes, 7, Token));
        await Assert.ThrowsAsync<EventFailedException>(() => function.HandleEventAsync([], data, Token));
    }

    internal static JsonObject Envelope(string body) => new()
    {
        ["subscription"] = "projects/p/subscriptions/s",
        ["message"] = new JsonObject
        {
            ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(body)),
            ["attributes"] = new JsonObject { ["source"] = "web" },
            ["messageId"] = "message-id",
            ["publishTime"] = "2021-02-05T04:06:14.109Z",
        },
    };

    internal static HttpRequestMessage Request(string mode, JsonObject data, string type = "google.cloud.pubsub.topic.v1.messagePublished")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(data.ToJsonString(), Encoding.UTF8, "application/json") };
        if (mode == "structured")
        {
            var json = new JsonObject { ["specversion"] = "1.0", ["id"] = "event-id", ["source"] = "//source", ["type"] = type, ["time"] = "2021-02-05T05:00:00Z", ["data"] = data };
            request.Content = new StringContent(json.ToJsonString());
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        }
        else if (mode == "binary")
        {
            request.Headers.Add("ce-specversion", "1.0");
            request.Headers.Add("ce-id", "event-id");
            request.Headers.Add("ce-source", "//source");
            request.Headers.Add("ce-type", type);
            request.Headers.Add("ce-time", "2021-02-05T05:00:00Z");
        }

        return request;
    }
}
