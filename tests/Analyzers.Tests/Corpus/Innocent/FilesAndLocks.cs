//// scratch files
namespace Shop;

public static class Reports
{
    [Function, HttpTrigger("POST", "/reports"), AllowAnonymous]
    public static async Task<long> Build([FromBody] Order order, CancellationToken ct)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{order.Id}.csv");
        await File.WriteAllTextAsync(path, "id;cents", ct);
        File.AppendAllText("/tmp/all.csv", order.Id);
        var length = new FileInfo(path).Length;
        File.Delete(path);
        return length;
    }
}

//// tables read from the package
namespace Shop;

public static class Tables
{
    private static readonly Lazy<string[]> Rows = new(() => File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "rows.txt")));

    [Function, HttpTrigger("GET", "/rows/{number}"), AllowAnonymous]
    public static string Get(int number) => Rows.Value[number];
}

//// a stream in memory
namespace Shop;

public static class Csv
{
    [Function, HttpTrigger("POST", "/csv"), AllowAnonymous]
    public static string Write([FromBody] Order order)
    {
        using var memory = new MemoryStream();
        using var writer = new StreamWriter(memory);
        foreach (var line in order.Lines)
        {
            writer.Write(line.Sku);
        }

        return writer.Encoding.WebName;
    }
}

//// a folder that configuration names
namespace Shop;

public sealed record ExportOptions(string Folder);

public sealed class Export(ExportOptions options)
{
    [Function, ScheduleTrigger("0 3 * * *")]
    public void Nightly() => File.WriteAllText(Path.Combine(options.Folder, "orders.csv"), "id;cents");
}

//// a mounted volume
namespace Shop;

public static class Volume
{
    [Function, ScheduleTrigger("0 3 * * *")]
    public static void Nightly() => File.WriteAllText("/mnt/shared/orders.csv", "id;cents");
}

//// a tool beside the functions
namespace Shop;

public static class Tool
{
    public static void Generate()
    {
        Directory.CreateDirectory("out");
        File.WriteAllText("out/schema.json", "{}");
        using var only = new Mutex(false, "generate");
    }
}

//// bounded concurrency
namespace Shop;

public sealed class Orders(HttpClient client)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Fulfil(Order order, CancellationToken ct)
    {
        using var few = new SemaphoreSlim(4);
        await Task.WhenAll(order.Lines.Select(async line =>
        {
            await few.WaitAsync(ct);
            try
            {
                using var answer = await client.PutAsync(new Uri("https://stock.internal/" + line.Sku), null, ct);
            }
            finally
            {
                few.Release();
            }
        }));
    }
}

//// a throttle of the process
namespace Shop;

public sealed class Orders(HttpClient client)
{
    private static readonly SemaphoreSlim Throttle = new(20, 20);

    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Fulfil(Order order, CancellationToken ct)
    {
        await Throttle.WaitAsync(ct);
        try
        {
            using var answer = await client.PutAsync(new Uri("https://stock.internal/" + order.Id), null, ct);
        }
        finally
        {
            Throttle.Release();
        }
    }
}

//// a lock around memory
namespace Shop;

public static class Rates
{
    private static readonly object Gate = new();
    private static decimal[]? s_rates;

    [Function, HttpTrigger("GET", "/rates/{index}"), AllowAnonymous]
    public static decimal Get(int index)
    {
        if (s_rates is null)
        {
            lock (Gate)
            {
                s_rates ??= [1.1m, 1.2m];
            }
        }

        return s_rates[index];
    }
}

//// a token fetched once
namespace Shop;

public sealed class TokenSource(HttpClient client)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private string? _token;

    public async Task<string> Get(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_token is null)
            {
                using var answer = await client.PostAsync(new Uri("https://login.internal/token"), null, ct);
                _token = await answer.Content.ReadAsStringAsync(ct);
            }

            return _token;
        }
        finally
        {
            _gate.Release();
        }
    }
}

public sealed class Orders(TokenSource tokens)
{
    [Function, HttpTrigger("GET", "/token/length"), AllowAnonymous]
    public async Task<int> Get(CancellationToken ct) => (await tokens.Get(ct)).Length;
}

//// a watchdog that ends with the call
namespace Shop;

public sealed class Orders(ILogger<Orders> logger)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Fulfil(Order order, CancellationToken ct)
    {
        using var watchdog = new Timer(_ => logger.LogWarning("Order {Id} is slow", order.Id), null, 1000, 1000);
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limited.CancelAfter(TimeSpan.FromSeconds(5));
        await Task.Yield();
    }
}

//// async lambdas that return tasks
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Fulfil(Order order, CancellationToken ct)
    {
        await Parallel.ForEachAsync(order.Lines, ct, async (line, token) => await store.Find(line.Sku, token));
        var found = await Task.WhenAll(order.Lines.Select(async line => await store.Find(line.Sku, ct)));
        Console.WriteLine(found.Length);
    }
}
