//// waits longer than its own timeout
namespace Shop;

public sealed class Rates(HttpClient http)
{
    [Function(TimeoutSeconds = 60), QueueTrigger("rates"), DeadLetter("rates-dead")]
    public async Task Load(Order order, CancellationToken ct)
    {
        for (var attempt = 0; attempt < 10; attempt++)
        {
            try
            {
                await http.GetStringAsync($"https://bank.example/rates/{order.Id}", ct);
                return;
            }
            catch (HttpRequestException)
            {
                await [|Task.Delay(TimeSpan.FromSeconds(15), ct)|];
            }
        }
    }
}

//// waits that double
namespace Shop;

public sealed class Front(HttpClient http, ILogger<Front> logger)
{
    [Function(TimeoutSeconds = 25), HttpTrigger("GET", "/rates"), AllowAnonymous]
    public async Task<string> Rates(CancellationToken ct)
    {
        for (var attempt = 1; attempt <= 6; attempt++)
        {
            try
            {
                return await http.GetStringAsync("https://bank.example/rates", ct);
            }
            catch (HttpRequestException e)
            {
                logger.LogWarning(e, "Attempt {Attempt} failed.", attempt);
                await [|Task.Delay(TimeSpan.FromSeconds(Math.Pow(2, attempt)), ct)|];
            }
        }

        return "none";
    }
}

//// a list of waits, where the queue delivers again sooner
// property: PortableTargetedClouds=aws
namespace Shop;

public sealed class Stock(HttpClient http)
{
    [Function, QueueTrigger("stock"), DeadLetter("stock-dead")]
    public async Task Load(Order order, CancellationToken ct)
    {
        foreach (var wait in new[] { TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2) })
        {
            try
            {
                await http.PutAsync($"https://stock.example/{order.Id}", null, ct);
                break;
            }
            catch (HttpRequestException)
            {
                await [|Task.Delay(wait, ct)|];
            }
        }
    }
}

//// a step that waits longer than it may take
namespace Shop;

public sealed class Checkout(HttpClient http)
{
    [Workflow("checkout")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Check, order);

    [Step(TimeoutSeconds = 10), Retry(MaxAttempts = 2)]
    public async Task<Receipt> Check(Order order, CancellationToken ct)
    {
        var attempt = 0;
        while (true)
        {
            try
            {
                return new Receipt(order.Id, await http.GetStringAsync("https://stock.example/", ct));
            }
            catch (HttpRequestException) when (attempt++ < 3)
            {
                await [|Task.Delay(5000, ct)|];
            }
        }
    }
}

//// more deliveries than the queue keeps the message for
namespace Shop;

public sealed class Videos(IOrderStore orders)
{
    [Function(TimeoutSeconds = 600), QueueTrigger("videos"), DeadLetter("videos-dead"), [|Retry(MaxAttempts = 200)|]]
    public Task Encode(Order order, CancellationToken ct) => orders.Save(order, ct);
}

//// a day of attempts at a file
// property: PortableTargetedClouds=gcp
namespace Shop;

public sealed class Uploads(ILogger<Uploads> logger)
{
    [Function(TimeoutSeconds = 540), StorageTrigger("uploads"), DeadLetter("uploads-dead"), [|Retry(MaxAttempts = 100, IntervalSeconds = 400, MaxIntervalSeconds = 500)|]]
    public void Take(StorageEvent file) => logger.LogInformation("{File}", file.Name);
}
