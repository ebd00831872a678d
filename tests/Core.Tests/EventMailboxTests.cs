using Portable.Runtime;
using Xunit;

namespace Portable.Core.Tests;

/// <summary>Events and waits in every order: none lost, none taken twice.</summary>
public sealed class EventMailboxTests
{
    private const string Key = "orders/run-1/approval";

    private readonly FakeEngine _engine = new();
    private readonly MemoryMailboxStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private EventMailboxes Boxes => new(_store, _engine);

    [Fact]
    public async Task An_event_goes_to_the_wait_that_has_begun()
    {
        _engine.Waiting.Add("token-1");
        Assert.Null(await Boxes.WaitAsync(Key, "token-1", Token));

        await Boxes.RaiseAsync(Key, "{\"granted\":true}", Token);

        Assert.Equal([("token-1", "{\"granted\":true}")], _engine.Delivered);
    }

    [Fact]
    public async Task An_event_raised_before_the_wait_is_kept_for_it()
    {
        await Boxes.RaiseAsync(Key, "1", Token);

        Assert.Equal("1", await Boxes.WaitAsync(Key, "token-1", Token));
        Assert.Null(await Boxes.WaitAsync(Key, "token-2", Token));
        Assert.Empty(_engine.Delivered);
    }

    [Fact]
    public async Task Several_early_events_are_taken_in_order()
    {
        await Boxes.RaiseAsync(Key, "1", Token);
        await Boxes.RaiseAsync(Key, "2", Token);

        Assert.Equal("1", await Boxes.WaitAsync(Key, "token-1", Token));
        Assert.Equal("2", await Boxes.WaitAsync(Key, "token-2", Token));
    }

    [Fact]
    public async Task A_wait_that_is_noted_twice_gets_the_same_event()
    {
        await Boxes.RaiseAsync(Key, "1", Token);
        await Boxes.RaiseAsync(Key, "2", Token);

        Assert.Equal("1", await Boxes.WaitAsync(Key, "token-1", Token));
        Assert.Equal("1", await Boxes.WaitAsync(Key, "token-1", Token));
        Assert.Equal("2", await Boxes.WaitAsync(Key, "token-2", Token));
    }

    [Fact]
    public async Task An_event_that_comes_too_late_for_a_wait_is_kept_for_the_next()
    {
        Assert.Null(await Boxes.WaitAsync(Key, "timed-out", Token)); // the engine has forgotten it

        await Boxes.RaiseAsync(Key, "1", Token);

        Assert.Equal("1", await Boxes.WaitAsync(Key, "token-2", Token));
    }

    [Fact]
    public async Task A_wait_that_gives_up_gets_the_event_that_came_in_the_meantime()
    {
        _engine.Waiting.Add("callback-1");
        await Boxes.WaitAsync(Key, "callback-1", Token);
        await Boxes.RaiseAsync(Key, "1", Token);

        Assert.Equal("1", await Boxes.GiveUpAsync(Key, "callback-1", Token));
    }

    [Fact]
    public async Task An_event_after_a_wait_has_given_up_is_kept()
    {
        _engine.Waiting.Add("callback-1");
        await Boxes.WaitAsync(Key, "callback-1", Token);

        Assert.Null(await Boxes.GiveUpAsync(Key, "callback-1", Token));
        await Boxes.RaiseAsync(Key, "1", Token);

        Assert.Empty(_engine.Delivered);
        Assert.Equal("1", await Boxes.WaitAsync(Key, "callback-2", Token));
    }

    [Fact]
    public async Task A_delivery_that_fails_leaves_the_wait_for_another_try()
    {
        _engine.Waiting.Add("token-1");
        await Boxes.WaitAsync(Key, "token-1", Token);
        _engine.Broken = true;
        await Assert.ThrowsAsync<HttpRequestException>(async () => await Boxes.RaiseAsync(Key, "1", Token));

        _engine.Broken = false;
        await Boxes.RaiseAsync(Key, "1", Token);

        Assert.Equal([("token-1", "1")], _engine.Delivered);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Writers_that_meet_lose_and_double_nothing(int seed)
    {
        var store = new ConflictingStore(_store, new Random(seed));
        var boxes = new EventMailboxes(store, _engine);
        const int events = 200;
        var taken = new List<string>();
        var waits = 0;
        var random = new Random(seed * 31);
        var raised = 0;
        for (var round = 0; round < 20 * events && taken.Count + _engine.Delivered.Count < events; round++)
        {
            if (raised < events && random.Next(2) == 0)
            {
                await boxes.RaiseAsync(Key, $"{raised++}", Token);
            }
            else if (_engine.Waiting.Count == 0)
            {
                var token = $"token-{waits++}";
                _engine.Waiting.Add(token);
                if (await boxes.WaitAsync(Key, token, Token) is { } payload)
                {
                    _engine.Waiting.Remove(token);
                    taken.Add(payload);
                }
            }
        }

        Assert.Equal(Enumerable.Range(0, events), taken.Concat(_engine.Delivered.Select(static delivered => delivered.Payload)).Select(int.Parse).Order());
    }

    private sealed class FakeEngine : IEventDelivery
    {
        public HashSet<string> Waiting { get; } = [];

        public List<(string Waiter, string Payload)> Delivered { get; } = [];

        public bool Broken { get; set; }

        public ValueTask<bool> DeliverAsync(string waiter, string payloadJson, CancellationToken cancellationToken)
        {
            if (Broken)
            {
                throw new HttpRequestException("down");
            }

            if (!Waiting.Remove(waiter))
            {
                return new(false);
            }

            Delivered.Add((waiter, payloadJson));
            return new(true);
        }
    }

    // As if another writer came between reading and writing, now and then: the same content under a new version.
    private sealed class ConflictingStore(IMailboxStore store, Random random) : IMailboxStore
    {
        public ValueTask<StoredMailbox?> ReadAsync(string key, CancellationToken cancellationToken) => store.ReadAsync(key, cancellationToken);

        public async ValueTask<bool> WriteAsync(string key, string json, string? expectedVersion, CancellationToken cancellationToken)
        {
            if (random.Next(3) == 0 && await store.ReadAsync(key, cancellationToken) is { } current)
            {
                await store.WriteAsync(key, current.Json, current.Version, cancellationToken);
            }

            return await store.WriteAsync(key, json, expectedVersion, cancellationToken);
        }
    }
}
