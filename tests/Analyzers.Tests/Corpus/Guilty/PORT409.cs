//// client that waits for ever
using System.Net.Http;
namespace Shop;

public static class Pages
{
    private static readonly HttpClient Http = new() { Timeout = [|Timeout.InfiniteTimeSpan|] };

    [Function, HttpTrigger("GET", "/pages/{id}"), AllowAnonymous]
    public static Task<string> Get(string id) => Http.GetStringAsync("https://shop.example/" + id);
}

//// client that waits for ever, in milliseconds
using System.Net.Http;
namespace Shop;

public static class Pages
{
    private static readonly HttpClient Http = new() { Timeout = [|TimeSpan.FromMilliseconds(-1)|] };

    [Function, HttpTrigger("GET", "/pages/{id}"), AllowAnonymous]
    public static Task<string> Get(string id) => Load("https://shop.example/" + id);

    private static async Task<string> Load(string address) => await Http.GetStringAsync(address);
}

//// injected client given more time than the only function has
using System.Net.Http;
namespace Shop;

public sealed class Pages
{
    private readonly HttpClient _http;

    public Pages(HttpClient http)
    {
        _http = http;
        _http.Timeout = [|TimeSpan.FromMinutes(2)|];
    }

    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/pages/{id}"), AllowAnonymous]
    public Task<string> Get(string id, CancellationToken ct) => _http.GetStringAsync("https://shop.example/" + id, ct);
}

//// linked source that outlives the function
using System.Net.Http;
namespace Shop;

public sealed class Pages(HttpClient http)
{
    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/pages/{id}"), AllowAnonymous]
    public async Task<string> Get(string id, CancellationToken ct)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter([|TimeSpan.FromSeconds(25)|]);
        return await http.GetStringAsync("https://shop.example/" + id, limited.Token);
    }
}

//// source made for longer than the step
using System.Net.Http;
namespace Shop;

public sealed class Packing(HttpClient http)
{
    [Step(TimeoutSeconds = 10)]
    public async Task<string> Label(Order order, CancellationToken ct)
    {
        using var limited = new CancellationTokenSource([|15_000|]);
        return await http.GetStringAsync("https://labels.example/" + order.Id, limited.Token);
    }
}

//// command that may run for ever
using System.Data.Common;
namespace Shop;

public sealed class Reports(DbConnection database)
{
    [Function(TimeoutSeconds = 25), HttpTrigger("GET", "/reports"), AllowAnonymous]
    public async Task<int> Count()
    {
        await using var command = database.CreateCommand();
        command.CommandText = "select count(*) from orders";
        command.CommandTimeout = [|0|];
        return (int)(await command.ExecuteScalarAsync())!;
    }
}

//// command with more time than the function
using System.Data.Common;
namespace Shop;

public sealed class Reports(DbConnection database)
{
    [Function(TimeoutSeconds = 25), HttpTrigger("GET", "/reports"), AllowAnonymous]
    public async Task<int> Count(CancellationToken ct)
    {
        await using var command = database.CreateCommand();
        command.CommandText = "select count(*) from orders";
        command.CommandTimeout = [|60|];
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }
}

//// token not passed to a request
using System.Net.Http;
namespace Shop;

public sealed class Pages(HttpClient http)
{
    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/pages/{id}"), AllowAnonymous]
    public async Task<string> Get(string id, CancellationToken ct) => await http.[|GetStringAsync|]("https://shop.example/" + id);
}

//// token refused to a message
namespace Shop;

public static class Checkout
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public static async Task Place(Order order, [Queue("orders")] IQueue<Order> orders, CancellationToken ct) =>
        await orders.Send(order, cancellationToken: [|CancellationToken.None|]);
}
