using System.Text;

namespace Portable.Fuzz.Tests;

/// <summary>Input that is meant to harm, given to every adapter that can receive it: each is a clean 4xx, the platform's error for bad events, or poison with a reason.</summary>
public sealed class HostileInputTests
{
    private const string Good = """{"id":"o-8","quantity":1,"total":1,"lines":[],"tags":{}}""";

    private static readonly string[] Receivers =
    [
        "aws.http-v2", "aws.http-rest", "aws.http-alb", "aws.kinesis", "aws.eventbridge", "aws.iot", "aws.sqs", "aws.steps",
        "gcp.http", "gcp.pubsub", "gcp.stream", "gcp.event", "gcp.device", "gcp.steps",
        "azure.custom.http", "azure.custom.queue", "azure.custom.event", "azure.custom.forwarded", "azure.managed.http", "azure.managed.queue", "azure.managed.event",
    ];

    private static readonly (string What, byte[] Json)[] Hostile =
    [
        ("a member twice", Encoding.UTF8.GetBytes("""{"id":"o-8","id":"o-9","quantity":1,"total":1}""")),
        ("a member twice, once escaped", Encoding.UTF8.GetBytes("""{"id":"o-8","lines":[{"sku":"a","s\u006bu":"b"}],"quantity":1,"total":1}""").ToArray()),
        ("a depth bomb", Encoding.UTF8.GetBytes("{\"id\":\"o-8\",\"x\":" + new string('[', 5000) + new string(']', 5000) + "}")),
        ("a giant number", Encoding.UTF8.GetBytes("{\"id\":\"o-8\",\"quantity\":" + new string('9', 5000) + "}")),
        ("an endless exponent", Encoding.UTF8.GetBytes("""{"id":"o-8","quantity":1,"total":1e999999999}""")),
        ("no UTF-8", [.. "{\"id\":\"o"u8, 0xFF, 0xC0, 0xAF, .. "\",\"quantity\":1,\"total\":1}"u8]),
        ("half a surrogate pair", Encoding.UTF8.GetBytes("""{"id":"\ud800","quantity":1,"total":1}""")),
        ("null", "null"u8.ToArray()),
        ("another type", """{"id":["o-8"],"quantity":{}}"""u8.ToArray()),
        ("cut off", """{"id":"o-8","quan"""u8.ToArray()),
    ];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var receiver in Receivers)
            {
                foreach (var (what, _) in Hostile)
                {
                    cases.Add(receiver, what);
                }
            }

            return cases;
        }
    }

    public static TheoryData<string> All => [.. Receivers];

    [Theory]
    [MemberData(nameof(All))]
    public void The_places_of_payloads_are_found(string receiver)
    {
        var (events, probe) = Of(receiver);
        Assert.All(events, input => Assert.Equal((input.Name, FuzzOutcome.Handled), (input.Name, probe(input.With(Encoding.UTF8.GetBytes(Good))))));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_hostile_payload_is_refused(string receiver, string what)
    {
        var (events, probe) = Of(receiver);
        var payload = Hostile.Single(hostile => hostile.What == what).Json;
        foreach (var input in events)
        {
            var outcome = probe(input.With(payload));
            if ((what == "null" && receiver.EndsWith("steps", StringComparison.Ordinal)) || (what == "no UTF-8" && receiver is "azure.managed.queue" or "azure.managed.event"))
            {
                continue; // a step may take null; the isolated worker hands over texts, in which nothing is left of bytes that were none
            }

            Assert.True(outcome.Verdict is FuzzVerdict.Rejected or FuzzVerdict.Poison, $"{input.Name}: {outcome}");
            Assert.True(outcome.Reason.Length is > 5 and < 2000, outcome.Reason);
            Assert.DoesNotContain("   at ", outcome.Reason, StringComparison.Ordinal); // no stack trace leaves
        }
    }

    [Theory]
    [InlineData("gcp.http")]
    [InlineData("gcp.pubsub")]
    [InlineData("azure.custom.forwarded")]
    [InlineData("azure.managed.http")]
    public void A_body_beyond_the_limit_is_413(string receiver)
    {
        var (events, probe) = Of(receiver);
        var outcome = probe(new FuzzEvent("large", events[0].Head, new byte[(32 * 1024 * 1024) + 1]));
        Assert.Equal(FuzzVerdict.Rejected, outcome.Verdict);
        Assert.Contains("413", outcome.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gcp.http", "/../etc/passwd")]
    [InlineData("gcp.http", "/orders/%2e%2e/%2e%2e/admin")]
    [InlineData("gcp.http", "/orders%2Fo-8%2Flines")]
    [InlineData("gcp.http", "//orders//")]
    [InlineData("azure.managed.http", "/orders%2Fo-8%2Flines")]
    [InlineData("azure.custom.forwarded", "/orders%2Fo-8%2Flines")]
    [InlineData("azure.custom.forwarded", "/../Queue")]
    public void A_path_that_is_no_route_of_the_function_is_404(string receiver, string path)
    {
        var (events, probe) = Of(receiver);
        var head = Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\ncontent-type: application/json");
        var outcome = probe(new FuzzEvent("path", head, Encoding.UTF8.GetBytes(Good)));
        Assert.True(outcome.Verdict == FuzzVerdict.Rejected || path.Contains("%2e", StringComparison.Ordinal), outcome.ToString());
        _ = events;
    }

    [Theory]
    [InlineData("ce-id: 1\nce-source: /a\nce-type: t\nce-specversion: 2.0")]
    [InlineData("ce-id: 1\nce-source: /a\nce-type: t")]
    [InlineData("ce-id: \nce-source: /a\nce-type: t\nce-specversion: 1.0")]
    [InlineData("ce-id: 1\nce-source: /a\nce-type: t\nce-specversion: 1.0\nce-id: 2%0D%0ASet-Cookie: a=b")]
    [InlineData("ce-id: 1%00\nce-source: /a\nce-type: t\nce-specversion: 1.0")]
    [InlineData("ce-id: 1\nce-source: /a\nce-type: t\nce-specversion: 1.0\nce-time: yesterday")]
    [InlineData("ce-id: 1\nce-source: /a\nce-type: t\nce-specversion: 1.0\nce-not-allowed: x")]
    public void Hostile_attributes_of_events_are_refused(string attributes)
    {
        var outcome = Of("cloudevents").Probe(new FuzzEvent("attributes", Encoding.ASCII.GetBytes("POST / HTTP/1.1\ncontent-type: application/json\n" + attributes), "{}"u8.ToArray()));
        Assert.Equal(FuzzVerdict.Rejected, outcome.Verdict);
        Assert.DoesNotContain("Set-Cookie", outcome.Reason, StringComparison.Ordinal);
    }

    private static (IReadOnlyList<FuzzEvent> Events, FuzzProbe Probe) Of(string receiver)
    {
        var target = FuzzTargets.All.Single(target => target.Name == receiver);
        return (Corpus.Of(target), target.CreateProbe());
    }
}
