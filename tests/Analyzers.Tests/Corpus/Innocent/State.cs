//// readonly fields set by the constructor
namespace Shop;

public sealed class Orders
{
    private readonly IOrderStore _store;
    private readonly ILogger<Orders> _logger;

    public Orders(IOrderStore store, ILogger<Orders> logger)
    {
        _store = store;
        _logger = logger;
    }

    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public async Task<Order?> Get(string id, CancellationToken ct)
    {
        _logger.LogInformation("Looking for {Id}", id);
        return await _store.Find(id, ct);
    }
}

//// a bounded cache in a singleton
namespace Shop;

public sealed class RateCache
{
    private readonly Dictionary<string, decimal> _rates = new(StringComparer.Ordinal);
    private readonly object _gate = new();

    public bool TryGet(string currency, out decimal rate)
    {
        lock (_gate)
        {
            return _rates.TryGetValue(currency, out rate);
        }
    }

    public void Set(string currency, decimal rate)
    {
        lock (_gate)
        {
            if (_rates.Count >= 100)
            {
                _rates.Clear();
            }

            _rates[currency] = rate;
        }
    }
}

public sealed class Rates(RateCache cache)
{
    [Function, HttpTrigger("GET", "/rates/{currency}"), AllowAnonymous]
    public decimal Get(string currency)
    {
        if (!cache.TryGet(currency, out var rate))
        {
            rate = 1.1m;
            cache.Set(currency, rate);
        }

        return rate;
    }
}

//// lazy statics
namespace Shop;

public static class Tables
{
    private static readonly Lazy<IReadOnlyDictionary<string, int>> Vat = new(() => new Dictionary<string, int> { ["DE"] = 19, ["FR"] = 20 });

    [Function, HttpTrigger("GET", "/vat/{country}"), AllowAnonymous]
    public static int Get(string country) => Vat.Value.TryGetValue(country, out var rate) ? rate : 0;
}

//// static readonly tables
namespace Shop;

public static class Countries
{
    private static readonly string[] Known = ["DE", "FR", "IT"];
    private static readonly System.Collections.Frozen.FrozenSet<string> Fast = System.Collections.Frozen.FrozenSet.ToFrozenSet(Known);
    private static readonly System.Collections.Immutable.ImmutableArray<int> Zones = [1, 2, 3];

    [Function, HttpTrigger("GET", "/countries/{code}"), AllowAnonymous]
    public static bool Has(string code) => Fast.Contains(code) && Zones.Length > 0 && Known.Length > 0;
}

//// a local buffer that grows
namespace Shop;

public static class Reports
{
    [Function, HttpTrigger("POST", "/reports"), AllowAnonymous]
    public static string Build([FromBody] Order order)
    {
        var text = new System.Text.StringBuilder();
        var skus = new List<string>();
        var counts = new Dictionary<string, int>();
        foreach (var line in order.Lines)
        {
            skus.Add(line.Sku);
            counts[line.Sku] = counts.GetValueOrDefault(line.Sku) + line.Quantity;
            text.Append(line.Sku).Append(';');
        }

        return text.ToString();
    }
}

//// a client made once
namespace Shop;

public sealed class Gateway
{
    private string? _region;

    [Function, HttpTrigger("GET", "/region"), AllowAnonymous]
    public string Region() => _region ??= Environment.GetEnvironmentVariable("REGION") ?? "eu";
}

//// names of types remembered
namespace Shop;

public static class Names
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, string> Known = new();

    public static string Of(Type type) => Known.GetOrAdd(type, static key => key.Name.ToLowerInvariant());
}

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/type"), AllowAnonymous]
    public static string Kind() => Names.Of(typeof(Order));
}

//// a process wide figure by Interlocked
namespace Shop;

public static class Figures
{
    private static long s_handled;

    public static long Next() => Interlocked.Increment(ref s_handled);
}

public static class Orders
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Fulfil(Order order) => Console.WriteLine(Figures.Next() + order.Id);
}

//// an ambient value of the flow
namespace Shop;

public static class Tenant
{
    private static readonly AsyncLocal<string?> Value = new();

    public static string? Current
    {
        get => Value.Value;
        set => Value.Value = value;
    }
}

public static class Program2
{
    public static void Use() => Tenant.Current = "a";
}

public static class Orders
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Fulfil(Order order) => Console.WriteLine(Tenant.Current + order.Id);
}

//// a builder of the project
namespace Shop;

public sealed class LetterBuilder
{
    private readonly List<string> _lines = [];
    private string _subject = "";

    public LetterBuilder Subject(string subject)
    {
        _subject = subject;
        return this;
    }

    public LetterBuilder Line(string line)
    {
        _lines.Add(line);
        return this;
    }

    public string Build() => _subject + string.Join('\n', _lines);
}

public static class Letters
{
    [Function, HttpTrigger("POST", "/letters"), AllowAnonymous]
    public static string Write([FromBody] Order order) => new LetterBuilder().Subject(order.Id).Line("Dear customer").Build();
}

//// objects and records made by initializers
namespace Shop;

public sealed class Draft
{
    public string Id { get; set; } = "";

    public List<string> Notes { get; } = [];
}

public static class Drafts
{
    [Function, HttpTrigger("POST", "/drafts"), AllowAnonymous]
    public static Draft Make([FromBody] Order order)
    {
        var draft = new Draft { Id = order.Id, Notes = { "new" } };
        draft.Id += "-1";
        draft.Notes.Add("made");
        var changed = order with { Cents = 0 };
        draft.Notes.Add(changed.Id);
        return draft;
    }
}

//// tasks that are waited for later
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, HttpTrigger("POST", "/both"), AllowAnonymous, Idempotent(nameof(Order.Id))]
    public async Task<Order?> Both([FromBody] Order order, CancellationToken ct)
    {
        var saving = store.Save(order, ct);
        var finding = store.Find(order.Id, ct);
        await Task.WhenAll(saving, finding);
        return await finding;
    }
}

//// tasks in a list
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public Task Fulfil(Order order, CancellationToken ct)
    {
        var tasks = new List<Task>();
        foreach (var line in order.Lines)
        {
            tasks.Add(store.Find(line.Sku, ct));
        }

        return Task.WhenAll(tasks);
    }
}

//// a discarded result of awaited work
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Fulfil(Order order, CancellationToken ct)
    {
        _ = await store.Find(order.Id, ct);
        _ = order.Lines.Length;
        _ = int.TryParse(order.Id, out var number) ? number : 0;
    }
}

//// processor work awaited
namespace Shop;

public static class Sums
{
    [Function, HttpTrigger("POST", "/sum"), AllowAnonymous]
    public static async Task<int> Sum([FromBody] Order order) => await Task.Run(() => order.Lines.Sum(line => line.Quantity));
}

//// a hosted service beside the functions
namespace Shop;

public sealed class Pump(IOrderStore store)
{
    private int _runs;
    private Task? _loop;

    public void Start()
    {
        _loop = Task.Run(Run);
        _ = Task.Run(() => _runs++);
    }

    private async Task Run()
    {
        while (_runs < 10)
        {
            _runs++;
            await store.Find("x");
        }
    }
}

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}
