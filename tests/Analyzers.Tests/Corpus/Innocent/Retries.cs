//// a charge with the order as its key
using System.Net.Http.Json;

namespace Shop;

public sealed class Payments(HttpClient bank)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Charge(Order order, CancellationToken ct)
    {
        var response = await bank.PostAsJsonAsync("https://bank.example/charges", new { order.Id, order.Cents }, ct);
        response.EnsureSuccessStatusCode();
    }
}

//// a request that carries its own key
namespace Shop;

public sealed class Payments(HttpClient bank)
{
    private const string KeyHeader = "Idempotency-Key";

    [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
    public async Task Charge(Message<Order> message, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://bank.example/charges");
        request.Headers.Add(KeyHeader, message.Body.Id);
        using var response = await bank.SendAsync(request, ct);
        response.EnsureSuccessStatusCode();
    }
}

//// a step that hands its key on
namespace Shop;

public sealed class Checkout(HttpClient bank)
{
    [Workflow("checkout")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Charge, order);

    [Step(TimeoutSeconds = 10), Retry(MaxAttempts = 3), Idempotent(nameof(Order.Id))]
    public async Task<Receipt> Charge(Order order, CancellationToken ct)
    {
        using var response = await bank.PostAsync($"https://bank.example/charges/{order.Id}", null, ct);
        return new Receipt(order.Id, response.IsSuccessStatusCode ? "charged" : "refused");
    }
}

//// a state that is set and not counted
// library: Dapper
using System.Data;
using Dapper;

namespace Shop;

public sealed class Shipping(IDbConnection db)
{
    private const string Sql = "UPDATE orders SET status = 'shipped' WHERE id = @Id";

    [Function, QueueTrigger("shipped"), DeadLetter("shipped-dead")]
    public Task Mark(Order order) => db.ExecuteAsync(Sql, order);
}

//// an insertion that knows what is there
// library: Dapper
using System.Data;
using Dapper;

namespace Shop;

public sealed class Ledger(IDbConnection db)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
    public Task Book(Order order) => db.ExecuteAsync(
        """
        INSERT INTO ledger (order_id, cents) VALUES (@Id, @Cents)
        ON CONFLICT (order_id) DO NOTHING
        """,
        order);
}

//// a thumbnail under the name of its picture
namespace Shop;

public sealed class Thumbnails([Bucket("thumbnails")] IBlobStore thumbnails, [Bucket("pictures")] IBlobStore pictures)
{
    [Function(TimeoutSeconds = 60), StorageTrigger("pictures", Suffix = ".png"), DeadLetter("pictures-dead")]
    public async Task Shrink(StorageEvent picture, CancellationToken ct)
    {
        if (await pictures.Get(picture.Name, ct) is { } blob)
        {
            await thumbnails.Put($"small/{picture.Name}", blob.Content[..Math.Min(16, blob.Content.Length)], "image/png", ct);
        }
    }
}

//// a search that is sent as a post
using System.Net.Http.Json;

namespace Shop;

public sealed class Prices(HttpClient http, ILogger<Prices> logger)
{
    [Function, QueueTrigger("price-checks"), DeadLetter("price-checks-dead")]
    public async Task Compare(Order order, CancellationToken ct)
    {
        using var response = await http.PostAsJsonAsync("https://prices.example/api/search", order.Lines, ct);
        logger.LogInformation("Compared {Order}: {Status}.", order.Id, (int)response.StatusCode);
    }
}

//// a run of a workflow with an identifier
namespace Shop;

public sealed class Intake(IWorkflowClient workflows)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
    public Task Begin(Order order, CancellationToken ct) => workflows.Start("fulfilment", order, runId: order.Id, cancellationToken: ct);
}

public sealed class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Pack, order);

    [Step]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}

//// an event that is known by its identifier
namespace Shop;

[EventContract("com.shop.order.packed", Version = 1)]
public sealed record OrderPacked(string OrderId);

public sealed class Packing(IEventBus bus)
{
    [Function, QueueTrigger("packed"), DeadLetter("packed-dead")]
    public Task Publish(Order order, CancellationToken ct) =>
        bus.Publish(new OrderPacked(order.Id), new PublishOptions { Id = $"packed-{order.Id}", Subject = order.Id }, ct);
}

//// a schedule that splits its work into messages
namespace Shop;

public sealed class Nightly(IOrderStore orders, [Queue("reminders")] IQueue<Order> reminders)
{
    [Function, ScheduleTrigger("0 2 * * *")]
    public async Task Remind(ScheduledEvent due, CancellationToken ct)
    {
        if (await orders.Find(due.ScheduledTime.ToString("yyyy-MM-dd"), ct) is { } order)
        {
            await reminders.Send(order, cancellationToken: ct);
        }
    }
}

//// a batch whose failures are told apart
namespace Shop;

public sealed class Stock(IOrderStore orders, ILogger<Stock> logger)
{
    [Function, QueueTrigger("stock", BatchSize = 10), DeadLetter("stock-dead")]
    public async Task<BatchResult> Take(IReadOnlyList<Message<Order>> messages, CancellationToken ct)
    {
        var failed = new List<FailedMessage>();
        foreach (var message in messages)
        {
            try
            {
                await orders.Save(message.Body, ct);
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Order {Order} is tried again.", message.Body.Id);
                failed.Add(new FailedMessage(message.Id, e.Message));
            }
        }

        return BatchResult.Partial(failed);
    }
}

//// an item that is there already
// library: Microsoft.Azure.Cosmos
using System.Net;
using Microsoft.Azure.Cosmos;

namespace Shop;

public sealed class Archive(Container container)
{
    [Function, QueueTrigger("archive"), DeadLetter("archive-dead")]
    public async Task Keep(Order order, CancellationToken ct)
    {
        try
        {
            await container.CreateItemAsync(order, ct);
        }
        catch (CosmosException e) when (e.StatusCode == HttpStatusCode.Conflict)
        {
            // it was kept by an earlier delivery
        }
    }
}

//// a row that is looked for first
// library: Microsoft.EntityFrameworkCore
using Microsoft.EntityFrameworkCore;

namespace Shop;

public sealed class Row
{
    public string Id { get; set; } = "";

    public int Cents { get; set; }
}

public sealed class ShopContext : DbContext
{
    public DbSet<Row> Rows { get; } = null!;
}

public sealed class Imports(ShopContext db)
{
    [Function, QueueTrigger("imports"), DeadLetter("imports-dead")]
    public async Task Take(Order order, CancellationToken ct)
    {
        var row = await db.Rows.FirstOrDefaultAsync(known => known.Id == order.Id, ct);
        if (row is null)
        {
            db.Rows.Add(row = new Row { Id = order.Id });
        }

        row.Cents = order.Cents;
        await db.SaveChangesAsync(ct);
    }
}

//// an HTTP function whose caller decides
using System.Net.Http.Json;

namespace Shop;

public sealed class Front(HttpClient bank)
{
    [Function(TimeoutSeconds = 20), HttpTrigger("POST", "/payments"), AllowAnonymous]
    public async Task<HttpResult> Pay(Order order, CancellationToken ct)
    {
        using var response = await bank.PostAsJsonAsync("https://bank.example/charges", order, ct);
        return HttpResult.Status((int)response.StatusCode);
    }
}
