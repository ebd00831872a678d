using Orders.Services;
using Portable;

namespace Orders.Functions;

/// <summary>The orders over HTTP. Everybody may order and ask; a shop with customers would say <c>[Authorize]</c> here.</summary>
[AllowAnonymous]
public sealed class OrderFunctions(IOrderStore orders, IEventBus events)
{
    [Function(TimeoutSeconds = 10), HttpTrigger("POST", "/orders")]
    public async Task<HttpResult<OrderAccepted>> Place([FromBody] Order order, [FromHeader(Name = "X-Request-Id")] string? requestId, CancellationToken cancellationToken)
    {
        if (order.Lines.Count == 0)
        {
            return HttpResult.BadRequest("An order has at least one line.");
        }

        // First the event, then the order: who is cut off in between sends the request again, and then both are there. The other way round the
        // order would be known, the second request refused, and the warehouse never told. An event that is published twice is handled once.
        await events.Publish(
            new OrderPlaced(order.Id, order.Customer, [.. order.Lines.Select(static line => line.Sku)]),
            new PublishOptions { Id = $"placed-{order.Id}", Subject = order.Id },
            cancellationToken);
        if (!await orders.AddAsync(order, cancellationToken))
        {
            return HttpResult.Conflict($"There is an order '{order.Id}' already.");
        }

        var accepted = HttpResult.Accepted(new OrderAccepted(order.Id, order.Lines.Sum(static line => line.Quantity * line.UnitCents)))
            .WithHeader("Location", $"/orders/{order.Id}");
        return requestId is null ? accepted : accepted.WithHeader("X-Request-Id", requestId);
    }

    [Function, HttpTrigger("GET", "/orders/{id}")]
    public async Task<HttpResult<OrderStatus>> Find(string id, bool lines = false, CancellationToken cancellationToken = default)
    {
        var known = await orders.FindAsync(id, cancellationToken);
        return known is null
            ? HttpResult.NotFound($"There is no order '{id}'.")
            : HttpResult.Ok(new OrderStatus(id, known.Status, lines ? known.Order.Lines : null));
    }
}
