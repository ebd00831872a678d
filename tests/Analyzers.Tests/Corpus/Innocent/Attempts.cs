//// a question that is asked three times
namespace Shop;

public sealed class Rates(HttpClient http, ILogger<Rates> logger)
{
    [Function(TimeoutSeconds = 30), HttpTrigger("GET", "/rates"), AllowAnonymous]
    public async Task<string> Load(CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await http.GetStringAsync("https://bank.example/rates", ct);
            }
            catch (HttpRequestException e) when (attempt < 3)
            {
                logger.LogWarning(e, "Attempt {Attempt} failed.", attempt);
                await Task.Delay(TimeSpan.FromMilliseconds(100 * attempt), ct);
            }
        }
    }
}

//// a charge that carries its key in every attempt
namespace Shop;

public sealed class Payments(HttpClient bank)
{
    [Function(TimeoutSeconds = 30), QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Charge(Order order, CancellationToken ct)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "https://bank.example/charges");
            request.Headers.TryAddWithoutValidation("Idempotency-Key", order.Id);
            try
            {
                using var response = await bank.SendAsync(request, ct);
                response.EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (attempt < 2)
            {
                await Task.Delay(100, ct);
            }
        }
    }
}

//// the lines of an order, one by one
using System.Net.Http.Json;

namespace Shop;

public sealed class Lines(HttpClient shop, ILogger<Lines> logger)
{
    [Function(TimeoutSeconds = 30), HttpTrigger("POST", "/lines"), AllowAnonymous]
    public async Task<int> Send(Order order, CancellationToken ct)
    {
        var sent = 0;
        foreach (var line in order.Lines)
        {
            try
            {
                using var response = await shop.PostAsJsonAsync("https://shop.example/lines", line, ct);
                sent += response.IsSuccessStatusCode ? 1 : 0;
            }
            catch (HttpRequestException e)
            {
                logger.LogWarning(e, "Line {Sku} was refused.", line.Sku);
            }
        }

        return sent;
    }
}

//// pages, until there is no next one
namespace Shop;

public sealed class Catalogue(HttpClient http)
{
    [Function(TimeoutSeconds = 25), HttpTrigger("GET", "/catalogue"), AllowAnonymous]
    public async Task<int> Count(CancellationToken ct)
    {
        var pages = 0;
        string? next = "https://shop.example/articles";
        while (next is not null)
        {
            next = (await http.GetStringAsync(next, ct)).Split('\n') is [.., var last] && last.StartsWith("next: ", StringComparison.Ordinal) ? last[6..] : null;
            pages++;
        }

        return pages;
    }
}

//// Polly around a question
// library: Polly
using Polly.Retry;

namespace Shop;

public sealed class Stock(HttpClient http, AsyncRetryPolicy retry)
{
    [Function, HttpTrigger("GET", "/stock/{sku}"), AllowAnonymous]
    public Task<string> Of(string sku, CancellationToken ct) => retry.ExecuteAsync(() => http.GetStringAsync($"https://stock.example/{sku}", ct));
}

//// a pipeline that only ends in time
// library: Polly
using System.Net.Http.Json;
using Polly;

namespace Shop;

public sealed class Payments(HttpClient bank)
{
    private static readonly ResiliencePipeline Patience = new ResiliencePipelineBuilder().AddTimeout(TimeSpan.FromSeconds(5)).Build();

    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Charge(Order order, CancellationToken ct) =>
        await Patience.ExecuteAsync(async token => await bank.PostAsJsonAsync("https://bank.example/charges", order, token), ct);
}

//// a step with a policy
namespace Shop;

public sealed class Checkout(HttpClient http)
{
    [Workflow("checkout")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Check, order);

    [Step(TimeoutSeconds = 10), Retry(MaxAttempts = 4, IntervalSeconds = 2, BackoffRate = 1.5, MaxIntervalSeconds = 10)]
    public async Task<Receipt> Check(Order order, CancellationToken ct) => new(order.Id, await http.GetStringAsync($"https://stock.example/{order.Id}", ct));
}

//// a step that stays in the process
namespace Shop;

public sealed class Pricing(TimeProvider clock)
{
    [Workflow("pricing")]
    public async Task<int> Run(IWorkflow flow, Order order) => await flow.Step(Price, order);

    [Step]
    public Task<int> Price(Order order) => Task.FromResult(order.Lines.Sum(static line => line.Quantity) * (clock.GetUtcNow().Hour < 12 ? 90 : 100));
}

//// a pump beside the functions that never gives up
namespace Shop;

public sealed class Pump(HttpClient http)
{
    public async Task Run(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                await http.PostAsync("https://shop.example/beat", null, ct);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(1000, ct);
            }
        }
    }
}

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}

//// attempts until the deadline is near
namespace Shop;

public sealed class Rates(HttpClient http)
{
    [Function(TimeoutSeconds = 30), QueueTrigger("rates"), DeadLetter("rates-dead")]
    public async Task Load(Order order, InvocationContext context, CancellationToken ct)
    {
        var end = DateTimeOffset.UtcNow.AddSeconds(10);
        while (true)
        {
            try
            {
                await http.GetStringAsync($"https://bank.example/rates/{order.Id}", ct);
                return;
            }
            catch (HttpRequestException)
            {
                if (DateTimeOffset.UtcNow >= end)
                {
                    throw;
                }

                await Task.Delay(500, ct);
            }
        }
    }
}
