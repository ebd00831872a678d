//// every step has its undoing
using System.Net.Http;
namespace Shop;

public sealed class Fulfilment(HttpClient stock)
{
    [Workflow("fulfilment", CompensateOnFailure = true)]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step(Reserve, order);
        await flow.Step(Charge, order);
    }

    [Step, Compensate(nameof(Release)), Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Reserve(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/reserve", null, ct);

    [Step, Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Release(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/release", null, ct);

    [Step, Compensate(nameof(Refund)), Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Charge(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/charge", null, ct);

    [Step, Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Refund(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/refund", null, ct);
}

//// the last one cannot be half done
using System.Net.Http;
namespace Shop;

public sealed class Fulfilment(HttpClient stock)
{
    [Workflow("fulfilment", CompensateOnFailure = true)]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step(Charge, order);
        await flow.Step(Ship, order);
    }

    [Step, Compensate(nameof(Refund)), Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Charge(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/charge", null, ct);

    [Step, Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Refund(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/refund", null, ct);

    [Step, Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Ship(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/ship", null, ct);
}

//// steps that only ask
using System.Net.Http;
namespace Shop;

public sealed class Fulfilment(HttpClient stock)
{
    [Workflow("fulfilment", CompensateOnFailure = true)]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step(Look, order);
        await flow.Step(Charge, order);
    }

    [Step, Retry(MaxAttempts = 1)]
    public Task<string> Look(Order order, CancellationToken ct) => stock.GetStringAsync("https://stock.example/" + order.Id, ct);

    [Step, Compensate(nameof(Refund)), Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Charge(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/charge", null, ct);

    [Step, Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Refund(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/refund", null, ct);
}

//// a note that cannot be taken back
using System.Net.Http;
namespace Shop;

public sealed class Fulfilment(HttpClient stock, [Queue("notes")] IQueue<Order> notes)
{
    [Workflow("fulfilment", CompensateOnFailure = true)]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step(Note, order);
        await flow.Step(Charge, order);
    }

    [Step, Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public Task Note(Order order, CancellationToken ct) => notes.Send(order, cancellationToken: ct);

    [Step, Compensate(nameof(Refund)), Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Charge(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/charge", null, ct);

    [Step, Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Refund(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/refund", null, ct);
}

//// no compensation is asked for
using System.Net.Http;
namespace Shop;

public sealed class Fulfilment(HttpClient stock)
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step(Reserve, order);
        await flow.Step(Ship, order);
    }

    [Step, Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Reserve(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/reserve", null, ct);

    [Step, Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Ship(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/ship", null, ct);
}

//// what happens after the undoing
using System.Net.Http;
namespace Shop;

public sealed class Fulfilment(HttpClient stock)
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        try
        {
            await flow.Step(Charge, order);
        }
        catch (StepFailed)
        {
            await flow.Compensate();
        }

        await flow.Step(Archive, order);
        await flow.Step(Look, order);
    }

    [Step, Compensate(nameof(Refund)), Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Charge(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/charge", null, ct);

    [Step, Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Refund(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/refund", null, ct);

    [Step, Idempotent(nameof(Order.Id)), Retry(MaxAttempts = 1)]
    public async Task Archive(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/archive", null, ct);

    [Step, Retry(MaxAttempts = 1)]
    public Task<string> Look(Order order, CancellationToken ct) => stock.GetStringAsync("https://stock.example/" + order.Id, ct);
}

//// a wait between questions
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        var state = await flow.Step(Ask, order.Id);
        while (state != "done")
        {
            await flow.Delay(TimeSpan.FromMinutes(5));
            state = await flow.Step(Ask, order.Id);
        }
    }

    [Step, Retry(MaxAttempts = 1)]
    public Task<string> Ask(string id) => Task.FromResult(id);
}

//// page after page
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        var cursor = "";
        do
        {
            cursor = await flow.Step(Ask, cursor);
        }
        while (cursor != "");
    }

    [Step, Retry(MaxAttempts = 1)]
    public Task<string> Ask(string id) => Task.FromResult(id);
}

//// five attempts
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        var attempt = 0;
        var state = "";
        while (state != "done" && attempt < 5)
        {
            state = await flow.Step(Ask, order.Id);
            attempt += 1;
        }
    }

    [Step, Retry(MaxAttempts = 1)]
    public Task<string> Ask(string id) => Task.FromResult(id);
}

//// one step per element
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        foreach (var line in order.Lines)
        {
            await flow.Step(Ask, line.Sku);
        }
    }

    [Step, Retry(MaxAttempts = 1)]
    public Task<string> Ask(string id) => Task.FromResult(id);
}

//// an event per round
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        var state = "";
        while (state != "done")
        {
            var said = await flow.Event<Receipt>("said", TimeSpan.FromDays(1));
            state = await flow.Step(Ask, said.Status);
        }
    }

    [Step, Retry(MaxAttempts = 1)]
    public Task<string> Ask(string id) => Task.FromResult(id);
}

//// a loop that only computes
namespace Shop;

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        var cents = order.Cents;
        while (cents > 100)
        {
            cents = cents - 100;
        }

        await flow.Step(Ask, order.Id);
    }

    [Step, Retry(MaxAttempts = 1)]
    public Task<string> Ask(string id) => Task.FromResult(id);
}
