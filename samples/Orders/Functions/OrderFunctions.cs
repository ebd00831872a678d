using Orders.Services;
using Portable;

namespace Orders.Functions;

/// <summary>The orders over HTTP. Everybody may order and ask; a shop with customers would say <c>[Authorize]</c> here.</summary>
[AllowAnonymous]
public sealed class OrderFunctions(IOrderStore orders)
{
    [Function(TimeoutSeconds = 10), HttpTrigger("POST", "/orders")]
    public async Task<HttpResult<OrderAccepted>> Place([FromBody] Order order, [FromHeader(Name = "X-Request-Id")] string? requestId, CancellationToken cancellationToken)
    {
        if (order.Lines.Count == 0)
        {
            return HttpResult.BadRequest("An order has at least one line.");
        }

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
