//// a table in code
namespace Shop;

public static class Pages
{
    private static readonly IReadOnlyDictionary<string, string> Heads = new Dictionary<string, string> { ["en"] = "Hello ", ["de"] = "Hallo " };

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public static string Page(string name) => Heads["en"] + name;
}

//// an expression compiled once
using System.Text.RegularExpressions;
namespace Shop;

public static class Pages
{
    private static readonly Regex Word = new(@"\w+", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(50));

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public static string Page(string name) => Word.Match("a b").Value + name;
}

//// an embedded text
namespace Shop;

public static class Pages
{
    private static readonly string Head = ReadHead();

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public static string Page(string name) => Head + name;

    private static string ReadHead()
    {
        using var stream = typeof(Pages).Assembly.GetManifestResourceStream("Shop.head.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

//// a template read when it is first needed
namespace Shop;

public static class Pages
{
    private static readonly Lazy<Task<string>> Head = new(() => File.ReadAllTextAsync("head.html"));

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public static async Task<string> Page(string name) => await Head.Value + name;
}

//// settings by environment in a constructor
namespace Shop;

public sealed class Pages
{
    private readonly string _head;
    private readonly Uri _home;

    public Pages()
    {
        _head = Environment.GetEnvironmentVariable("PAGES_HEAD") ?? "Hello ";
        _home = new Uri(Environment.GetEnvironmentVariable("PAGES_HOME") ?? "https://shop.example");
    }

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public string Page(string name) => _home + _head + name;
}

//// settings by configuration in a constructor
using Microsoft.Extensions.Configuration;
namespace Shop;

public sealed class Pages(IConfiguration settings, ILogger<Pages> logger)
{
    private readonly string _head = settings["Pages:Head"] ?? "Hello ";

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public string Page(string name)
    {
        logger.LogInformation("page of {Name}", name);
        return _head + name;
    }
}

//// a queue client's sender
namespace Shop;

public interface ISenders
{
    ISender CreateSender(string queue);
}

public interface ISender
{
    Task Send(string text);
}

public sealed class Pages(ISenders senders)
{
    private readonly ISender _sender = senders.CreateSender("pages");

    [Function, QueueTrigger("names"), DeadLetter("names-dead"), Idempotent(nameof(Order.Id))]
    public Task Print(Order order) => _sender.Send(order.Id);
}

//// a slow tool beside the functions
namespace Shop;

public sealed class Import
{
    private readonly string[] _rows = File.ReadAllLines("rows.csv");

    public void Run() => Thread.Sleep(_rows.Length);
}

public static class Seeds
{
    public static readonly string Text = File.ReadAllText("seeds.sql");
}

public static class Pages
{
    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public static string Page(string name) => "" + name;
}

//// factories in startup run later
// library: StackExchange.Redis
using StackExchange.Redis;
namespace Shop;

public static class Registrations
{
    public static void AddShop(this IServiceCollection services)
    {
        services.AddSingleton<IConnectionMultiplexer>(_ => ConnectionMultiplexer.Connect("cache:6379"));
        services.AddSingleton(_ => new Words(File.ReadAllLines("words.txt")));
        services.AddSingleton<HttpClient>();
    }
}

public sealed record Words(string[] All);

public sealed class Pages(Words words)
{
    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public string Page(string name) => words.All[0] + name;
}

//// a task begun and awaited later
namespace Shop;

public sealed class Pages
{
    private readonly Task<string> _head = File.ReadAllTextAsync("head.html");

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public async Task<string> Page(string name) => await _head + name;
}

//// a property named Result
namespace Shop;

public sealed record Outcome(string Result);

public sealed class Pages
{
    private static readonly Outcome Empty = new("");
    private readonly string _nothing = Empty.Result;

    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public string Page(string name) => _nothing + name;
}

//// a test that reads files
namespace Shop;

public sealed class PagesTests
{
    private static readonly string Expected = File.ReadAllText("expected.html");

    public void Prints()
    {
        if (Pages.Page("a") != Expected)
        {
            throw new InvalidOperationException(Expected);
        }
    }
}

public static class Pages
{
    [Function, HttpTrigger("GET", "/pages/{name}"), AllowAnonymous]
    public static string Page(string name) => "" + name;
}
