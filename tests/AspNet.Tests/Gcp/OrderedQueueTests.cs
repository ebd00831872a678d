using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Portable.AspNet.Tests.Hosts;
using Portable.Gcp;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>
/// An ordered queue behind a subscription with message ordering, which sends the next message of a key once the one before it was acknowledged, and the same one
/// again where it was not. (Pub/Sub, "Order messages": redelivery of a message also triggers redelivery of those behind it.)
/// </summary>
public sealed class OrderedQueueTests
{
    private readonly TriggersApp _app = new();
    private readonly Subscription _subscription = new(("a", "1"), ("a", "2"), ("b", "3"), ("a", "4"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Supports("Ordered queue trigger", "gcp native")]
    [Supports("Ordered sources stop at the first failure", "gcp native")]
    public async Task A_failure_holds_its_key_until_it_succeeds()
    {
        await using var gcp = await _app.StartAsync("ordered");
        await HoldsItsKeyAsync(async envelope =>
        {
            using var response = await gcp.Http.SendAsync(GoogleRequests.Push(envelope), Token);
            Assert.Contains(response.StatusCode, new[] { HttpStatusCode.NoContent, HttpStatusCode.InternalServerError });
            return response.StatusCode == HttpStatusCode.NoContent;
        });
    }

    [Fact]
    [Supports("Ordered queue trigger", "gcp managed")]
    [Supports("Ordered sources stop at the first failure", "gcp managed")]
    public async Task A_failure_in_the_vendors_framework_holds_its_key_until_it_succeeds() => await HoldsItsKeyAsync(async envelope =>
    {
        try
        {
            await _app.HandleAsync("ordered", envelope.ToJsonString(), ("id", "e"), ("source", "//pubsub.googleapis.com/projects/p/topics/t"), ("type", GoogleRequests.Published));
            return true;
        }
        catch (EventFailedException)
        {
            return false; // the framework answers what is thrown with 500
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Supports("Dead letters with the reason", "gcp native")]
    [Supports("Dead letters with the reason", "gcp managed")]
    public async Task What_can_never_be_handled_is_among_the_dead_letters_and_the_key_goes_on(bool managed)
    {
        var letters = new Letters();
        _app.DeadLetter = "payments-dead";
        _app.Outputs = letters;
        var envelope = GoogleRequests.Message("nonsense", ("traceparent", Trace));
        if (managed)
        {
            await _app.HandleAsync("ordered", envelope.ToJsonString(), ("id", "e"), ("source", "//pubsub.googleapis.com/projects/p/topics/t"), ("type", GoogleRequests.Published));
        }
        else
        {
            await using var gcp = await _app.StartAsync("ordered");
            using var response = await gcp.Http.SendAsync(GoogleRequests.Push(envelope), Token);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }

        Assert.Empty(_app.Seen);
        var (queue, letter) = Assert.Single(letters.Sent);
        Assert.Equal(("payments-dead", "nonsense"), (queue, Encoding.UTF8.GetString(letter.Body.Span)));
        Assert.Equal(("message-id", "ordered"), (letter.Attributes["portable-dead-letter-id"], letter.Attributes["portable-dead-letter-function"]));
        Assert.Contains("not valid JSON", letter.Attributes["portable-dead-letter-reason"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Supports("Trace context and correlation id", "gcp native")]
    [Supports("Trace context and correlation id", "gcp managed")]
    public async Task A_message_belongs_to_the_trace_of_its_sender(bool managed)
    {
        var envelope = GoogleRequests.Message("""{"id":"7","quantity":2}""", ("traceparent", Trace), ("portable-correlation-id", "c-1"));
        if (managed)
        {
            await _app.HandleAsync("ordered", envelope.ToJsonString(), ("id", "e"), ("source", "//pubsub.googleapis.com/projects/p/topics/t"), ("type", GoogleRequests.Published));
        }
        else
        {
            await using var gcp = await _app.StartAsync("ordered");
            using var response = await gcp.Http.SendAsync(GoogleRequests.Push(envelope), Token);
        }

        var invocation = Assert.Single(_app.Invocations);
        Assert.Equal(("c-1", Trace), (invocation.CorrelationId, invocation.TraceParent));
    }

    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private async Task HoldsItsKeyAsync(Func<JsonObject, Task<bool>> push)
    {
        _app.Failure = new InvalidOperationException("no");
        await _subscription.RoundAsync(push);
        await _subscription.RoundAsync(push);
        Assert.Equal(["1", "3", "1", "3"], Handled()); // 2 and 4 wait for 1

        _app.Failure = null;
        while (await _subscription.RoundAsync(push))
        {
        }

        Assert.Equal(["1", "3", "2", "4"], Handled()[4..]);
        Assert.Equal([3, 3, 1, 1], _app.Seen.Cast<Message<Order>>().Select(static message => message.DeliveryCount).ToArray()[4..]);
    }

    private string[] Handled() => [.. _app.Seen.Cast<Message<Order>>().Select(static message => message.Body.Id)];

    /// <summary>A push subscription with message ordering and the delivery attempts that one with a dead letter topic counts.</summary>
    private sealed class Subscription(params (string Key, string Id)[] messages)
    {
        private readonly Dictionary<string, int> _attempts = [];
        private readonly List<(string Key, string Id)> _left = [.. messages];

        /// <summary>Sends the first message of every key.</summary>
        /// <returns>Whether there was any.</returns>
        public async Task<bool> RoundAsync(Func<JsonObject, Task<bool>> push)
        {
            var first = _left.DistinctBy(static message => message.Key).ToList();
            foreach (var (key, id) in first)
            {
                var envelope = GoogleRequests.Message($$"""{"id":"{{id}}","quantity":1}""");
                envelope["deliveryAttempt"] = _attempts[id] = _attempts.GetValueOrDefault(id) + 1;
                envelope["message"]!["messageId"] = id;
                envelope["message"]!["orderingKey"] = key;
                if (await push(envelope))
                {
                    _left.Remove((key, id));
                }
            }

            return first.Count > 0;
        }
    }

    private sealed class Letters : IOutputBackend
    {
        public List<(string Queue, OutgoingMessage Message)> Sent { get; } = [];

        public Task<string> SendAsync(string queue, OutgoingMessage message, CancellationToken cancellationToken)
        {
            Sent.Add((queue, message));
            return Task.FromResult("m-1");
        }

        public Task PublishAsync(OutgoingEvent published, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IBlobStore Bucket(string name) => throw new NotSupportedException();
    }
}
