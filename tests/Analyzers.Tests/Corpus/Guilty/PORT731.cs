//// reservation before a payment
using System.Net.Http;
namespace Shop;

public sealed class Fulfilment(HttpClient stock)
{
    [Workflow("fulfilment", CompensateOnFailure = true)]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step([|Reserve|], order);
        await flow.Step(Look, order);
    }

    [Step, Idempotent(nameof(Order.Id))]
    public async Task Reserve(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/reserve", null, ct);

    [Step]
    public Task<string> Look(Order order, CancellationToken ct) => stock.GetStringAsync("https://stock.example/" + order.Id, ct);
}

//// reservation, and one that is undone
using System.Net.Http;
namespace Shop;

public sealed class Fulfilment(HttpClient stock)
{
    [Workflow("fulfilment", CompensateOnFailure = true)]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step([|Reserve|], order);
        await flow.Step(Charge, order);
    }

    [Step, Idempotent(nameof(Order.Id))]
    public async Task Reserve(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/reserve", null, ct);

    [Step, Compensate(nameof(Refund)), Idempotent(nameof(Order.Id))]
    public async Task Charge(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/charge", null, ct);

    [Step, Idempotent(nameof(Order.Id))]
    public async Task Refund(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/refund", null, ct);
}

//// before the catch that undoes
using System.Net.Http;
namespace Shop;

public sealed class Fulfilment(HttpClient stock)
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step([|Reserve|], order);
        try
        {
            await flow.Step(Charge, order);
        }
        catch (StepFailed)
        {
            await flow.Compensate();
            throw;
        }
    }

    [Step, Idempotent(nameof(Order.Id))]
    public async Task Reserve(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/reserve", null, ct);

    [Step, Compensate(nameof(Refund)), Idempotent(nameof(Order.Id))]
    public async Task Charge(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/charge", null, ct);

    [Step, Idempotent(nameof(Order.Id))]
    public async Task Refund(Order order, CancellationToken ct) => await stock.PostAsync("https://stock.example/refund", null, ct);
}

//// elements of a list
using System.Net.Http;
namespace Shop;

public sealed class Fulfilment(HttpClient stock)
{
    [Workflow("fulfilment", CompensateOnFailure = true)]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Map(order.Lines, [|Pick|]);
    }

    [Step, Idempotent(nameof(OrderLine.Sku))]
    public async Task Pick(OrderLine line, CancellationToken ct) => await stock.PutAsync("https://stock.example/" + line.Sku, null, ct);
}

//// a row of a database
using System.Data.Common;
namespace Shop;

public sealed class Fulfilment(DbConnection database)
{
    [Workflow("fulfilment", CompensateOnFailure = true)]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step([|Record|], order);
        await flow.Step(Check, order);
    }

    [Step, Idempotent(nameof(Order.Id))]
    public async Task Record(Order order, CancellationToken ct)
    {
        await using var command = database.CreateCommand();
        command.CommandText = "insert into orders values (1)";
        await command.ExecuteNonQueryAsync(ct);
    }

    [Step]
    public Task<bool> Check(Order order) => Task.FromResult(order.Cents > 0);
}

//// through a client of the project
using System.Net.Http;
namespace Shop;

public sealed class Stock(HttpClient http)
{
    public async Task Reserve(string id, CancellationToken ct) => await http.PostAsync("https://stock.example/" + id, null, ct);
}

public sealed class Fulfilment(Stock stock)
{
    [Workflow("fulfilment")]
    public async Task Run(IWorkflow flow, Order order)
    {
        await flow.Step([|Reserve|], order);
        var approved = await flow.Event<Receipt>("approval", TimeSpan.FromHours(24));
        if (approved.Status == "no")
        {
            await flow.Compensate();
        }
    }

    [Step, Idempotent(nameof(Order.Id))]
    public Task Reserve(Order order, CancellationToken ct) => stock.Reserve(order.Id, ct);
}
