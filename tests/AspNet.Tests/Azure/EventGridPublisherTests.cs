using System.Net;
using System.Text.Json;
using Portable.Azure;
using Portable.Azure.Workflows;
using Portable.Runtime;
using Portable.TestKit;
using Xunit;

namespace Portable.AspNet.Tests.Azure;

/// <summary>Publishing from Durable Functions, against an Event Grid topic as its documentation describes it.</summary>
public sealed class EventGridPublisherTests
{
    private static readonly PublishedEvent s_shipped = new("run-1/3", "portable.orders", "com.acme.order.shipped", 2, """{"id":"o-1","at":[1,2]}""");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_posted_as_a_CloudEvent()
    {
        var topic = new FakeTopic(HttpStatusCode.OK, "");

        await Publisher(topic).Publish(s_shipped, Token);

        Assert.Equal("POST https://events.example/api/events?api-version=2018-01-01", topic.Line);
        Assert.Equal("k/1==", topic.Key);
        Assert.Equal("application/cloudevents+json; charset=utf-8", topic.ContentType);
        using var sent = JsonDocument.Parse(topic.Body!);
        Assert.Equal(
            """{"specversion":"1.0","id":"run-1/3","source":"portable.orders","type":"com.acme.order.shipped","datacontenttype":"application/json","dataversion":2,"data":{"id":"o-1","at":[1,2]}}""",
            sent.RootElement.GetRawText());
    }

    [Fact]
    public async Task A_refusal_says_why()
    {
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => Publisher(new FakeTopic(HttpStatusCode.Unauthorized, "The key is wrong.")).Publish(s_shipped, Token));

        Assert.Equal("Event Grid answered 401: The key is wrong.", refused.Message);
    }

    [Theory]
    [InlineData("topic", "k", "PORTABLE_EVENTS_TOPIC_ENDPOINT is 'topic'")]
    [InlineData("https://events.example/api/events", null, "PORTABLE_EVENTS_TOPIC_KEY is not set")]
    public void What_the_environment_lacks_is_named(string endpoint, string? key, string reason)
    {
        using var http = new HttpClient();
        var error = Assert.Throws<InvalidOperationException>(() => EventGridPublisher.FromEnvironment(name => name == EventGridPublisher.EndpointVariable ? endpoint : key, http));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Null(EventGridPublisher.FromEnvironment(static _ => null, http));
    }

    [Fact]
    [Supports("Event bus as output", "azure managed")]
    [Supports("Event bus as output", "azure native")]
    public async Task An_event_of_a_function_is_read_as_it_was_published()
    {
        var topic = new FakeTopic(HttpStatusCode.OK, "");
        var published = new OutgoingEvent(
            "e-1", "portable.shop", "com.acme.order.placed", 2, """{"id":"o-1"}"""u8.ToArray(), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "orders/o-1",
            new Dictionary<string, string> { ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", ["correlationid"] = "c-1" });

        await Outputs(topic, key: "k/1==").PublishAsync(published, Token);

        Assert.Equal(("POST https://events.example/api/events?api-version=2018-01-01", "k/1==", "application/cloudevents+json; charset=utf-8"), (topic.Line, topic.Key, topic.ContentType));
        var received = Assert.Single(EventGridReader.Read(topic.Body!, "i", 1));
        Assert.Equal(new EventDescription("portable.shop", "com.acme.order.placed", 2, "orders/o-1", "application/json"), received.Detail);
        Assert.Equal((published.Id, published.Time), (received.Id, received.EnqueuedAt));
        Assert.Equal(published.Attributes, received.Attributes);
        Assert.Equal("""{"id":"o-1"}""", System.Text.Encoding.UTF8.GetString(received.Body.Span));
    }

    [Fact]
    public async Task Without_a_key_the_identity_signs()
    {
        var topic = new FakeTopic(HttpStatusCode.OK, "");
        await Outputs(topic, key: null).PublishAsync(Small, Token);
        Assert.Equal("Bearer token-for-https://eventgrid.azure.net/", topic.Authorization);
    }

    [Fact]
    public async Task What_is_not_published_is_an_error_that_says_why()
    {
        var refused = await Assert.ThrowsAsync<OutputException>(() => Outputs(new FakeTopic(HttpStatusCode.Forbidden, "No."), "k").PublishAsync(Small, Token));
        Assert.Equal("The event 'com.acme.small' was not published: Event Grid answered 403: No.", refused.Message);
        var large = Small with { Body = System.Text.Encoding.UTF8.GetBytes($"\"{new string('x', 1_048_576)}\"") };
        Assert.Contains("1048576", (await Assert.ThrowsAsync<PayloadTooLargeException>(() => Outputs(new FakeTopic(HttpStatusCode.OK, ""), "k").PublishAsync(large, Token))).Message, StringComparison.Ordinal);
        var nowhere = new AzureOutputs(static () => new HttpClient(), static _ => null, TimeProvider.System);
        Assert.Contains("PORTABLE_EVENTS_TOPIC_ENDPOINT", (await Assert.ThrowsAsync<OutputException>(() => nowhere.PublishAsync(Small, Token))).Message, StringComparison.Ordinal);
    }

    private static OutgoingEvent Small { get; } = new("e", "s", "com.acme.small", 1, "{}"u8.ToArray(), DateTimeOffset.UnixEpoch, null, new Dictionary<string, string>());

    private static AzureOutputs Outputs(FakeTopic topic, string? key) => new(
        () => new HttpClient(topic),
        name => name switch
        {
            "PORTABLE_EVENTS_TOPIC_ENDPOINT" => "https://events.example/api/events",
            "PORTABLE_EVENTS_TOPIC_KEY" => key,
            "IDENTITY_ENDPOINT" => "http://identity.example/token",
            _ => null,
        },
        TimeProvider.System);

    private static EventGridPublisher Publisher(FakeTopic topic) => EventGridPublisher.FromEnvironment(
        static name => name == EventGridPublisher.EndpointVariable ? "https://events.example/api/events" : "k/1==", new HttpClient(topic))!;

    private sealed class FakeTopic(HttpStatusCode status, string answer) : HttpMessageHandler
    {
        public string? Line { get; private set; }

        public string? Key { get; private set; }

        public string? Authorization { get; private set; }

        public string? ContentType { get; private set; }

        public string? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host == "identity.example")
            {
                var resource = System.Web.HttpUtility.ParseQueryString(request.RequestUri.Query)["resource"];
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"access_token":"token-for-{{resource}}","expires_on":"1893456000"}""") };
            }

            Line = $"{request.Method} {request.RequestUri}";
            Key = request.Headers.TryGetValues("aeg-sas-key", out var keys) ? string.Join(",", keys) : null;
            Authorization = request.Headers.Authorization?.ToString();
            ContentType = request.Content!.Headers.ContentType!.ToString();
            Body = await request.Content.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(status) { Content = new StringContent(answer) };
        }
    }
}
