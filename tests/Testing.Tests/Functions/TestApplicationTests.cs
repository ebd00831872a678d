using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Portable.Testing.Tests.Functions;

/// <summary>The test kit for functions, used as a user does.</summary>
public sealed class TestApplicationTests
{
    private readonly Book _book = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_sets_off_all_that_follows_from_it()
    {
        await using var app = Start();
        var response = await app.Post("/loaves", new Loaf("l-1", 500), new Dictionary<string, string> { ["x-correlation-id"] = "breakfast" });
        Assert.Equal(202, response.StatusCode);
        Assert.Equal(new Loaf("l-1", 500), response.Json<Loaf>());
        await app.Settle(Token);

        Assert.Equal(["bake l-1 1 north", "receipt l-1.txt 4", "sold l-1 350"], _book.Lines.Order());
        Assert.Equal([new Baked("l-1", "left")], app.SentTo<Baked>("shelf"));
        Assert.Equal([new LoafSold("l-1", 350)], app.Published<LoafSold>());
        Assert.Equal("""{"id":"l-1","oven":"left"}""", app.Sent[^1].Text);
        Assert.All(app.Sent, static sent => Assert.Equal("breakfast", sent.Attributes["portable-correlation-id"]));
        Assert.Equal("paid"u8.ToArray(), (await app.Bucket("receipts").Get("l-1.txt", Token))!.Content.ToArray());
        Assert.Equal(1, app.Source("bake").Completed);
    }

    [Fact]
    public async Task Failures_are_tried_again_in_virtual_time_and_given_up_in_the_end()
    {
        await using var app = Start();
        var start = app.Now;
        app.Send("oven", new Loaf("big", 2000));
        app.Send("oven", new Loaf("huge", 9000));
        app.Queue("oven").Send("""{"id":7}""");
        await app.Settle(Token);
        Assert.Equal(TimeSpan.FromSeconds(60 + 120), app.Now - start);
        Assert.Equal(["bake big 1 ", "bake big 2 ", "bake big 3 ", "bake huge 1 ", "bake huge 2 ", "bake huge 3 "], _book.Lines.Where(static line => line.StartsWith("bake", StringComparison.Ordinal)).Order());
        Assert.Equal(["oven-3", "oven-2"], app.DeadLetters("bake").Select(static letter => letter.Id));
        Assert.Equal("InvalidOperationException: too large for the oven", app.DeadLetters("bake")[1].Reason);
        Assert.Equal(2, app.Sent.Count(static sent => sent.Queue == "burnt"));
        Assert.Equal(["""{"id":7}""", """{"id":"huge","grams":9000}"""], app.Sent.Where(static sent => sent.Queue == "burnt").Select(static sent => sent.Text));
    }

    [Fact]
    public async Task Everything_that_starts_functions_can_be_played()
    {
        await using var app = Start();
        app.Publish(new LoafSold("l-2", 1));
        app.Device("ovens/3/temperature").Send("""{"celsius":220.5}""", "3");
        app.Table("stock").Put("rye", """{"id":"rye","count":4}""");
        app.Table("stock").Put("rye", """{"id":"rye","count":3}""");
        app.Stream("till").Put("""{"id":"l-3","grams":1}""", "till-1");
        await app.Bucket("receipts").Put("x.txt", new byte[2], cancellationToken: Token);
        await app.Bucket("receipts").Put("x.pdf", new byte[2], cancellationToken: Token);
        await app.Settle(Token);
        Assert.Equal(["oven 3 220.5", "receipt x.txt 2", "sold l-2 1", "stock rye 4>3", "stock rye >4", "till till-1 l-3"], _book.Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Schedules_fire_as_time_passes_and_by_hand()
    {
        await using var app = Start();
        await app.Advance(TimeSpan.FromDays(2), Token);
        Assert.Equal(["light 03:00", "cash 1", "cash 2", "light 03:00", "cash 1", "cash 2"], _book.Lines);
        Assert.Equal(new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero), app.Now);
        await Assert.ThrowsAsync<InvalidOperationException>(() => app.Fire("count-cash"));
        await app.Fire("light-ovens", new DateTimeOffset(2026, 7, 1, 2, 0, 0, TimeSpan.Zero));
        Assert.Equal("light 02:00", _book.Lines.Last());
    }

    [Fact]
    public async Task Names_that_do_not_exist_are_told_with_those_that_do()
    {
        await using var app = Start();
        Assert.Contains("'oven'", Assert.Throws<ArgumentException>(() => app.Send("stove", new Loaf("a", 1))).Message, StringComparison.Ordinal);
        Assert.Contains("'light-ovens'", (await Assert.ThrowsAsync<ArgumentException>(() => app.Fire("x"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => app.Table("x"));
        Assert.Throws<ArgumentException>(() => app.Stream("x"));
        Assert.Throws<ArgumentException>(() => app.Device("x"));
        Assert.Throws<ArgumentException>(() => app.DeadLetters("x"));
        Assert.Throws<ArgumentException>(() => app.Publish(new Loaf("a", 1)));
        Assert.Equal(404, (await app.Get("/nothing")).StatusCode);
        Assert.Equal(400, (await app.Request("POST", "/loaves", "{"u8.ToArray(), cancellationToken: Token)).StatusCode);
    }

    [Fact]
    public async Task Many_messages_settle()
    {
        await using var app = Start();
        for (var i = 0; i < 2000; i++)
        {
            app.Send("oven", new Loaf($"l-{i}", i % 10 == 0 ? 2000 : 100));
        }

        await app.Settle(Token);
        Assert.Equal(2000, app.Published<LoafSold>().Select(static sold => sold.Id).Distinct().Count());
        Assert.Equal(2000, app.Source("bake").Completed);
    }

    private TestApplication Start() => TestApplication.For<BakeryFunctions>(app =>
    {
        app.Services.AddSingleton<IBakeryBook>(_book);
        app.Services.AddLogging(static logging => logging.ClearProviders());
    });

    private sealed class Book : IBakeryBook
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public void Write(string line) => Lines.Enqueue(line);
    }
}
