//// a question to another service
namespace Shop;

public sealed class Checkout(HttpClient http)
{
    [Workflow("checkout")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Check, order);

    [Step]
    public async Task<Receipt> [|Check|](Order order, CancellationToken ct) => new(order.Id, await http.GetStringAsync($"https://stock.example/{order.Id}", ct));
}

//// a charge with a key
namespace Shop;

public sealed class Checkout(HttpClient bank)
{
    [Workflow("checkout")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Charge, order);

    [Step(TimeoutSeconds = 10), Idempotent(nameof(Order.Id))]
    public async Task<Receipt> [|Charge|](Order order, CancellationToken ct)
    {
        using var response = await bank.PostAsync($"https://bank.example/charges/{order.Id}", null, ct);
        response.EnsureSuccessStatusCode();
        return new Receipt(order.Id, "charged");
    }
}

//// a file
namespace Shop;

public sealed class Labels([Bucket("labels")] IBlobStore labels)
{
    [Workflow("labels")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Print, order);

    [Step]
    public async Task<Receipt> [|Print|](Order order, CancellationToken ct)
    {
        await labels.Put($"{order.Id}.txt", System.Text.Encoding.UTF8.GetBytes(order.Id), cancellationToken: ct);
        return new Receipt(order.Id, "printed");
    }
}

//// a row, through a store of the project
// library: Dapper
using System.Data;
using Dapper;

namespace Shop;

public interface IStock
{
    Task<int> Of(string sku);
}

public sealed class SqlStock(IDbConnection db) : IStock
{
    public Task<int> Of(string sku) => db.QuerySingleAsync<int>("SELECT quantity FROM stock WHERE sku = @sku", new { sku });
}

public sealed class Reservation(IStock stock)
{
    [Workflow("reservation")]
    public async Task<int> Run(IWorkflow flow, OrderLine line) => await flow.Step(Look, line);

    [Step]
    public Task<int> [|Look|](OrderLine line) => stock.Of(line.Sku);
}

//// a compensation
namespace Shop;

public sealed class Trip(HttpClient http)
{
    [Workflow("trip")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Book, order);

    [Step, Retry(MaxAttempts = 3), Compensate(nameof(Cancel))]
    public async Task<Receipt> Book(Order order, CancellationToken ct)
    {
        using var response = await http.PutAsync($"https://hotel.example/{order.Id}", null, ct);
        return new Receipt(order.Id, "booked");
    }

    [Step]
    public async Task [|Cancel|](Receipt receipt, CancellationToken ct) => await http.DeleteAsync($"https://hotel.example/{receipt.Id}", ct);
}

//// a table of the cloud
// library: AWSSDK.DynamoDBv2
using Amazon.DynamoDBv2;

namespace Shop;

public sealed class Catalogue(IAmazonDynamoDB table)
{
    [Workflow("catalogue")]
    public async Task<bool> Run(IWorkflow flow, OrderLine line) => await flow.Step(Knows, line);

    [Step(Isolated = true)]
    public async Task<bool> [|Knows|](OrderLine line, CancellationToken ct)
    {
        var answer = await table.GetItemAsync("articles", new() { ["sku"] = new() { S = line.Sku } }, ct);
        return answer.Item is { Count: > 0 };
    }
}
