using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Runtime;
using Portable.Runtime.Json;

namespace Portable.AspNet.Tests.Hosts;

public sealed record Order(string Id, int Quantity);

public sealed record Quote(string OrderId, long TotalCents);

public sealed record Receipt(string OrderId, string Status);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Quote))]
[JsonSerializable(typeof(Receipt))]
public sealed partial class OrdersJson : JsonSerializerContext;

/// <summary>An application with a function of each trigger and a workflow, as emitted code would describe it; its handlers are the test's to script.</summary>
public sealed class OrdersApp
{
    /// <summary>What the queue function saw, in order.</summary>
    public ConcurrentQueue<Message<Order>> Fulfilled { get; } = new();

    /// <summary>What the batch function saw, in order.</summary>
    public ConcurrentQueue<IReadOnlyList<Message<Order>>> Batches { get; } = new();

    /// <summary>When the schedule was due, in order.</summary>
    public ConcurrentQueue<DateTimeOffset> Swept { get; } = new();

    /// <summary>The invocations of every function, in order.</summary>
    public ConcurrentQueue<InvocationContext> Invocations { get; } = new();

    public Func<Message<Order>, CancellationToken, Task> Fulfil { get; set; } = (_, _) => Task.CompletedTask;

    public Func<IReadOnlyList<Message<Order>>, BatchResult> Import { get; set; } = _ => BatchResult.Success;

    public Func<DateTimeOffset, Task> Sweep { get; set; } = _ => Task.CompletedTask;

    public Func<Order, Task<Quote>> Price { get; set; } = order => Task.FromResult(new Quote(order.Id, order.Quantity * 500L));

    public Func<Quote, CancellationToken, Task> Charge { get; set; } = (_, _) => Task.CompletedTask;

    public RetryPolicy? FulfilRetry { get; set; }

    /// <summary>Where log messages go; the console when <see langword="null"/>.</summary>
    public ILoggerProvider? Log { get; set; }

    public PortableApp Build(string cloud = "local", TimeProvider? time = null, params string[] only)
    {
        StepDefinition[] steps =
        [
            new("Price", RetryPolicy.Once, OrdersJson.Default.Order, OrdersJson.Default.Quote, async call =>
                StepCall.Output(await Price(call.Input(OrdersJson.Default.Order)), OrdersJson.Default.Quote)),
            new("Charge", RetryPolicy.Create(3, intervalSeconds: 2, backoffRate: 2, on: ["PaymentTimeout", "Timeout"]), OrdersJson.Default.Quote, null, async call =>
            {
                Invocations.Enqueue(call.Context);
                await Charge(call.Input(OrdersJson.Default.Quote), call.CancellationToken);
                return StepCall.NoOutput;
            }, TimeoutSeconds: 10),
        ];

        FunctionDefinition[] functions =
        [
            new HttpFunction("Place", "POST", "/orders", PlaceAsync, timeoutSeconds: 10),
            new HttpFunction("Find", "GET", "/orders/{id}", FindAsync),
            new HttpFunction("Echo", "*", "/echo/{*rest}", EchoAsync),
            new HttpFunction("Fail", "GET", "/fail", _ => throw new InvalidOperationException("secret")),
            new MessageFunction("Fulfil", new QueueSource("orders") { BatchSize = 1 }, FulfilAsync, handlesBatches: false, timeoutSeconds: 30, retry: FulfilRetry),
            new MessageFunction("Import", new QueueSource("imports") { BatchSize = 3 }, ImportAsync, handlesBatches: true, retry: RetryPolicy.Create(2)),
            new ScheduleFunction("Sweep", "*/5 * * * *", async call =>
            {
                Invocations.Enqueue(call.Context);
                Swept.Enqueue(call.Scheduled.ScheduledTime);
                await Sweep(call.Scheduled.ScheduledTime);
            }),
            new StepsFunction("order-fulfilment-steps", steps),
        ];
        return new PortableApp(
            cloud,
            only.Length == 0 ? functions : [.. functions.Where(function => only.Contains(function.Name))],
            [new WorkflowDefinition("order-fulfilment", RunAsync, steps, TimeoutSeconds: 3600)],
            Log is { } log ? app => app.Services.AddLogging(logging => logging.ClearProviders().AddProvider(log)) : null,
            time);
    }

    private static async Task<ReadOnlyMemory<byte>> RunAsync(WorkflowCall call)
    {
        var order = call.Input(OrdersJson.Default.Order);
        var quote = await call.Flow.RunStep<Order, Quote>("Price", order);
        if (quote.TotalCents > 100_000)
        {
            return StepCall.Output(new Receipt(order.Id, "rejected"), OrdersJson.Default.Receipt);
        }

        try
        {
            await call.Flow.RunStep<Quote, None>("Charge", quote);
        }
        catch (StepFailed failure) when (failure.Code == "CardDeclined")
        {
            return StepCall.Output(new Receipt(order.Id, $"declined: {failure.Message} {failure.FailureData}"), OrdersJson.Default.Receipt);
        }

        return StepCall.Output(new Receipt(order.Id, "shipped"), OrdersJson.Default.Receipt);
    }

    private ValueTask<HttpReply> PlaceAsync(HttpCall call)
    {
        Invocations.Enqueue(call.Context);
        var binder = new HttpBinder(call);
        var dryRun = binder.Query("dryRun", false);
        var order = binder.Body(OrdersJson.Default.Order);
        return new(binder.Failed ? binder.Problem()
            : dryRun ? HttpReply.From(HttpResult.NoContent())
            : HttpReply.From(HttpResult.Created($"/orders/{order.Id}", order), OrdersJson.Default.Order));
    }

    private static ValueTask<HttpReply> FindAsync(HttpCall call)
    {
        var binder = new HttpBinder(call);
        var id = binder.Route<string>("id");
        return new(HttpReply.Json(new Order(id, 1), OrdersJson.Default.Order));
    }

    private static ValueTask<HttpReply> EchoAsync(HttpCall call)
    {
        var request = call.Request;
        var text = string.Join('\n',
            request.Method,
            request.Path,
            request.Route("rest"),
            string.Join('|', request.QueryAll("q")),
            request.Header("x-many"),
            System.Text.Encoding.UTF8.GetString(request.Body.Span));
        return new(HttpReply.From(new HttpResult<string>(200, text).WithHeader("Set-Cookie", "a=1").WithHeader("Set-Cookie", "b=2"), PrimitiveJson.Default.String));
    }

    private ValueTask<BatchResult> FulfilAsync(MessageCall call)
    {
        Invocations.Enqueue(call.Context);
        return call.ForEachAsync(MessageReaders.Message(OrdersJson.Default.Order), async (inner, message) =>
        {
            Fulfilled.Enqueue(message);
            await Fulfil(message, inner.Context.CancellationToken);
        });
    }

    private ValueTask<BatchResult> ImportAsync(MessageCall call)
    {
        var messages = call.Read(MessageReaders.Message(OrdersJson.Default.Order));
        Batches.Enqueue(messages);
        return new(call.Complete(Import(messages)));
    }
}
