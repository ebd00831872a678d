//// client with a timeout below the function's
using System.Net.Http;
namespace Shop;

public static class Pages
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(10) };

    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/pages/{id}"), AllowAnonymous]
    public static Task<string> Get(string id, CancellationToken ct) => Http.GetStringAsync("https://shop.example/" + id, ct);
}

//// client without a timeout whose calls all have tokens
using System.Net.Http;
namespace Shop;

public static class Pages
{
    private static readonly HttpClient Http = new() { Timeout = Timeout.InfiniteTimeSpan };

    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/pages/{id}"), AllowAnonymous]
    public static Task<string> Get(string id, CancellationToken ct) => Http.GetStringAsync("https://shop.example/" + id, ct);
}

//// deadline from the settings
using System.Net.Http;
namespace Shop;

public sealed record Patience(TimeSpan PerCall);

public sealed class Pages(HttpClient http, Patience patience)
{
    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/pages/{id}"), AllowAnonymous]
    public async Task<string> Get(string id, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(patience.PerCall);
        return await http.GetStringAsync("https://shop.example/" + id, limited.Token);
    }
}

//// two functions of one class share a client that suits the longer
using System.Net.Http;
namespace Shop;

public sealed class Pages
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(25) };

    [Function(TimeoutSeconds = 5), HttpTrigger("GET", "/head/{id}"), AllowAnonymous]
    public Task<string> Head(string id, CancellationToken ct) => Http.GetStringAsync("https://shop.example/head/" + id, ct);

    [Function(TimeoutSeconds = 29), HttpTrigger("GET", "/pages/{id}"), AllowAnonymous]
    public Task<string> Get(string id, CancellationToken ct) => Http.GetStringAsync("https://shop.example/" + id, ct);
}

//// long wait in a program beside the functions
using System.Net.Http;
namespace Shop;

public static class Mirror
{
    public static async Task<byte[]> Download(string address)
    {
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        return await http.GetByteArrayAsync(address);
    }
}

public static class Orders
{
    [Function(TimeoutSeconds = 5), HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}

//// release of a reservation must be finished
using System.Net.Http;
namespace Shop;

public sealed class Stock(HttpClient http)
{
    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/stock/{id}"), AllowAnonymous]
    public async Task<string> Peek(string id, CancellationToken ct)
    {
        try
        {
            return await http.GetStringAsync("https://stock.example/" + id, ct);
        }
        finally
        {
            await http.GetStringAsync("https://stock.example/release/" + id, CancellationToken.None);
        }
    }
}

//// a wait inside the process
namespace Shop;

public static class Orders
{
    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static async Task<Order?> Get(string id, IOrderStore store, CancellationToken ct) => await store.Find(id, ct).WaitAsync(TimeSpan.FromSeconds(5), ct);
}

//// command with a timeout of its own
using System.Data.Common;
namespace Shop;

public sealed class Reports(DbConnection database)
{
    [Function(TimeoutSeconds = 25), HttpTrigger("GET", "/reports"), AllowAnonymous]
    public async Task<int> Count(CancellationToken ct)
    {
        await using var command = database.CreateCommand();
        command.CommandText = "select count(*) from orders";
        command.CommandTimeout = 20;
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}

//// function that states no timeout
using System.Net.Http;
namespace Shop;

public sealed class Pages
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(3) };

    [Function, QueueTrigger("pages"), DeadLetter("pages-dead"), Idempotent(nameof(Order.Id))]
    public async Task Warm(Order order, CancellationToken ct) => await Http.GetStringAsync("https://shop.example/" + order.Id, ct);
}

//// a local function with a token of its own
using System.Net.Http;
namespace Shop;

public sealed class Pages(HttpClient http)
{
    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/pages/{id}"), AllowAnonymous]
    public async Task<string> Get(string id, CancellationToken ct)
    {
        return await Load("https://shop.example/" + id, ct);

        async Task<string> Load(string address, CancellationToken token) => await http.GetStringAsync(address, token);
    }
}
