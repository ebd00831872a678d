//// a helper
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous, Idempotent(nameof(Order.Id))]
    public Receipt Place([FromBody] Order order)
    {
        Audit(order);
        return new Receipt(order.Id, "accepted");
    }

    private async void [|Audit|](Order order) => await store.Save(order);
}

//// for each line
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order) => order.Lines.ToList().ForEach([|async|] line => await store.Find(line.Sku));
}

//// a local function
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order)
    {
        Save();

        async void [|Save|]()
        {
            await store.Save(order);
        }
    }
}

//// a parallel loop
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order) => Parallel.ForEach(order.Lines, [|async|] line => await store.Find(line.Sku));
}

//// an event handler in a step
namespace Shop;

public sealed class Printer
{
    public event EventHandler? Done;

    public void Print(string text) => Done?.Invoke(this, EventArgs.Empty);
}

public sealed class Fulfilment(IOrderStore store, Printer printer)
{
    [Step]
    public Task Label(Order order)
    {
        printer.Done += [|async|] (_, _) => await store.Save(order);
        printer.Print(order.Id);
        return Task.CompletedTask;
    }
}

//// a callback of cancellation
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, HttpTrigger("POST", "/orders/{id}/watch"), AllowAnonymous]
    public async Task Watch(string id, CancellationToken ct)
    {
        using var registration = ct.Register([|async|] () => await store.Find(id));
        await store.Find(id, ct);
    }
}

//// a helper that its only caller could await
namespace Shop;

public sealed class Audits(IOrderStore store)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Take(Order order, CancellationToken cancellationToken)
    {
        await store.Find(order.Id, cancellationToken);
        Audit(order);
    }

    private async void [|Audit|](Order order) => await store.Save(order);
}
