using System.Text.Json;
using Portable.Local;

namespace Orders.Demo;

/// <summary>Messages and the clock: single messages, a batch, a message that keeps failing and one that can never be read.</summary>
internal sealed class MessageScenes(LocalHost host, HttpClient http, DemoTable table)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await SendAsync("SettlePayment", "payments-settled", "payment-settled.json", "done", cancellationToken);
        await new HttpScenes(http, table).FindAsync("/orders/A-1001", "200 A-1001 is paid", cancellationToken);
        await SendAsync("SettlePayment", "payments-settled", "payment-poison.json", "dead letter after 1 delivery", cancellationToken);
        await SendAsync("SettlePayment", "payments-settled", "payment-of-unknown-order.json", "dead letter after 3 deliveries", cancellationToken);
        await SendAsync("SendParcel", "parcels-sent", "parcel-sent.json", "done", cancellationToken);
        await SendStockAsync(cancellationToken);
        await ExpireAsync(cancellationToken);
    }

    private async Task SendAsync(string function, string queueName, string file, string expected, CancellationToken cancellationToken)
    {
        var queue = host.Queue(queueName);
        var id = queue.Send(SampleInput.Read(file));
        await queue.WhenEmptyAsync(cancellationToken);
        var dead = queue.DeadLetters.FirstOrDefault(letter => letter.Id == id);
        table.Check(function, $"queue {queueName}", file, expected, dead is null
            ? "done"
            : $"dead letter after {dead.DeliveryCount} {(dead.DeliveryCount == 1 ? "delivery" : "deliveries")}");
    }

    private async Task SendStockAsync(CancellationToken cancellationToken)
    {
        var queue = host.Queue("stock-changes");
        using var changes = JsonDocument.Parse(SampleInput.Read("stock-changes.json"));
        foreach (var change in changes.RootElement.EnumerateArray())
        {
            queue.Send(change.GetRawText());
        }

        await queue.WhenEmptyAsync(cancellationToken);
        table.Check("ChangeStock", "queue stock-changes", "stock-changes.json (3)", "3 done, 0 dead letters", $"{queue.Completed} done, {queue.DeadLetters.Count} dead letters");
    }

    /// <summary>The clock is turned by hand: an order that is not paid by tomorrow expires.</summary>
    private async Task ExpireAsync(CancellationToken cancellationToken)
    {
        using var unpaid = new StringContent(SampleInput.Read("order-slow-bank.json"), System.Text.Encoding.UTF8, "application/json");
        using var placed = await http.PostAsync("/orders", unpaid, cancellationToken);
        await host.Timer("expire-orders").FireAsync(DateTimeOffset.UtcNow.AddDays(1), cancellationToken);
        table.Check("expire-orders", "schedule 0 3 * * *", "fired by hand", "1 firing", $"{host.Timer("expire-orders").Firings} firing");
        await new HttpScenes(http, table).FindAsync("/orders/A-1004", "200 A-1004 is expired", cancellationToken);
    }
}
