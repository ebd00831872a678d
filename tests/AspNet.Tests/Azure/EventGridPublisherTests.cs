using System.Net;
using System.Text.Json;
using Portable.Azure.Workflows;
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

    private static EventGridPublisher Publisher(FakeTopic topic) => EventGridPublisher.FromEnvironment(
        static name => name == EventGridPublisher.EndpointVariable ? "https://events.example/api/events" : "k/1==", new HttpClient(topic))!;

    private sealed class FakeTopic(HttpStatusCode status, string answer) : HttpMessageHandler
    {
        public string? Line { get; private set; }

        public string? Key { get; private set; }

        public string? ContentType { get; private set; }

        public string? Body { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Line = $"{request.Method} {request.RequestUri}";
            Key = string.Join(",", request.Headers.GetValues("aeg-sas-key"));
            ContentType = request.Content!.Headers.ContentType!.ToString();
            Body = await request.Content.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(status) { Content = new StringContent(answer) };
        }
    }
}
