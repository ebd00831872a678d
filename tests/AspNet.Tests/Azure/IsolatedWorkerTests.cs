using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Portable.AspNet.Tests.Hosts;
using Portable.Azure;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Azure;

/// <summary>What emitted wrappers of the isolated worker call.</summary>
public sealed class IsolatedWorkerTests
{
    private static readonly Dictionary<string, object?> NoBindingData = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Supports("HTTP trigger", "azure managed")]
    public async Task A_request_is_bound_and_answered()
    {
        var orders = new OrdersApp { Log = new CapturedLog() };
        await using var app = orders.Build("azure");
        var function = new AzureFunction(app, "Place");
        using var body = new MemoryStream("""{"id":"7","quantity":2}"""u8.ToArray());
        var reply = await function.InvokeHttpAsync("POST", new Uri("https://shop.example/orders"), [KeyValuePair.Create("Content-Type", "application/json")], body, "i1", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Token);
        Assert.Equal(201, reply.StatusCode);
        Assert.Equal("/orders/7", reply.Headers.Single(header => header.Key == "Location").Value);
        Assert.Equal("""{"id":"7","quantity":2}""", Encoding.UTF8.GetString(reply.Body.Span));
        var invocation = Assert.Single(orders.Invocations);
        Assert.Equal(("i1", "azure", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"), (invocation.InvocationId, invocation.Cloud, invocation.TraceParent));
    }

    [Fact]
    public async Task A_request_that_does_not_fit_is_400_and_a_handler_that_throws_500_without_its_message()
    {
        await using var app = new OrdersApp { Log = new CapturedLog() }.Build("azure");
        using var body = new MemoryStream("{"u8.ToArray());
        Assert.Equal(400, (await new AzureFunction(app, "Place").InvokeHttpAsync("POST", new Uri("https://shop.example/orders"), [], body, "i", null, Token)).StatusCode);
        var failed = await new AzureFunction(app, "Fail").InvokeHttpAsync("GET", new Uri("https://shop.example/fail"), [], Stream.Null, "i", null, Token);
        Assert.Equal(500, failed.StatusCode);
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(failed.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    [Supports("Queue trigger, single messages", "azure managed")]
    public async Task A_message_carries_what_the_queue_says_of_it()
    {
        var orders = new OrdersApp { Log = new CapturedLog() };
        await using var app = orders.Build("azure");
        var data = new Dictionary<string, object?> { ["Id"] = "m1", ["DequeueCount"] = "3" };
        await new AzureFunction(app, "Fulfil").InvokeMessagesAsync("""{"id":"7","quantity":2}""", data, 0, "i", null, Token);
        var message = Assert.Single(orders.Fulfilled);
        Assert.Equal(("m1", 3, "7"), (message.Id, message.DeliveryCount, message.Body.Id));
    }

    [Fact]
    public async Task A_message_that_fails_throws_so_that_the_host_delivers_it_again()
    {
        var orders = new OrdersApp { Log = new CapturedLog(), Fulfil = (_, _) => throw new InvalidOperationException("no stock") };
        await using var app = orders.Build("azure");
        var function = new AzureFunction(app, "Fulfil");
        Assert.Contains("no stock", (await Assert.ThrowsAsync<MessageFailedException>(() => function.InvokeMessagesAsync("""{"id":"7","quantity":2}""", NoBindingData, 0, "i", null, Token))).Message, StringComparison.Ordinal);
        Assert.Contains("not valid JSON", (await Assert.ThrowsAsync<MessageFailedException>(() => function.InvokeMessagesAsync("nonsense", NoBindingData, 0, "i", null, Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Supports("Schedule trigger", "azure managed")]
    public async Task A_timer_fires_and_its_failure_is_thrown_on()
    {
        var orders = new OrdersApp { Log = new CapturedLog() };
        await using var app = orders.Build("azure");
        var function = new AzureFunction(app, "Sweep");
        await function.InvokeScheduleAsync(0, "i", null, Token);
        Assert.Single(orders.Swept);
        orders.Sweep = _ => throw new InvalidOperationException("disk full");
        await Assert.ThrowsAsync<InvalidOperationException>(() => function.InvokeScheduleAsync(0, "i", null, Token));
    }

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin", true)]
    [InlineData("Europe/Berlin", "W. Europe Standard Time", true)]
    [InlineData("Europe/Berlin", null, false)]
    [InlineData("Europe/Berlin", "America/New_York", false)]
    [InlineData(null, null, true)]
    [InlineData(null, "UTC", true)]
    [InlineData(null, "Europe/Berlin", false)]
    public async Task A_schedule_runs_by_the_time_of_its_zone_or_not_at_all(string? zone, string? setting, bool runs)
    {
        var ran = 0;
        var function = new ScheduleFunction("Sweep", "0 3 * * *", _ => new(Task.FromResult(++ran)), timeZone: zone);
        await using var app = new PortableApp("azure", [function], []);
        var invoking = new AzureFunction(app, function, name => name == "WEBSITE_TIME_ZONE" ? setting : null).InvokeScheduleAsync(0, "i", null, Token);
        if (runs)
        {
            await invoking;
        }
        else
        {
            Assert.Contains("WEBSITE_TIME_ZONE", (await Assert.ThrowsAsync<InvalidOperationException>(() => invoking)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(runs ? 1 : 0, ran);
    }

    [Fact]
    [Supports("Workflow steps", "azure managed")]
    public async Task A_step_returns_json_and_fails_with_its_code()
    {
        var orders = new OrdersApp { Log = new CapturedLog(), Charge = (_, _) => throw new StepFailed("CardDeclined", "order 7: no funds", """{"a":1}""") };
        await using var app = orders.Build("azure");
        var steps = new AzureSteps(app, "order-fulfilment");
        using var order = JsonDocument.Parse("""{"id":"7","quantity":2}""");
        var quote = await steps.InvokeAsync("Price", Request("Price", order.RootElement), "i", Token);
        Assert.Equal(1000, quote.GetProperty("totalCents").GetInt64());
        var failed = await Assert.ThrowsAsync<StepFailedException>(() => steps.InvokeAsync("Charge", Request("Charge", quote), "i", Token));
        Assert.Equal(("CardDeclined", "order 7: no funds", """{"a":1}"""), (failed.Failure.Code, failed.Failure.Message, failed.Failure.Data));
        Assert.Equal(failed.Failure, Runtime.StepFailure.Find(failed.Message));
        Assert.Equal([("run-1", 2)], orders.Invocations.Select(invocation => (invocation.RunId, invocation.Attempt)));
        await Assert.ThrowsAsync<StepFailedException>(() => steps.InvokeAsync("Charge", Request("Charge", quote), "i", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", Token));
        Assert.Equal([("i", null), ("0af7651916cd43dd8448eb211c80319c", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")], orders.Invocations.Select(invocation => (invocation.CorrelationId, invocation.TraceParent)));
        Assert.Equal("BadInput", (await Assert.ThrowsAsync<StepFailedException>(() => steps.InvokeAsync("Charge", quote, "i", Token))).Failure.Code);
    }

    [Fact]
    public async Task Events_go_to_the_applications_publisher()
    {
        var request = new Runtime.StepRequest(Runtime.PublishedEventJson.Step, Runtime.PublishedEventJson.Write(new PublishedEvent("run-1-0", "portable.flow", "com.acme.placed", 2, """{"id":7}""")), "run-1", 1).ToJson();
        await using var without = new OrdersApp { Log = new CapturedLog() }.Build("azure");
        Assert.Equal("NoPublisher", (await Assert.ThrowsAsync<StepFailedException>(() => new AzureSteps(without, "order-fulfilment").PublishAsync(request, Token))).Failure.Code);

        var publisher = new Portable.Local.LocalEventBus(TimeProvider.System);
        await using var with = without.With(app => app.Services.AddSingleton<IEventPublisher>(publisher));
        await new AzureSteps(with, "order-fulfilment").PublishAsync(request, Token);
        await new AzureSteps(with, "order-fulfilment").PublishAsync(request, Token);
        Assert.Equal(new PublishedEvent("run-1-0", "portable.flow", "com.acme.placed", 2, """{"id":7}"""), Assert.Single(publisher.Events).Event);
    }

    private static JsonElement Request(string step, JsonElement input) => new Runtime.StepRequest(step, System.Text.Encoding.UTF8.GetBytes(input.GetRawText()), "run-1", 2).ToJson();

    [Fact]
    public async Task An_unknown_name_lists_the_known_ones()
    {
        await using var app = new OrdersApp().Build("azure");
        Assert.Contains("Place", Assert.Throws<InvalidOperationException>(() => new AzureFunction(app, "Nope")).Message, StringComparison.Ordinal);
        Assert.Contains("order-fulfilment", Assert.Throws<InvalidOperationException>(() => new AzureSteps(app, "nope")).Message, StringComparison.Ordinal);
    }
}
