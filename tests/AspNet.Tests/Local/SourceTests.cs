using System.Net;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

/// <summary>Every kind of source on the local host: what starts a function, in which order, and what becomes of failures.</summary>
public sealed class SourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Supports("Stream trigger", "local")]
    public async Task Every_reader_of_a_stream_has_all_records_in_order_for_each_key()
    {
        await using var local = await SourcesFixture.StartAsync(options: static options => options with { Concurrency = 4 });
        var stream = local.Host.Stream("clicks");
        for (var i = 0; i < 200; i++)
        {
            stream.Put($$"""{"key":"x","number":{{i}}}""", "abcdefgh"[i % 8].ToString());
        }

        await AllEmptyAsync(local);
        foreach (var reader in new[] { "clicks ", "clicks-too " })
        {
            var seen = local.App.Seen.Where(line => line.StartsWith(reader, StringComparison.Ordinal)).Select(line => line[reader.Length..]).ToList();
            Assert.Equal(200, seen.Count);
            Assert.All(seen.GroupBy(line => line[0]), static key => Assert.Equal(key.Select(static line => int.Parse(line.AsSpan(1), null)).Order(), key.Select(static line => int.Parse(line.AsSpan(1), null))));
        }
    }

    [Fact]
    [Supports("Ordered sources stop at the first failure", "local")]
    public async Task A_stream_waits_at_a_failure_and_goes_on_behind_what_is_given_up()
    {
        var app = new SourcesApp { Handle = line => line == "clicks a1" ? throw new InvalidOperationException("bad") : Task.CompletedTask };
        await using var local = await SourcesFixture.StartAsync(app);
        for (var i = 0; i < 4; i++)
        {
            local.Host.Stream("clicks").Put($$"""{"key":"x","number":{{i}}}""", "a");
        }

        var source = local.Host.Source("clicks");
        await source.WhenIdleAsync(Token);
        Assert.Equal(["clicks a0"], Of(app, "clicks "));
        Assert.Equal(3, source.Waiting);
        local.Clock.Advance(TimeSpan.FromSeconds(10));
        await source.WhenEmptyAsync(Token);
        Assert.Equal(["clicks a0", "clicks a2", "clicks a3"], Of(app, "clicks "));
        Assert.Equal((3L, 2, "InvalidOperationException: bad"), (source.Completed, source.DeadLetters[0].DeliveryCount, source.DeadLetters[0].Reason));
    }

    [Fact]
    [Supports("Ordered queue trigger", "local")]
    public async Task An_ordered_queue_keeps_groups_in_order_and_knows_a_message_that_is_sent_twice()
    {
        var fail = true;
        var app = new SourcesApp { Handle = line => line == "fifo a1" && fail ? throw new InvalidOperationException("bad") : Task.CompletedTask };
        await using var local = await SourcesFixture.StartAsync(app);
        var queue = local.Host.Queue("fifo");
        string Send(string group, int number, string? deduplication = null) => queue.Send(System.Text.Encoding.UTF8.GetBytes($$"""{"key":"{{group}}","number":{{number}}}"""), group: group, deduplicationId: deduplication);
        var first = Send("a", 1, "one");
        Assert.Equal(first, Send("a", 1, "one"));
        Send("a", 2);
        Send("b", 1);
        await queue.WhenIdleAsync(Token);
        Assert.Equal(["fifo b1"], Of(app, "fifo "));
        fail = false;
        local.Clock.Advance(TimeSpan.FromSeconds(10));
        await queue.WhenEmptyAsync(Token);
        Assert.Equal(["fifo b1", "fifo a1", "fifo a2"], Of(app, "fifo "));
        local.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.NotEqual(first, Send("a", 1, "one"));
        await queue.WhenEmptyAsync(Token);
    }

    [Fact]
    [Supports("Storage trigger", "local")]
    public async Task Objects_start_the_functions_that_ask_for_them()
    {
        await using var local = await SourcesFixture.StartAsync();
        var bucket = local.Host.Bucket("uploads");
        await bucket.Put("pictures/cat.jpg", new byte[5], "image/jpeg", Token);
        await bucket.Put("pictures/cat.png", new byte[5], "image/png", Token);
        await bucket.Delete("pictures/cat.jpg", Token);
        await bucket.Delete("pictures/none", Token);
        await AllEmptyAsync(local);
        Assert.Equal(["cleanup Deleted pictures/cat.jpg ", "thumbnails Created uploads pictures/cat.jpg 5 image/jpeg"], local.App.Seen.Order());
        Assert.Equal([("pictures/cat.png", 5L)], bucket.Objects);
    }

    [Fact]
    [Supports("Event trigger", "local")]
    public async Task Events_go_to_every_function_of_their_type_and_unknown_versions_by_policy()
    {
        await using var local = await SourcesFixture.StartAsync();
        local.Host.Events.Publish("com.acme.placed", """{"id":"1"}""", version: 2, source: "shop", subject: "orders/1");
        local.Host.Events.Publish("com.acme.placed", """{"id":"2"}""", version: 3, id: "e3");
        local.Host.Events.Publish("com.acme.other", """{"id":"3"}""");
        await AllEmptyAsync(local);
        Assert.Equal(["placed 1 shop 2 orders/1", "placed-too 1"], local.App.Seen.Order());
        var letter = Assert.Single(local.Host.Source("placed").DeadLetters);
        Assert.Equal(("e3", "The event is of version 3; the function takes version 2."), (letter.Id, letter.Reason));
        Assert.Empty(local.Host.Source("placed-too").DeadLetters);
        Assert.Equal(3, local.Host.Events.Events.Count);
    }

    [Fact]
    [Supports("Table trigger", "local")]
    public async Task Rows_come_with_what_they_were_and_are_in_order_for_each_key()
    {
        await using var local = await SourcesFixture.StartAsync(options: static options => options with { Concurrency = 4 });
        var table = local.Host.Table("orders");
        for (var i = 0; i < 50; i++)
        {
            Assert.True(table.Put($"k{i % 5}", $$"""{"key":"k","number":{{i}}}"""));
        }

        Assert.False(table.Put("k4", """{"key":"k","number":49}"""));
        Assert.True(table.Remove("k0"));
        Assert.False(table.Remove("k0"));
        Assert.Throws<ArgumentException>(() => table.Put("k", "[]"));
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => table.Put("k", "{"));
        await AllEmptyAsync(local);
        Assert.Equal(
            ["rows k0 Inserted >0", "rows k0 Modified 0>5", .. Enumerable.Range(1, 8).Select(static i => $"rows k0 Modified {i * 5}>{(i * 5) + 5}"), "rows k0 Removed 45>"],
            local.App.Seen.Where(static line => line.StartsWith("rows k0", StringComparison.Ordinal)));
        Assert.Equal(51, local.App.Seen.Count);
    }

    [Fact]
    [Supports("Device trigger", "local")]
    public async Task Devices_reach_the_functions_whose_filter_takes_the_topic()
    {
        await using var local = await SourcesFixture.StartAsync();
        local.Host.Device("devices/7/telemetry").Send("""{"key":"k","number":1}""", deviceId: "7");
        var response = await local.SendAsync(HttpMethod.Post, "/_portable/devices/devices/8/telemetry?device=8", """{"key":"k","number":2}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await AllEmptyAsync(local);
        Assert.Equal(["telemetry 7 devices/7/telemetry 1", "telemetry 8 devices/8/telemetry 2"], local.App.Seen);
        Assert.Throws<ArgumentException>(() => local.Host.Device("devices/7/other"));
        Assert.Equal(HttpStatusCode.NotFound, (await local.SendAsync(HttpMethod.Post, "/_portable/devices/other", "{}")).StatusCode);
    }

    // The examples of MQTT 5.0, section 4.7.1.
    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "a/b", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/monitor/Clients", "$SYS/monitor/Clients", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    [InlineData("a/b", "a/b/c", false)]
    [InlineData("a/b/c", "a/b", false)]
    public void Topic_filters_are_those_of_mqtt(string filter, string topic, bool matches) => Assert.Equal(matches, Portable.Local.TopicFilter.Matches(filter, topic));

    [Fact]
    [Supports("Dead letters with the reason", "local")]
    public async Task A_dead_letter_is_in_the_functions_queue_and_can_be_replayed_from_its_source()
    {
        var healthy = false;
        var app = new SourcesApp { Handle = line => healthy || !line.StartsWith("parcels", StringComparison.Ordinal) ? Task.CompletedTask : throw new InvalidOperationException("no") };
        await using var local = await SourcesFixture.StartAsync(app);
        var queue = local.Host.Queue("parcels");
        queue.Send("""{"key":"k","number":1}""", new Dictionary<string, string> { ["tenant"] = "blue" });
        queue.Send("{");
        await queue.WhenIdleAsync(Token);
        local.Clock.Advance(TimeSpan.FromSeconds(10));
        await queue.WhenEmptyAsync(Token);
        Assert.Equal((2, 0L), (queue.DeadLetters.Count, queue.Completed));
        Assert.Equal(["parcels-dead", "parcels-dead"], local.Host.Sent.Select(sent => sent.Queue));
        Assert.Equal(["parcels-2", "parcels-1"], local.Host.Sent.Select(sent => sent.Attributes["portable-dead-letter-id"]));
        Assert.Contains("\"reason\": \"InvalidOperationException: no\"", await local.GetAsync("/_portable/sources/parcels/dead-letters"), StringComparison.Ordinal);
        Assert.Contains("portable-dead-letter-reason", await local.GetAsync("/_portable/sent"), StringComparison.Ordinal);

        healthy = true;
        var response = await local.SendAsync(HttpMethod.Post, "/_portable/queues/parcels/dead-letters/replay");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Contains("\"replayed\": 2", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await queue.WhenEmptyAsync(Token);
        Assert.Equal(["parcels 1 blue"], app.Seen);
        Assert.Equal("parcels-2", Assert.Single(queue.DeadLetters).Id);
    }

    [Fact]
    public async Task Dead_letters_of_any_source_are_replayed_with_what_they_were()
    {
        var healthy = false;
        var app = new SourcesApp { Handle = _ => healthy ? Task.CompletedTask : throw new InvalidOperationException("no"), Retry = Runtime.RetryPolicy.Once };
        await using var local = await SourcesFixture.StartAsync(app);
        await local.Host.Bucket("uploads").Put("pictures/a.jpg", new byte[1], cancellationToken: Token);
        local.Host.Table("orders").Put("k", """{"key":"k","number":1}""");
        local.Host.Stream("clicks").Put("""{"key":"k","number":1}""", "a");
        await AllEmptyAsync(local);
        healthy = true;
        foreach (var source in local.Host.Sources)
        {
            Assert.Equal(source.DeadLetters.Count, source.ReplayAll());
        }

        await AllEmptyAsync(local);
        Assert.Equal(["clicks a1", "clicks-too a1", "rows k Inserted >1", "thumbnails Created uploads pictures/a.jpg 1 application/octet-stream"], app.Seen.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task So_many_deliveries_go_on_at_a_time(int concurrency)
    {
        var (running, most) = (0, 0);
        var gate = new TaskCompletionSource();
        var full = new TaskCompletionSource();
        var app = new SourcesApp
        {
            Handle = async _ =>
            {
                var now = Interlocked.Increment(ref running);
                most = Math.Max(most, now);
                if (now == concurrency)
                {
                    full.TrySetResult();
                }

                await gate.Task;
                Interlocked.Decrement(ref running);
            },
        };
        await using var local = await SourcesFixture.StartAsync(app, options => options with { Concurrency = concurrency });
        for (var i = 0; i < 20; i++)
        {
            local.Host.Queue("parcels").Send("""{"key":"k","number":1}""");
        }

        await full.Task.WaitAsync(Token);
        gate.SetResult();
        await local.Host.Queue("parcels").WhenEmptyAsync(Token);
        Assert.Equal((concurrency, 20L), (most, local.Host.Queue("parcels").Completed));
    }

    private static string[] Of(SourcesApp app, string start) => [.. app.Seen.Where(line => line.StartsWith(start, StringComparison.Ordinal))];

    private static Task AllEmptyAsync(SourcesFixture local) => Task.WhenAll(local.Host.Sources.Select(static source => source.WhenEmptyAsync(Token)));
}
