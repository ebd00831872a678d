using System.Net;
using Portable.AspNet.Tests.Hosts;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

public sealed class QueueTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Supports("Queue trigger, single messages", "local")]
    public async Task A_message_is_handled_once()
    {
        await using var local = await LocalFixture.StartAsync();
        var (response, json) = await local.PostAsync("/_portable/queues/orders?source=web", """{"id":"7","quantity":2}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("/_portable/queues/orders", response.Headers.Location?.ToString());
        await local.Host.Queue("orders").WhenEmptyAsync(Token);

        var message = Assert.Single(local.Orders.Fulfilled);
        Assert.Equal(json.GetProperty("id").GetString(), message.Id);
        Assert.Equal((new Order("7", 2), 1), (message.Body, message.DeliveryCount));
        Assert.Equal("web", message.Attributes["SOURCE"]);
        Assert.Equal(local.Clock.GetUtcNow(), message.EnqueuedAt);

        var state = await local.GetJsonAsync("/_portable/queues/orders");
        Assert.Equal(1, state.GetProperty("completed").GetInt32());
        Assert.Equal(0, state.GetProperty("waiting").GetInt32());
    }

    [Fact]
    public async Task A_failed_message_is_delivered_again_with_growing_waits_and_then_given_up()
    {
        var orders = new OrdersApp { Fulfil = (_, _) => throw new InvalidOperationException("no stock"), FulfilRetry = RetryPolicy.Create(3, intervalSeconds: 10, backoffRate: 3) };
        await using var local = await LocalFixture.StartAsync(orders);
        var queue = local.Host.Queue("orders");
        var id = queue.Send("""{"id":"7","quantity":2}""");
        await queue.WhenIdleAsync(Token);
        var pending = Assert.Single(queue.Pending);
        Assert.Equal((id, 1, "InvalidOperationException: no stock"), (pending.Id, pending.DeliveryCount, pending.LastError));
        Assert.Equal(local.Clock.GetUtcNow().AddSeconds(10), pending.NextDelivery);

        local.Clock.Advance(TimeSpan.FromSeconds(9));
        await queue.WhenIdleAsync(Token);
        Assert.Single(orders.Fulfilled);
        local.Clock.Advance(TimeSpan.FromSeconds(1));
        await queue.WhenIdleAsync(Token);
        Assert.Equal(2, orders.Fulfilled.Count);
        local.Clock.Advance(TimeSpan.FromSeconds(30));
        await queue.WhenEmptyAsync(Token);

        Assert.Equal([1, 2, 3], orders.Fulfilled.Select(message => message.DeliveryCount));
        Assert.Equal([1, 2, 3], orders.Invocations.Select(invocation => invocation.Attempt));
        var letter = Assert.Single(queue.DeadLetters);
        Assert.Equal((id, 3, "InvalidOperationException: no stock"), (letter.Id, letter.DeliveryCount, letter.Reason));
    }

    [Fact]
    public async Task Without_a_policy_there_are_five_attempts()
    {
        var orders = new OrdersApp { Fulfil = (_, _) => throw new InvalidOperationException("no stock") };
        await using var local = await LocalFixture.StartAsync(orders);
        var queue = local.Host.Queue("orders");
        queue.Send("""{"id":"7","quantity":2}""");
        for (var i = 0; i < 10; i++)
        {
            await queue.WhenIdleAsync(Token);
            local.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        await queue.WhenEmptyAsync(Token);
        Assert.Equal(5, orders.Fulfilled.Count);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"id\":7}")]
    public async Task A_poison_message_is_a_dead_letter_at_once_with_its_reason(string body)
    {
        await using var local = await LocalFixture.StartAsync();
        var (_, sent) = await local.PostAsync("/_portable/queues/orders", body);
        await local.Host.Queue("orders").WhenEmptyAsync(Token);
        Assert.Empty(local.Orders.Fulfilled);
        var letter = Assert.Single((await local.GetJsonAsync("/_portable/queues/orders/dead-letters")).EnumerateArray());
        Assert.Equal(sent.GetProperty("id").GetString(), letter.GetProperty("id").GetString());
        Assert.Equal(body, letter.GetProperty("body").GetString());
        Assert.Equal(1, letter.GetProperty("deliveryCount").GetInt32());
        Assert.StartsWith("The body is", letter.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_letter_can_be_replayed()
    {
        var healthy = false;
        var orders = new OrdersApp { Fulfil = (_, _) => healthy ? Task.CompletedTask : throw new InvalidOperationException("no stock"), FulfilRetry = RetryPolicy.Once };
        await using var local = await LocalFixture.StartAsync(orders);
        var queue = local.Host.Queue("orders");
        queue.Send("""{"id":"7","quantity":2}""", new Dictionary<string, string> { ["source"] = "web" });
        await queue.WhenEmptyAsync(Token);
        var link = (await local.GetJsonAsync("/_portable/queues/orders")).GetProperty("deadLetters")[0].GetProperty("replayLink").GetString()!;

        healthy = true;
        var (response, _) = await local.PostAsync(link);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await queue.WhenEmptyAsync(Token);
        Assert.Empty(queue.DeadLetters);
        Assert.Equal(1, queue.Completed);
        Assert.Equal([("orders-1", 1, "web"), ("orders-1", 1, "web")], orders.Fulfilled.Select(message => (message.Id, message.DeliveryCount, message.Attributes["source"])));

        (response, _) = await local.PostAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    [Supports("Partial batch failure", "local")]
    public async Task A_batch_function_receives_batches_and_only_what_failed_comes_back()
    {
        var gate = new TaskCompletionSource();
        var orders = new OrdersApp();
        orders.Import = batch =>
        {
            gate.Task.Wait(Token); // holds the first delivery until all are sent, so that the next one is full
            return BatchResult.Partial([.. batch.Where(message => message.Body.Quantity < 0 && message.DeliveryCount == 1).Select(message => message.Id)]);
        };
        await using var local = await LocalFixture.StartAsync(orders);
        var queue = local.Host.Queue("imports");
        for (var i = 0; i < 6; i++)
        {
            queue.Send($$"""{"id":"{{i}}","quantity":{{(i == 4 ? -1 : 1)}}}""");
        }

        queue.Send("poison");
        gate.SetResult();
        await queue.WhenIdleAsync(Token);
        local.Clock.Advance(TimeSpan.FromSeconds(1));
        await queue.WhenEmptyAsync(Token);

        Assert.Equal(6, queue.Completed);
        Assert.Equal("imports-7", Assert.Single(queue.DeadLetters).Id);
        Assert.All(orders.Batches, batch => Assert.InRange(batch.Count, 0, 3));
        Assert.Contains(orders.Batches, batch => batch.Count == 3);
        Assert.Equal(2, orders.Batches.SelectMany(batch => batch).Count(message => message.Body.Id == "4"));
        Assert.Equal("4", Assert.Single(orders.Batches.Last()).Body.Id);
    }

    [Fact]
    public async Task A_batch_result_that_names_a_stranger_fails_the_whole_batch()
    {
        var orders = new OrdersApp { Import = _ => BatchResult.Partial("who") };
        await using var local = await LocalFixture.StartAsync(orders);
        var queue = local.Host.Queue("imports");
        queue.Send("""{"id":"1","quantity":1}""");
        await queue.WhenIdleAsync(Token);
        local.Clock.Advance(TimeSpan.FromSeconds(1));
        await queue.WhenEmptyAsync(Token);
        Assert.Equal("The handler reported 'who' as failed, which was not in the batch.", Assert.Single(queue.DeadLetters).Reason);
    }

    [Fact]
    public async Task The_timeout_of_the_function_cancels_the_handler()
    {
        var entered = new TaskCompletionSource();
        var orders = new OrdersApp { FulfilRetry = RetryPolicy.Once };
        orders.Fulfil = async (_, ct) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
        };
        await using var local = await LocalFixture.StartAsync(orders);
        var queue = local.Host.Queue("orders");
        queue.Send("""{"id":"7","quantity":2}""");
        await entered.Task.WaitAsync(Token);
        local.Clock.Advance(TimeSpan.FromSeconds(30));
        await queue.WhenEmptyAsync(Token);
        Assert.Contains("Canceled", Assert.Single(queue.DeadLetters).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_send_at_once()
    {
        await using var local = await LocalFixture.StartAsync();
        var queue = local.Host.Queue("orders");
        Parallel.For(0, 1000, i => queue.Send($$"""{"id":"{{i}}","quantity":1}"""));
        await queue.WhenEmptyAsync(Token);
        Assert.Equal(1000, queue.Completed);
        Assert.Equal(1000, local.Orders.Fulfilled.Select(message => message.Body.Id).Distinct().Count());
    }

    [Fact]
    public async Task Two_functions_of_one_queue_are_refused()
    {
        static ValueTask<BatchResult> Handle(MessageCall call) => new(BatchResult.Success);
        await using var app = new PortableApp("local", [new MessageFunction("A", new QueueSource("q") { BatchSize = 1 }, Handle, handlesBatches: false), new MessageFunction("B", new QueueSource("q") { BatchSize = 1 }, Handle, handlesBatches: false)], []);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Portable.Local.LocalHost.StartAsync(app, new() { Url = "http://127.0.0.1:0" }, Token));
        Assert.Contains("'A', 'B'", refused.Message, StringComparison.Ordinal);
    }
}
