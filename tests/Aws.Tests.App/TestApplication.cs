using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;
using Portable.Runtime.Json;

namespace Portable.Aws.Tests.App;

public sealed record Order(string Id, int Total, string? Note = null);

/// <summary>What a handler saw of its invocation.</summary>
public sealed record Seen(string Id, string Function, int Attempt, DateTimeOffset? Deadline, string? Trace, string Cloud, string? TraceVariable);

[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Seen))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
public sealed partial class TestJson : JsonSerializerContext;

/// <summary>One function of each kind that a test needs.</summary>
public static class TestApplication
{
    /// <summary>What queue and schedule handlers saw, in order; only tests in the same process read it.</summary>
    public static ConcurrentQueue<string> Journal { get; } = [];

    public static PortableApp Create(TimeProvider? time = null) => new(
        "aws",
        [
            new HttpFunction("Echo", "POST", "/echo/{id}", EchoAsync),
            new HttpFunction("Place", "POST", "/orders", PlaceAsync),
            new HttpFunction("Context", "GET", "/context", ContextAsync),
            new HttpFunction("Parts", "*", "/parts/{first}/{*rest}", PartsAsync),
            new HttpFunction("Headers", "GET", "/headers", static _ => new(HttpReply.From(HttpResult.Status(204)
                .WithHeader("Set-Cookie", "a=1").WithHeader("X-One", "1").WithHeader("set-cookie", "b=2").WithHeader("x-one", "2")))),
            new HttpFunction("Throws", "GET", "/throws", static _ => throw new InvalidOperationException("The store is closed.")),
            new HttpFunction("Slow", "GET", "/slow", SlowAsync),
            new HttpFunction("Waits", "GET", "/waits", WaitsAsync),
            new HttpFunction("Served", "GET", "/served", static call => new(HttpReply.Text(call.Context.Services.GetRequiredService<Service>().Name))),
            new MessageFunction("Fulfil", new QueueSource("orders") { BatchSize = 10 }, FulfilAsync, handlesBatches: false),
            new MessageFunction("Batch", new QueueSource("orders") { BatchSize = 10 }, BatchAsync, handlesBatches: true),
            new ScheduleFunction("Nightly", "0 3 * * *", NightlyAsync),
            new ScheduleFunction("Broken", "0 3 * * *", static _ => throw new InvalidOperationException("Outer.", new ArgumentException("Inner."))),
            new ScheduleFunction("Many", "0 3 * * *", static _ => throw new AggregateException(new ArgumentException("One."), new FormatException("Two."))),
            new ScheduleFunction("Deadline", "0 3 * * *", static async call => await Task.Delay(Timeout.Infinite, call.Context.CancellationToken)),
            new StepsFunction("order-fulfilment-steps",
            [
                new StepDefinition("Charge", RetryPolicy.Once, TestJson.Default.Order, TestJson.Default.Order, ChargeAsync),
                new StepDefinition("Nothing", RetryPolicy.Once, null, null, static _ => new(StepCall.NoOutput)),
                new StepDefinition("Odd", RetryPolicy.Once, null, null, static _ => throw new StepFailed("Two words\r\nhere\u00e4")),
            ]),
        ],
        [],
        static app => app.Services.AddSingleton(new Service("from the startup class")),
        time);

    private static ValueTask<HttpReply> EchoAsync(HttpCall call)
    {
        var binder = new HttpBinder(call);
        var id = binder.Route<int>("id");
        return new(binder.Failed ? binder.Problem() : HttpReply.Text(string.Create(CultureInfo.InvariantCulture, $"{id}:{call.Request.Body.Length}")));
    }

    private static async ValueTask<HttpReply> PlaceAsync(HttpCall call)
    {
        var binder = new HttpBinder(call);
        var order = binder.Body(PortableJson.From<Order>(TestJson.Default));
        var express = binder.Query("express", false);
        if (binder.Failed)
        {
            return binder.Problem();
        }

        await Task.Yield();
        return HttpReply.From(HttpResult.Created($"/orders/{Uri.EscapeDataString(order.Id)}", order with { Note = express ? "express" : order.Note }), PortableJson.From<Order>(TestJson.Default));
    }

    private static ValueTask<HttpReply> ContextAsync(HttpCall call) => new(HttpReply.Json(See(call.Context), TestJson.Default.Seen));

    private static ValueTask<HttpReply> PartsAsync(HttpCall call)
    {
        var request = call.Request;
        return new(HttpReply.Text(string.Join('|',
            request.Method, request.Path, request.Route("first"), request.Route("rest"), request.Query("q"), string.Join(',', request.QueryAll("q")),
            request.Header("X-Name"), request.Header("cookie"))));
    }

    // Says when it is entered and when SIGTERM arrives, and answers when it is told to.
    private static async ValueTask<HttpReply> SlowAsync(HttpCall call)
    {
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, static _ => Console.WriteLine("SIGTERM"));
        Console.WriteLine("entered");
        var line = await Console.In.ReadLineAsync(call.Context.CancellationToken);
        return HttpReply.Text(line);
    }

    private static async ValueTask<HttpReply> WaitsAsync(HttpCall call)
    {
        await Task.Delay(Timeout.Infinite, call.Context.CancellationToken);
        return HttpReply.Status(200);
    }

    private static async ValueTask<BatchResult> FulfilAsync(MessageCall call) => await call.ForEachAsync(MessageReaders.Message(PortableJson.From<Order>(TestJson.Default)), static (_, message) =>
    {
        Journal.Enqueue(string.Create(CultureInfo.InvariantCulture,
            $"{message.Id} {message.Body.Id} {message.DeliveryCount} {message.EnqueuedAt:O} {string.Join(',', message.Attributes.Select(pair => pair.Key + "=" + pair.Value))}"));
        return message.Body.Total < 0 ? throw new InvalidOperationException("A negative total.") : default;
    });

    private static ValueTask<BatchResult> BatchAsync(MessageCall call)
    {
        var messages = call.Read(MessageReaders.Message(PortableJson.From<Order>(TestJson.Default)));
        return messages.Exists(static message => message.Body.Total == 0)
            ? throw new InvalidOperationException("No total.")
            : new(call.Complete(BatchResult.Partial([.. messages.Where(static message => message.Body.Total < 0).Select(static message => message.Id)])));
    }

    private static ValueTask NightlyAsync(ScheduleCall call)
    {
        Journal.Enqueue(call.Scheduled.ScheduledTime.ToString("O", CultureInfo.InvariantCulture));
        return default;
    }

    private static ValueTask<ReadOnlyMemory<byte>> ChargeAsync(StepCall call)
    {
        var order = call.Input(TestJson.Default.Order);
        return order.Total < 0 ? throw new StepFailed("CardDeclined", "The card: declined.", """{"total":-1}""")
            : order.Total == 0 ? throw new InvalidOperationException("No total.")
            : new(StepCall.Output(order with { Note = $"attempt {call.Context.Attempt}" }, TestJson.Default.Order));
    }

    private static Seen See(InvocationContext context) => new(
        context.InvocationId, context.FunctionName, context.Attempt, context.Deadline, context.TraceParent, context.Cloud,
        Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"));

    public sealed record Service(string Name);
}
