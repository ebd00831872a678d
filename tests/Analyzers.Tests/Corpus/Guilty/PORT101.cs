//// a counter
namespace Shop;

public sealed class Orders
{
    private int _handled;

    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order)
    {
        [|_handled|]++;
        Console.WriteLine($"{order.Id} is number {_handled}");
    }
}

//// the payload kept for a helper
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    private Order? _order;

    [Function, HttpTrigger("PUT", "/orders"), AllowAnonymous, Idempotent(nameof(Order.Id))]
    public async Task Put([FromBody] Order order, CancellationToken ct)
    {
        [|_order|] = order;
        await SaveAsync(ct);
    }

    private Task SaveAsync(CancellationToken ct) => store.Save(_order!, ct);
}

//// a list of what was seen
namespace Shop;

public sealed class Orders
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public void Fulfil(Order order)
    {
        if (![|_seen.Add(order.Id)|])
        {
            return;
        }

        Console.WriteLine(order.Id);
    }
}

//// a cache in the handler
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    private readonly Dictionary<string, Order?> _cache = [];

    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public async Task<Order?> Get(string id, CancellationToken ct)
    {
        if (_cache.TryGetValue(id, out var known))
        {
            return known;
        }

        var order = await store.Find(id, ct);
        [|_cache[id]|] = order;
        return order;
    }
}

//// an auto property set by a step
namespace Shop;

public sealed class Fulfilment
{
    public string? Status { get; private set; }

    [Step]
    public Task Pack(Order order)
    {
        [|Status|] = "packed " + order.Id;
        return Task.CompletedTask;
    }
}

//// a captured constructor parameter
namespace Shop;

public sealed class Orders(List<string> journal)
{
    [Function, HttpTrigger("POST", "/orders/{id}/notes"), AllowAnonymous]
    public int Note(string id, string text)
    {
        [|journal.Add(id + text)|];
        return journal.Count;
    }
}

//// a buffer shared by the methods
namespace Shop;

public sealed class Reports
{
    private readonly byte[] _buffer = new byte[1024];

    [Function, HttpTrigger("GET", "/reports/{size}"), AllowAnonymous]
    public int Get(int size)
    {
        for (var i = 0; i < size; i++)
        {
            [|_buffer[i]|] = (byte)i;
        }

        return _buffer.Length;
    }
}

//// a queue drained by a timer
namespace Shop;

public sealed class Outbox
{
    private readonly Queue<Order> _waiting = new();

    [Function, ScheduleTrigger("*/5 * * * *")]
    public void Flush()
    {
        while ([|_waiting.TryDequeue(out var order)|])
        {
            Console.WriteLine(order.Id);
        }
    }
}
