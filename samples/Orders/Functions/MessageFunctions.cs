using Microsoft.Extensions.Logging;
using Orders.Services;
using Portable;

namespace Orders.Functions;

/// <summary>What happens to an order elsewhere, as messages. Every handler may see a message twice and does its work once.</summary>
public sealed class MessageFunctions(IOrderStore orders, IStock stock, ILogger<MessageFunctions> logger)
{
    /// <summary>A message with what the queue says of it. An unknown order is tried again: its own message may still be on the way.</summary>
    [Function, QueueTrigger("payments-settled"), Retry(MaxAttempts = 3), DeadLetter("orders-dead")]
    public async Task SettlePayment(Message<PaymentSettled> message, CancellationToken cancellationToken)
    {
        if (!await orders.SetStatusAsync(message.Body.OrderId, "paid", cancellationToken))
        {
            throw new InvalidOperationException($"There is no order '{message.Body.OrderId}' (delivery {message.DeliveryCount}).");
        }
    }

    /// <summary>The body alone.</summary>
    [Function, QueueTrigger("parcels-sent"), DeadLetter("orders-dead")]
    public async Task SendParcel(ParcelSent parcel, CancellationToken cancellationToken)
    {
        await orders.SetStatusAsync(parcel.OrderId, $"sent as {parcel.Parcel}", cancellationToken);
    }

    /// <summary>A batch: one write for many messages, and only those that failed are delivered again.</summary>
    [Function, QueueTrigger("stock-changes", BatchSize = 5), DeadLetter("orders-dead")]
    public BatchResult ChangeStock(IReadOnlyList<Message<StockChanged>> changes)
    {
        var failed = new List<FailedMessage>();
        foreach (var change in changes)
        {
            if (!stock.TryChange(change.Id, change.Body.Sku, change.Body.Delta))
            {
                failed.Add(new FailedMessage(change.Id, $"'{change.Body.Sku}' cannot fall below zero."));
            }
        }

        logger.LogInformation("Stock changed by {Count} messages, {Failed} refused.", changes.Count - failed.Count, failed.Count);
        return BatchResult.Partial(failed);
    }
}
