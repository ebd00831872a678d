//// a template read by a static field
namespace Shop;

public static class Pages
{
    private static readonly string Head = [|File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "head.html"))|];

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public static string Page(string name) => Head + name;
}

//// settings fetched in the constructor
namespace Shop;

public sealed class Pages
{
    private readonly string _head;

    public Pages(HttpClient http)
    {
        _head = [|http.GetStringAsync("https://pages.example/head").GetAwaiter().GetResult()|];
    }

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public string Page(string name) => _head + name;
}

//// a wait in startup
namespace Shop;

[Startup]
public sealed class Start : IPortableStartup
{
    public void Configure(IPortableBuilder app)
    {
        var rates = [|Load().Result|];
        app.Services.AddSingleton(new Rates(rates));
    }

    private static async Task<string> Load()
    {
        await Task.Yield();
        return "1.08";
    }
}

public sealed record Rates(string Text);

//// a cache connected in startup
// library: StackExchange.Redis
using StackExchange.Redis;
namespace Shop;

[Startup]
public sealed class Start : IPortableStartup
{
    public void Configure(IPortableBuilder app) =>
        app.Services.AddSingleton<IConnectionMultiplexer>([|ConnectionMultiplexer.Connect("cache:6379")|]);
}

//// a table of another class that the handler uses
namespace Shop;

public static class Pages
{
    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public static string Page(string name) => Texts.Heads[0] + name;
}

internal static class Texts
{
    internal static readonly string[] Heads = [|File.ReadAllLines("heads.txt")|];
}

//// a container made in a static constructor
// library: Azure.Storage.Blobs
using Azure.Storage.Blobs;
namespace Shop;

public static class Pages
{
    private static readonly BlobContainerClient Container = new("UseDevelopmentStorage=true", "pages");

    static Pages()
    {
        [|Container.CreateIfNotExists()|];
    }

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public static string Page(string name) => Container.GetBlobClient("head").ToString() + name;
}

//// a pause in the constructor
namespace Shop;

public sealed class Pages
{
    public Pages() => [|Thread.Sleep(TimeSpan.FromSeconds(1))|];

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public string Page(string name) => "" + name;
}

//// a file read by a helper of the constructor
namespace Shop;

public sealed class Fulfilment
{
    private readonly IReadOnlyDictionary<string, int> _weights;

    public Fulfilment() => _weights = [|Weights.Read("weights.csv")|];

    [Step]
    public Task<int> Weigh(OrderLine line) => Task.FromResult(_weights[line.Sku] * line.Quantity);
}

public static class Weights
{
    public static IReadOnlyDictionary<string, int> Read(string path)
    {
        var weights = new Dictionary<string, int>();
        foreach (var row in File.ReadLines(path))
        {
            var cells = row.Split(',');
            weights[cells[0]] = int.Parse(cells[1]);
        }

        return weights;
    }
}
