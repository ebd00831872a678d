//// three attempts at a charge
using System.Net.Http.Json;

namespace Shop;

public sealed class Payments(HttpClient bank, ILogger<Payments> logger)
{
    private const int MaxAttempts = 3;

    [Function(TimeoutSeconds = 30), QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Charge(Order order, CancellationToken ct)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            try
            {
                using var response = await [|bank.PostAsJsonAsync("https://bank.example/charges", order, ct)|];
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException e)
            {
                logger.LogWarning(e, "Attempt {Attempt} failed.", attempt);
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), ct);
            }
        }

        throw new TimeoutException("The bank does not answer.");
    }
}

//// in a request, with a count in the filter
namespace Shop;

public sealed class Front(HttpClient bank)
{
    [Function(TimeoutSeconds = 20), HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<HttpResult> Pay(Order order, CancellationToken ct)
    {
        var attempt = 0;
        while (true)
        {
            try
            {
                using var response = await [|bank.PostAsync($"https://bank.example/charges/{order.Id}/{order.Cents}", null, ct)|];
                return HttpResult.Status((int)response.StatusCode);
            }
            catch (HttpRequestException) when (++attempt < 3)
            {
                await Task.Delay(100, ct);
            }
        }
    }
}

//// Polly around a patch
// library: Polly
using Polly.Retry;

namespace Shop;

public sealed class Stock(HttpClient http, AsyncRetryPolicy retry)
{
    [Function, HttpTrigger("POST", "/stock"), AllowAnonymous]
    public async Task<int> Take(OrderLine line, CancellationToken ct)
    {
        var response = await retry.ExecuteAsync(() => [|http.PatchAsync($"https://stock.example/{line.Sku}/take", null, ct)|]);
        return (int)response.StatusCode;
    }
}

//// a pipeline of Polly that is built beside it
// library: Polly
using Polly;

namespace Shop;

public sealed class Tickets(HttpClient http)
{
    [Function, QueueTrigger("tickets"), DeadLetter("tickets-dead"), Idempotent(MessageId = true)]
    public async Task Open(Order order, CancellationToken ct)
    {
        var pipeline = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 4 })
            .AddTimeout(TimeSpan.FromSeconds(10))
            .Build();
        await pipeline.ExecuteAsync(
            async token =>
            {
                using var response = await [|http.PostAsync("https://tickets.example/open", null, token)|];
                response.EnsureSuccessStatusCode();
            },
            ct);
    }
}

//// through a service of the project
using System.Net.Http.Json;

namespace Shop;

public sealed class Bank(HttpClient http)
{
    public Task Charge(Order order, CancellationToken ct) => http.PostAsJsonAsync("https://bank.example/charges", order, ct);
}

public sealed class Payments(Bank bank)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Charge(Order order, CancellationToken ct)
    {
        foreach (var attempt in Enumerable.Range(1, 3))
        {
            try
            {
                await [|bank.Charge(order, ct)|];
                break;
            }
            catch (HttpRequestException) when (attempt < 3)
            {
                await Task.Delay(100 * attempt, ct);
            }
        }
    }
}

//// in a step that hands its key to nobody
namespace Shop;

public sealed class Checkout(HttpClient bank)
{
    [Workflow("checkout")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Charge, order);

    [Step(TimeoutSeconds = 30), Retry(MaxAttempts = 2), Idempotent(nameof(Order.Id))]
    public async Task<Receipt> Charge(Order order, CancellationToken ct)
    {
        var done = false;
        for (var left = 3; left > 0 && !done; left--)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "https://bank.example/charges");
            try
            {
                using var response = await [|bank.SendAsync(request, ct)|];
                if (response.IsSuccessStatusCode)
                {
                    break;
                }
            }
            catch (HttpRequestException)
            {
                await Task.Delay(100, ct);
            }
        }

        return new Receipt(order.Id, done ? "charged" : "unknown");
    }
}
