using System.Text;
using Portable.Runtime;
using Portable.Runtime.Idempotency;

namespace Portable.Idempotency.Tests.Behaviour;

/// <summary>Idempotent functions of messages, as the generator emits them.</summary>
public sealed class MessageTests
{
    private static readonly string[] None = [];

    [Fact]
    public async Task A_duplicate_is_dropped()
    {
        await using var app = new TestApp();
        Assert.True((await app.DeliverAsync("handle", Job("a"), Job("b"))).Succeeded);
        Assert.True((await app.DeliverAsync("handle", Job("b"), Job("c"), Job("c"))).Succeeded);
        Assert.Equal(["a", "b", "c"], app.Effects.Keys);
    }

    [Fact]
    public async Task A_failure_fails_its_message_and_can_be_tried_again()
    {
        await using var app = new TestApp();
        Assert.Equal(["m2"], Failed(await app.DeliverAsync("handle", Job("a"), Job("b", "fail"), Job("c"))));
        Assert.True((await app.DeliverAsync("handle", Job("a"), Job("b"), Job("c"))).Succeeded);
        Assert.Equal(["a", "b", "c", "b"], app.Effects.Keys);
    }

    [Theory]
    [InlineData("""{"mode":"work"}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"id":"\t"}""")]
    [InlineData("""{"id":null}""")]
    public async Task A_missing_key_is_an_error_for_that_message_alone(string body)
    {
        await using var app = new TestApp();
        var outcome = await app.DeliverAsync("handle", Job("a"), body, Job("c"));
        Assert.Equal(["m2"], Failed(outcome));
        Assert.Equal(["m2"], outcome.Poison.Select(static poison => poison.Id));
        Assert.Equal("The message has no idempotency key: {Id} is missing or empty.", outcome.Poison[0].Reason);
        Assert.Equal(["a", "c"], app.Effects.Keys);

        var batch = await app.DeliverAsync("batch", Job("a"), body, Job("c"));
        Assert.Equal(["m2"], Failed(batch));
        Assert.Equal(["m2"], batch.Poison.Select(static poison => poison.Id));
    }

    [Fact]
    public async Task Neither_two_functions_nor_two_combinations_share_a_key()
    {
        await using var app = new TestApp();
        await app.DeliverAsync("handle", Job("a"));
        await app.DeliverAsync("handle-too", Job("a"));
        await app.DeliverAsync("handle-parts", Job("a-b", "c"), Job("a", "b-c"), Job("a-b-c", "-"));
        Assert.Equal(["a", "a", "a-b|c", "a|b-c", "a-b-c|-"], app.Effects.Keys);
        Assert.Equal(5, app.Store.Claims.Select(static claim => claim.Key).Distinct().Count());
    }

    [Fact]
    public async Task A_message_that_another_delivery_works_on_is_delivered_again()
    {
        var store = new MemoryIdempotencyStore();
        await using var app = new TestApp(store);
        await app.DeliverAsync("handle", Job("a"));
        var key = app.Store.Claims[0].Key;
        var other = await Claim(store, app, "handle", "b");
        var outcome = await app.DeliverAsync("handle", Job("a"), Job("b"), Job("c"));
        Assert.Equal(["m2"], Failed(outcome));
        Assert.Empty(outcome.Poison);
        Assert.NotEqual(key, other.Key);

        await store.CompleteAsync(other, new IdempotencyResult(default), TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        Assert.True((await app.DeliverAsync("handle", Job("b"))).Succeeded);
        Assert.Equal(["a", "c"], app.Effects.Keys);
    }

    [Fact]
    public async Task The_key_may_be_the_messages_id_or_an_attribute()
    {
        await using var app = new TestApp();
        ReceivedMessage[] messages = [Message("x", Job("a")), Message("y", Job("b")), Message("x", Job("c"))];
        await app.DeliverAsync("handle-by-id", messages);
        Assert.Equal(["a", "b"], app.Effects.Keys);

        var outcome = await app.DeliverAsync("handle-by-attribute", [With(Message("1", Job("d")), "k"), With(Message("2", Job("e")), "k"), Message("3", Job("f"))]);
        Assert.Equal(["a", "b", "d"], app.Effects.Keys);
        Assert.Equal(["3"], Failed(outcome));
        Assert.Equal("The message has no idempotency key: job is missing or empty.", outcome.Poison[0].Reason);
    }

    [Fact]
    public async Task Without_the_store_messages_are_delivered_again()
    {
        await using var app = new TestApp();
        app.Store.IsOut = true;
        var outcome = await app.DeliverAsync("handle", Job("a"), Job("b"));
        Assert.Equal(["m1", "m2"], Failed(outcome));
        Assert.Empty(outcome.Poison);
        Assert.Equal(["m1", "m2"], Failed(await app.DeliverAsync("batch", Job("a"), Job("b"))));
        Assert.Empty(app.Effects.Keys);

        app.Store.IsOut = false;
        Assert.True((await app.DeliverAsync("handle", Job("a"), Job("b"))).Succeeded);
        Assert.Equal(["a", "b"], app.Effects.Keys);
    }

    [Fact]
    public async Task Of_a_batch_each_message_has_a_key_of_its_own()
    {
        var store = new MemoryIdempotencyStore();
        await using var app = new TestApp(store);
        Assert.Equal(["m2"], Failed(await app.DeliverAsync("batch", Job("done"), Job("failing", "fail"))));
        var busy = await Claim(store, app, "batch", "busy");
        var outcome = await app.DeliverAsync("batch", Job("done"), Job("busy"), Job("failing", "fail"), Job("new"));
        Assert.Equal(["m2", "m3"], Failed(outcome).Order());
        Assert.Equal(["done", "failing", "failing", "new"], app.Effects.Keys);
        Assert.True(await store.ReleaseAsync(busy, TestContext.Current.CancellationToken));
        Assert.True((await app.DeliverAsync("batch", Job("done"), Job("busy"), Job("new"))).Succeeded);
        Assert.Equal(["done", "failing", "failing", "new", "busy"], app.Effects.Keys);
        Assert.True((await app.DeliverAsync("batch", Job("done"), Job("busy"))).Succeeded); // nothing left: the handler is not called
        Assert.Equal(5, app.Effects.Keys.Count);
    }

    [Fact]
    public async Task A_batch_that_throws_gives_every_key_back()
    {
        await using var app = new TestApp();
        Assert.Equal(["m1", "m2"], Failed(await app.DeliverAsync("batch", Job("a"), Job("b", "throw"))));
        Assert.True((await app.DeliverAsync("batch", Job("a"), Job("b"))).Succeeded);
        Assert.Equal(["a", "b", "a", "b"], app.Effects.Keys);
    }

    [Fact]
    public async Task Duplicates_within_a_batch_share_the_fate_of_the_first()
    {
        await using var app = new TestApp();
        Assert.Equal(["m2", "m4"], Failed(await app.DeliverAsync("batch", Job("a"), Job("b", "fail"), Job("a"), Job("b", "fail"))).Order());
        Assert.Equal(["a", "b"], app.Effects.Keys);
    }

    [Fact]
    public async Task Another_payload_under_the_same_key_can_never_succeed()
    {
        await using var app = new TestApp();
        await app.DeliverAsync("batch", Job("a"));
        var outcome = await app.DeliverAsync("batch", Job("a", "other"), Job("b"), Job("b", "other"), Job("c"));
        Assert.Equal(["m1", "m3"], outcome.Poison.Select(static poison => poison.Id).Order());
        Assert.Equal(["m1", "m3"], Failed(outcome).Order());
        Assert.Equal(["a", "b", "c"], app.Effects.Keys);
    }

    [Fact]
    public async Task In_an_ordered_source_nothing_behind_a_message_that_must_wait_is_handled()
    {
        var store = new MemoryIdempotencyStore();
        await using var app = new TestApp(store);
        await app.DeliverAsync("stream", Job("a"));
        await Claim(store, app, "stream", "c");
        Assert.Equal(["m3", "m4", "m5"], Failed(await app.DeliverAsync("stream", Job("a"), Job("b"), Job("c"), Job("d"), Job("e"))));
        Assert.Equal(["a", "b"], app.Effects.Keys);

        await Claim(store, app, "handle", "c");
        ReceivedMessage[] messages = [Message("1", Job("x")), Message("2", Job("c")), Message("3", Job("y"))];
        Assert.Equal(["2", "3"], Failed(await app.DeliverAsync("handle", messages, ordered: true)));
        Assert.Equal(["a", "b", "x"], app.Effects.Keys);
    }

    [Fact]
    public async Task The_lease_lasts_as_long_as_the_handler_may()
    {
        await using var app = new TestApp(options: static o => (o.HandlerTime, o.LeaseMargin) = (TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(7)));
        await app.DeliverAsync("handle", Job("a"));
        Assert.InRange(app.Store.Claims[0].Lease, TimeSpan.FromSeconds(126), TimeSpan.FromSeconds(127));
    }

    // What another process that works on the message has: the same key, by asking once and giving it back.
    private static async Task<IdempotencyLease> Claim(MemoryIdempotencyStore store, TestApp app, string function, string id)
    {
        app.Store.IsOut = true;
        await app.DeliverAsync(function, Job(id));
        app.Store.IsOut = false;
        var claim = app.Store.Claims[^1];
        return Assert.IsType<IdempotencyClaimed>(await store.BeginAsync(claim with { Owner = "another" }, TestContext.Current.CancellationToken)).Lease;
    }

    private static string[] Failed(MessageOutcome outcome) => outcome.Failed.Count == 0 ? None : [.. outcome.Failed.Select(static failed => failed.Id)];

    private static string Job(string id, string mode = "work") => $$"""{"id":"{{id}}","mode":"{{mode}}"}""";

    private static ReceivedMessage Message(string id, string body) => new(id, Encoding.UTF8.GetBytes(body));

    private static ReceivedMessage With(ReceivedMessage message, string job) => message with { Attributes = new Dictionary<string, string> { ["job"] = job } };
}
