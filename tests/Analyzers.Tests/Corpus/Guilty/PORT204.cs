//// until the bank answers
namespace Shop;

public sealed class Rates(HttpClient http, ILogger<Rates> logger)
{
    [Function, QueueTrigger("rates"), DeadLetter("rates-dead")]
    public async Task Load(Order order, CancellationToken ct)
    {
        [|while|] (true)
        {
            try
            {
                var text = await http.GetStringAsync("https://bank.example/rates", ct);
                logger.LogInformation("{Rates} for {Order}", text, order.Id);
                return;
            }
            catch (HttpRequestException e)
            {
                logger.LogWarning(e, "The bank does not answer.");
                await Task.Delay(TimeSpan.FromSeconds(2), ct);
            }
        }
    }
}

//// in a request
namespace Shop;

public sealed class Front(HttpClient http)
{
    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/rates"), AllowAnonymous]
    public async Task<string> Rates(CancellationToken ct)
    {
        [|for|] (;;)
        {
            try
            {
                return await http.GetStringAsync("https://bank.example/rates", ct);
            }
            catch (Exception)
            {
                continue;
            }
        }
    }
}

//// in a helper, with a flag
namespace Shop;

public sealed class Intake(HttpClient http)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
    public Task Store(Order order, CancellationToken ct) => Put(order, ct);

    private async Task Put(Order order, CancellationToken ct)
    {
        var stored = false;
        [|do|]
        {
            try
            {
                await http.PutAsync($"https://shop.example/orders/{order.Id}", null, ct);
                stored = true;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(500, ct);
            }
        }
        while (!stored);
    }
}

//// in a step
namespace Shop;

public sealed class Checkout(HttpClient http)
{
    [Workflow("checkout")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Check, order);

    [Step(TimeoutSeconds = 60), Retry(MaxAttempts = 3)]
    public async Task<Receipt> Check(Order order, CancellationToken ct)
    {
        [|while|] (true)
        {
            try
            {
                using var response = await http.GetAsync($"https://stock.example/{order.Id}", ct);
                if (response.IsSuccessStatusCode)
                {
                    return new Receipt(order.Id, "in stock");
                }
            }
            catch (HttpRequestException)
            {
                Console.WriteLine("again");
            }
        }
    }
}

//// a message that must go out
// library: AWSSDK.SQS
using Amazon.SQS;

namespace Shop;

public sealed class Forward(IAmazonSQS sqs)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Send(Order order, CancellationToken ct)
    {
        [|while|] (true)
        {
            try
            {
                await sqs.SendMessageAsync("https://sqs.example/next", order.Id, ct);
                break;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                await Task.Delay(100, ct);
            }
        }
    }
}

//// a service of the project, asked for ever
namespace Shop;

public sealed class Bank(HttpClient http)
{
    public async Task<int> Balance(string customer, CancellationToken ct) => int.Parse(await http.GetStringAsync($"https://bank.example/{customer}", ct), System.Globalization.CultureInfo.InvariantCulture);
}

public sealed class Credit(Bank bank)
{
    [Function, EventTrigger("com.shop.order.placed"), DeadLetter("credit-dead")]
    public async Task Check(Order order, CancellationToken ct)
    {
        int balance;
        [|while|] (true)
        {
            try
            {
                balance = await bank.Balance(order.CustomerId, ct);
                break;
            }
            catch
            {
                Thread.Sleep(100);
            }
        }

        Console.WriteLine(balance);
    }
}
