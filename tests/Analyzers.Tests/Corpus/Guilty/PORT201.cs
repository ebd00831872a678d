//// a charge without a key
using System.Net.Http.Json;

namespace Shop;

public sealed class Payments(HttpClient bank)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead")]
    public async Task [|Charge|](Order order, CancellationToken ct)
    {
        var response = await bank.PostAsJsonAsync("https://bank.example/charges", new { order.Id, order.Cents }, ct);
        response.EnsureSuccessStatusCode();
    }
}

//// a mail by a service of the project
using System.Net.Mail;

namespace Shop;

public interface INotifier
{
    Task OrderShipped(Order order, CancellationToken ct);
}

public sealed class MailNotifier(SmtpClient smtp) : INotifier
{
    public Task OrderShipped(Order order, CancellationToken ct) => smtp.SendMailAsync("shop@shop.example", order.CustomerId, "Shipped", order.Id, ct);
}

public sealed class Shipping(INotifier notifier)
{
    [Function, QueueTrigger("shipped"), DeadLetter("shipped-dead")]
    public Task [|Tell|](Message<Order> message, CancellationToken ct) => notifier.OrderShipped(message.Body, ct);
}

//// a step that is tried again and inserts
// library: Dapper
using System.Data;
using Dapper;

namespace Shop;

public sealed class Ledger(IDbConnection db)
{
    [Workflow("ledger")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Book, order);

    [Step(TimeoutSeconds = 10), Retry(MaxAttempts = 3)]
    public async Task<Receipt> [|Book|](Order order)
    {
        await db.ExecuteAsync("INSERT INTO ledger (order_id, cents) VALUES (@Id, @Cents)", order);
        return new Receipt(order.Id, "booked");
    }
}

//// messages that go on, from a stream in batches
namespace Shop;

public sealed class Clicks([Queue("parcels")] IQueue<Order> parcels)
{
    [Function, StreamTrigger("clicks", BatchSize = 50), DeadLetter("clicks-dead")]
    public async Task [|Forward|](IReadOnlyList<StreamRecord<Order>> records, CancellationToken ct)
    {
        foreach (var record in records)
        {
            if (record.Body.Cents > 0)
            {
                await parcels.Send(record.Body, cancellationToken: ct);
            }
        }
    }
}

//// a run of a workflow for every file
namespace Shop;

public sealed class Uploads(IWorkflowClient workflows)
{
    [Function, StorageTrigger("uploads", Suffix = ".csv"), DeadLetter("uploads-dead")]
    public Task [|Import|](StorageEvent file, CancellationToken ct) => workflows.Start("import", file.Name, cancellationToken: ct);
}

public sealed class ImportWorkflow
{
    [Workflow("import")]
    public async Task<string> Run(IWorkflow flow, string name) => await flow.Step(Load, name);

    [Step]
    public Task<string> Load(string name) => Task.FromResult(name);
}

//// a balance that is counted down
namespace Shop;

public sealed class Accounts(System.Data.Common.DbConnection db)
{
    [Function, QueueTrigger("withdrawals"), DeadLetter("withdrawals-dead")]
    public async Task [|Withdraw|](Order order, CancellationToken ct)
    {
        await using var command = db.CreateCommand();
        command.CommandText = "UPDATE accounts SET balance = balance - @cents WHERE customer = @customer";
        await command.ExecuteNonQueryAsync(ct);
    }
}

//// a report by the clock
using System.Text;

namespace Shop;

public sealed class Reports(HttpClient http)
{
    [Function, ScheduleTrigger("0 6 * * 1")]
    public async Task [|Weekly|](ScheduledEvent due, CancellationToken ct)
    {
        using var content = new StringContent($"week of {due.ScheduledTime:O}", Encoding.UTF8);
        await http.PostAsync("https://reports.example/weekly", content, ct);
    }
}
