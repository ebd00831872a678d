using System.Text;
using Portable.Runtime;
using Portable.Runtime.Idempotency;
using Portable.TestKit;

namespace Portable.Idempotency.Tests.Behaviour;

/// <summary>Idempotent HTTP functions, as the generator emits them.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task A_duplicate_is_given_the_answer_of_the_first()
    {
        await using var app = new TestApp();
        var first = await app.SendAsync("place", "k1");
        var second = await app.SendAsync("place", "k1");
        Assert.Equal(201, first.StatusCode);
        AssertSame(first, second);
        Assert.Contains(second.Headers, header => header is { Key: "Location", Value: "/jobs/k1" });
        Assert.Single(app.Effects.Keys);

        Assert.NotEqual(Body(first), Body(await app.SendAsync("place", "k2")));
        Assert.Equal(2, app.Effects.Keys.Count);
    }

    [Fact]
    public async Task Duplicates_at_the_same_time_wait_for_it_and_one_asks_for_all()
    {
        await using var app = new TestApp();
        var replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => app.SendAsync("place", "k", "slow"), TestContext.Current.CancellationToken)));
        Assert.All(replies, reply => AssertSame(replies[0], reply));
        Assert.Single(app.Effects.Keys);
        Assert.Equal(1, app.Store.Begun);
    }

    [Fact]
    public async Task Two_functions_share_no_key()
    {
        await using var app = new TestApp();
        await app.SendAsync("place", "k");
        Assert.Equal(200, (await app.SendAsync("place-too", "k")).StatusCode);
        Assert.Equal(2, app.Effects.Keys.Count);
        Assert.Equal(2, app.Store.Claims.Select(static claim => claim.Key).Distinct().Count());
        Assert.All(app.Store.Claims, claim => Assert.Matches("^(place|place-too)\\.[0-9a-f]{64}$", claim.Key));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_key_that_is_missing_or_blank_is_an_error(string? key)
    {
        await using var app = new TestApp();
        var reply = await app.SendAsync("place", key, body: """{"id":"x"}""");
        Assert.Equal(400, reply.StatusCode);
        Assert.Contains("has no idempotency key: idempotency-key is missing", Body(reply), StringComparison.Ordinal);
        Assert.Empty(app.Effects.Keys);
        Assert.Equal(0, app.Store.Begun);
    }

    [Fact]
    public async Task A_failure_can_be_tried_again()
    {
        await using var app = new TestApp();
        Assert.Equal(500, (await app.SendAsync("place", "k", "fail")).StatusCode);
        Assert.Equal(503, (await app.SendAsync("place", "k", "busy")).StatusCode); // asks to try again
        Assert.Equal(201, (await app.SendAsync("place", "k")).StatusCode);
        Assert.Equal(3, app.Effects.Keys.Count);
    }

    [Fact]
    public async Task A_refusal_is_an_answer()
    {
        await using var app = new TestApp();
        var first = await app.SendAsync("place", "k", "refuse");
        Assert.Equal(404, first.StatusCode);
        AssertSame(first, await app.SendAsync("place", "k"));
        Assert.Single(app.Effects.Keys);
    }

    [Fact]
    public async Task An_answer_that_is_too_large_is_not_kept_and_duplicates_are_told_so()
    {
        await using var app = new TestApp();
        Assert.Equal(200, (await app.SendAsync("place", "k", "large")).StatusCode);
        var second = await app.SendAsync("place", "k", "large");
        Assert.Equal(409, second.StatusCode);
        Assert.Contains("too large to be kept", Body(second), StringComparison.Ordinal);
        Assert.Single(app.Effects.Keys);
    }

    [Fact]
    public async Task Another_payload_under_the_same_key_is_an_error_where_that_is_asked_for()
    {
        await using var app = new TestApp();
        Assert.Equal(200, (await app.SendAsync("strict", "7", body: """{"id":"x","mode":"a","line":1}""")).StatusCode);
        Assert.Equal(200, (await app.SendAsync("strict", "7", body: """{"id":"x","mode":"a","line":1}""")).StatusCode);
        Assert.Equal(422, (await app.SendAsync("strict", "7", body: """{"id":"x","mode":"b","line":1}""")).StatusCode);
        Assert.Equal(200, (await app.SendAsync("strict", "7", body: """{"id":"x","mode":"b","line":2}""")).StatusCode); // another key
        Assert.Equal(2, app.Effects.Keys.Count);
    }

    [Fact]
    public async Task A_record_that_does_not_say_its_payload_contradicts_none()
    {
        await using var app = new TestApp(new BusyStore(), static o => o.WaitForOther = TimeSpan.Zero);
        Assert.Equal(409, (await app.SendAsync("strict", "7", body: """{"id":"x","mode":"a","line":1}""")).StatusCode);
        Assert.Empty(app.Effects.Keys);
    }

    [Fact]
    public async Task Without_the_store_nothing_runs_unless_the_function_says_so()
    {
        await using var app = new TestApp();
        app.Store.IsOut = true;
        var reply = await app.SendAsync("place", "k");
        Assert.Equal(503, reply.StatusCode);
        Assert.Contains(reply.Headers, static header => header.Key == "Retry-After");
        Assert.Empty(app.Effects.Keys);

        Assert.Equal(200, (await app.SendAsync("reckless", "k")).StatusCode);
        Assert.Equal(200, (await app.SendAsync("reckless", "k")).StatusCode);
        Assert.Equal(2, app.Effects.Keys.Count);

        app.Store.IsOut = false;
        Assert.Equal(201, (await app.SendAsync("place", "k")).StatusCode);
    }

    [Fact]
    public async Task Work_that_is_done_is_reported_as_done_even_when_the_store_does_not_take_it()
    {
        await using var app = new TestApp(options: static o => o.WaitForOther = TimeSpan.Zero);
        app.Store.CannotComplete = true;
        Assert.Equal(201, (await app.SendAsync("place", "k")).StatusCode);

        // Until the lease ends nobody does it again; after that somebody may, which was said in the log.
        var second = await app.SendAsync("place", "k");
        Assert.Equal(409, second.StatusCode);
        Assert.Single(app.Effects.Keys);
    }

    [Fact]
    public async Task Who_waits_too_long_is_told_to_come_again()
    {
        var time = new ManualTimeProvider();
        await using var app = new TestApp(time: time, options: static o => o.WaitForOther = TimeSpan.FromSeconds(3));
        app.Store.CannotRelease = true;
        await app.SendAsync("place", "k", "fail"); // its key stays taken until the lease ends

        var waiting = app.SendAsync("place", "k");
        while (!waiting.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }

        var reply = await waiting;
        Assert.Equal(409, reply.StatusCode);
        Assert.Contains(reply.Headers, static header => header.Key == "Retry-After");
        Assert.Single(app.Effects.Keys);

        time.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromSeconds(6)); // the handler's time and the margin
        Assert.Equal(201, (await app.SendAsync("place", "k")).StatusCode);
    }

    [Fact]
    public async Task What_was_kept_expires()
    {
        var time = new ManualTimeProvider();
        await using var app = new TestApp(time: time);
        await app.SendAsync("place", "k");
        time.Advance(TimeSpan.FromHours(23));
        await app.SendAsync("place", "k");
        Assert.Single(app.Effects.Keys);
        time.Advance(TimeSpan.FromHours(2));
        await app.SendAsync("place", "k");
        Assert.Equal(2, app.Effects.Keys.Count);
    }

    [Theory]
    [InlineData("\"type\":\"text/plain\",\"text\":\"x\"")]
    [InlineData("\"status\":\"many\"")]
    [InlineData("\"status\":200,\"headers\":[[]],\"text\":\"\"")]
    [InlineData("\"status\":200,\"base64\":\"?\"")]
    public async Task An_answer_that_cannot_be_read_is_not_given(string members)
    {
        var store = new MemoryIdempotencyStore();
        await using var app = new TestApp(store);
        await app.SendAsync("place", "k");
        var claim = app.Store.Claims[0];
        Assert.True(await store.CompleteAsync(new IdempotencyLease(claim.Key, claim.Owner), new IdempotencyResult(Encoding.UTF8.GetBytes("{" + members + "}")), TimeSpan.FromHours(1), TestContext.Current.CancellationToken));
        Assert.Equal(409, (await app.SendAsync("place", "k")).StatusCode);
        Assert.Single(app.Effects.Keys);
    }

    /// <summary>A store that knows only that others are busy, as stores say when these come and go too fast.</summary>
    private sealed class BusyStore : IIdempotencyStore
    {
        public ValueTask<IdempotencyState> BeginAsync(IdempotencyClaim claim, CancellationToken cancellationToken) => new(new IdempotencyInProgress());

        public ValueTask<bool> CompleteAsync(IdempotencyLease lease, IdempotencyResult result, TimeSpan keptFor, CancellationToken cancellationToken) => new(false);

        public ValueTask<bool> ReleaseAsync(IdempotencyLease lease, CancellationToken cancellationToken) => new(false);
    }

    private static string Body(HttpReply reply) => Encoding.UTF8.GetString(reply.Body.Span);

    private static void AssertSame(HttpReply expected, HttpReply actual)
    {
        Assert.Equal(expected.StatusCode, actual.StatusCode);
        Assert.Equal(expected.ContentType, actual.ContentType);
        Assert.Equal(expected.Headers, actual.Headers);
        Assert.Equal(expected.Body.ToArray(), actual.Body.ToArray());
    }
}
