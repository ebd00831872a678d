//// a failure that is told and thrown
namespace Shop;

public sealed class Intake(IOrderStore orders, ILogger<Intake> logger)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
    public async Task Store(Order order, CancellationToken ct)
    {
        try
        {
            await orders.Save(order, ct);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Order {Order} was not stored.", order.Id);
            throw;
        }
    }
}

//// a cache that may be away
namespace Shop;

public sealed class Lookup(IOrderStore orders, ILogger<Lookup> logger)
{
    [Function, QueueTrigger("lookups"), DeadLetter("lookups-dead")]
    public async Task Warm(Order order, CancellationToken ct)
    {
        Order? known = null;
        try
        {
            known = await orders.Find(order.Id, ct);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Order {Order} is taken as new.", order.Id);
        }

        await orders.Save(known ?? order, ct);
    }
}

//// a notice after the work
namespace Shop;

public interface INotices
{
    Task Tell(string id);
}

public sealed class Intake(IOrderStore orders, INotices notices, ILogger<Intake> logger)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
    public async Task Store(Order order, CancellationToken ct)
    {
        await orders.Save(order, ct);
        try
        {
            await notices.Tell(order.Id);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Nobody was told of {Order}.", order.Id);
        }
    }
}

//// a message that can never be read
using System.Text.Json;

namespace Shop;

public sealed class Imports(IOrderStore orders, ILogger<Imports> logger)
{
    [Function, QueueTrigger("imports"), DeadLetter("imports-dead")]
    public async Task Take(Message<string> message, CancellationToken ct)
    {
        try
        {
            var order = JsonSerializer.Deserialize<Order>(message.Body);
            await orders.Save(order!, ct);
        }
        catch (JsonException e)
        {
            logger.LogError(e, "Message {Message} is no order.", message.Id);
        }
    }
}

//// a failure that is written down
namespace Shop;

public interface IFailures
{
    Task Add(string id, string reason, CancellationToken ct);
}

public sealed class Intake(IOrderStore orders, IFailures failures)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
    public async Task Store(Order order, CancellationToken ct)
    {
        try
        {
            await orders.Save(order, ct);
        }
        catch (Exception e)
        {
            await failures.Add(order.Id, e.Message, ct);
        }
    }
}

//// the failures of a batch, thrown together
namespace Shop;

public sealed class Intake(IOrderStore orders)
{
    [Function, QueueTrigger("orders", BatchSize = 5), DeadLetter("orders-dead")]
    public async Task Store(IReadOnlyList<Order> batch, CancellationToken ct)
    {
        List<Exception>? failures = null;
        foreach (var order in batch)
        {
            try
            {
                await orders.Save(order, ct);
            }
            catch (Exception e)
            {
                (failures ??= []).Add(e);
            }
        }

        if (failures is not null)
        {
            throw new AggregateException(failures);
        }
    }
}

//// a number that is none
namespace Shop;

public sealed class Meters(ILogger<Meters> logger)
{
    [Function, QueueTrigger("readings"), DeadLetter("readings-dead")]
    public void Read(Message<string> reading)
    {
        try
        {
            logger.LogInformation("{Value}", decimal.Parse(reading.Body, System.Globalization.CultureInfo.InvariantCulture));
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "{Reading} is no number.", reading.Id);
        }
    }
}

//// a request that is answered in any case
namespace Shop;

public sealed class Front(IOrderStore orders, ILogger<Front> logger)
{
    [Function(TimeoutSeconds = 10), HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<HttpResult> Place(Order order, CancellationToken ct)
    {
        try
        {
            await orders.Save(order, ct);
            return HttpResult.Status(202);
        }
        catch (Exception e)
        {
            logger.LogError(e, "Order {Order} was not taken.", order.Id);
            return HttpResult.Problem(503, "Try again later.");
        }
    }
}

//// what is cancelled is thrown, what is known is answered
namespace Shop;

public sealed class Intake(IOrderStore orders, ILogger<Intake> logger)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
    public async Task Store(Order order, CancellationToken ct)
    {
        try
        {
            await orders.Save(order, ct);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            logger.LogWarning(e, "Order {Order} is no order.", order.Id);
        }
    }
}

//// a service beside the functions that catches all
namespace Shop;

public sealed class Pump(IOrderStore orders, ILogger<Pump> logger)
{
    public async Task Run(Order order)
    {
        try
        {
            await orders.Save(order);
        }
        catch (Exception e)
        {
            logger.LogError(e, "The pump goes on.");
        }
    }
}

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}
