//// a price kept for the charge
namespace Shop;

public sealed class Fulfilment
{
    private int _cents;

    [Workflow("fulfilment")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        await flow.Step(Price, order);
        return await flow.Step(Charge, order);
    }

    [Step]
    public Task Price(Order order)
    {
        [|_cents|] = order.Cents * 119 / 100;
        return Task.CompletedTask;
    }

    [Step]
    public Task<Receipt> Charge(Order order) => Task.FromResult(new Receipt(order.Id, $"charged {_cents}"));
}

//// a static list of reservations
namespace Shop;

public sealed class Reservation
{
    private static readonly List<string> Reserved = [];

    [Workflow("reservation")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        await flow.Step(Reserve, order);
        return await flow.Step(Report, order);
    }

    [Step]
    public Task Reserve(Order order)
    {
        foreach (var line in order.Lines)
        {
            [|Reserved.Add(line.Sku)|];
        }

        return Task.CompletedTask;
    }

    [Step]
    public Task<Receipt> Report(Order order) => Task.FromResult(new Receipt(order.Id, string.Join(',', Reserved)));
}

//// a property
namespace Shop;

public sealed class Approval
{
    private string? Approver { get; set; }

    [Workflow("approval")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        await flow.Step(Ask, order);
        return await flow.Step(Note, order);
    }

    [Step]
    public Task Ask(Order order)
    {
        [|Approver|] = order.CustomerId;
        return Task.CompletedTask;
    }

    [Step]
    public Task<Receipt> Note(Order order) => Task.FromResult(new Receipt(order.Id, Approver ?? "nobody"));
}

//// a helper of a step
namespace Shop;

public sealed class Shipping
{
    private Order? _current;

    [Workflow("shipping")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        await flow.Step(Pack, order);
        return await flow.Step(Label, order);
    }

    [Step]
    public Task Pack(Order order)
    {
        Remember(order);
        return Task.CompletedTask;
    }

    [Step]
    public Task<Receipt> Label(Order order) => Task.FromResult(new Receipt(_current?.Id ?? order.Id, "labelled"));

    private void Remember(Order order) => [|_current|] = order;
}

//// attempts counted for a refund
namespace Shop;

public sealed class Refunds
{
    private static int s_attempts;

    [Workflow("refunds")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        await flow.Step(Attempt, order);
        return await flow.Step(Close, order);
    }

    [Step]
    public Task Attempt(Order order)
    {
        [|s_attempts|]++;
        return Task.CompletedTask;
    }

    [Step]
    public Task<Receipt> Close(Order order) => Task.FromResult(new Receipt(order.Id, s_attempts > 3 ? "failed" : "closed"));
}

//// a dictionary by order
namespace Shop;

public sealed class Quotes
{
    private readonly Dictionary<string, int> _quotes = [];

    [Workflow("quotes")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        await flow.Step(Quote, order);
        return await flow.Step(Confirm, order);
    }

    [Step]
    public Task Quote(Order order)
    {
        [|_quotes[order.Id]|] = order.Cents;
        return Task.CompletedTask;
    }

    [Step]
    public Task<Receipt> Confirm(Order order) => Task.FromResult(new Receipt(order.Id, _quotes.TryGetValue(order.Id, out var cents) ? $"{cents}" : "none"));
}
