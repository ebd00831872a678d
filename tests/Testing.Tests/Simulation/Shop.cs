using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;

namespace Portable.Testing.Tests.Simulation;

// An application as a user writes it. The generator runs on this project, so its definitions are in this assembly.

public sealed record Order(string Id, IReadOnlyList<Line> Lines, int Cents);

public sealed record Line(string Sku, int Quantity);

public sealed record Quote(string OrderId, int Cents);

public sealed record Charged(string PaymentId);

public sealed record Approval(bool Granted, string By);

public sealed record Risk(int Score);

public sealed record Packed(string Sku, string Box);

public sealed record Parcel(string OrderId, int Boxes);

public sealed record Shipped(string Tracking);

public sealed record Receipt(string OrderId, string Status, string? Detail);

[EventContract("com.acme.order.shipped", Version = 2)]
public sealed record OrderShipped(string OrderId, string Tracking);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Quote))]
[JsonSerializable(typeof(Charged))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(Risk))]
[JsonSerializable(typeof(Packed))]
[JsonSerializable(typeof(Parcel))]
[JsonSerializable(typeof(Shipped))]
[JsonSerializable(typeof(Receipt))]
[JsonSerializable(typeof(OrderShipped))]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(Rendered))]
[JsonSerializable(typeof(string))]
public sealed partial class ShopJson : JsonSerializerContext;

public interface IPayments
{
    Task<string> ChargeAsync(string orderId, int cents);
}

public sealed class NoPayments : IPayments
{
    public Task<string> ChargeAsync(string orderId, int cents) => throw new StepFailed("NoBank");
}

[Startup]
public sealed class Startup : IPortableStartup
{
    public void Configure(IPortableBuilder app) => app.Services.AddSingleton<IPayments, NoPayments>();
}

/// <summary>Steps, a retry, an endpoint, a loop in parallel, an event, a child, a published event and undoing.</summary>
public sealed partial class OrderWorkflow(IPayments payments)
{
    [Workflow("order", CompensateOnFailure = true)]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var quote = await flow.Step(Price, order);
        var risk = await flow.Step(ScoreRisk, order);
        if (risk.Score > 80)
        {
            return new Receipt(order.Id, "rejected", null);
        }

        if (quote.Cents > 100_000)
        {
            var approval = await flow.Event<Approval>("approval", TimeSpan.FromHours(24));
            if (!approval.Granted)
            {
                return new Receipt(order.Id, "refused", approval.By);
            }
        }

        var packed = await flow.Map(order.Lines, Pack, maxConcurrency: 2);
        await flow.Step(Charge, quote);
        var shipped = await flow.Child(new ShippingWorkflow().Run, new Parcel(order.Id, packed.Count));
        await flow.Publish(new OrderShipped(order.Id, shipped.Tracking));
        return new Receipt(order.Id, "shipped", shipped.Tracking);
    }

    [Step]
    public Task<Quote> Price(Order order) => Task.FromResult(new Quote(order.Id, order.Cents));

    [Step, Compensate(nameof(Unpack))]
    public Task<Packed> Pack(Line line) => Task.FromResult(new Packed(line.Sku, "box-" + line.Sku));

    [Step]
    public Task Unpack(Packed packed) => Task.CompletedTask;

    [Step(TimeoutSeconds = 10), Retry(MaxAttempts = 3, On = ["PaymentTimeout"], IntervalSeconds = 1, BackoffRate = 2), Compensate(nameof(Refund)), Idempotent(nameof(Quote.OrderId))]
    public async Task<Charged> Charge(Quote quote) => new(await payments.ChargeAsync(quote.OrderId, quote.Cents));

    [Step]
    public Task Refund(Charged charged) => Task.CompletedTask;

    [Inference("risk-model", TimeoutSeconds = 5)]
    public partial Task<Risk> ScoreRisk(Order order, CancellationToken cancellationToken = default);
}

/// <summary>What an order runs to have it shipped.</summary>
public sealed class ShippingWorkflow
{
    [Workflow("shipping")]
    public async Task<Shipped> Run(IWorkflow flow, Parcel parcel)
    {
        await flow.Delay(TimeSpan.FromMinutes(30));
        return await flow.Step(Ship, parcel);
    }

    [Step]
    public Task<Shipped> Ship(Parcel parcel) => Task.FromResult(new Shipped($"T-{parcel.OrderId}-{parcel.Boxes}"));
}

public sealed record Job(string Name, int Total, int Parts);

public sealed record Rendered(string File);

/// <summary>Two workflows in one class: an expression that only .NET computes, a step with signs of life, branches, and an Express machine.</summary>
public sealed class RenderWorkflows
{
    [Workflow("render")]
    public async Task<Receipt> Run(IWorkflow flow, Job job)
    {
        var each = job.Total / job.Parts;
        var (first, second) = await flow.Parallel(flow.Branch(Render, job.Name), flow.Branch(Render, "spare"));
        return new Receipt(first.File, second.File, $"{each}");
    }

    [Workflow("slow-render", Express = true)]
    public async Task<Rendered> Slow(IWorkflow flow, Job job) => await flow.Step(Render, job.Name);

    [Step(TimeoutSeconds = 300, HeartbeatSeconds = 20)]
    public Task<Rendered> Render(string name) => Task.FromResult(new Rendered(name + ".png"));
}
