//// a header that the client makes
namespace Shop;

public static class Payments
{
    [Function, HttpTrigger("POST", "/payments"), AllowAnonymous, Idempotent(Header = "Idempotency-Key", ValidatePayload = true)]
    public static string Pay(Order order) => order.Id;
}

//// several members together
namespace Shop;

public enum Stage
{
    Placed,
    Paid,
}

public sealed record StageChange(string OrderId, Stage Stage, DateOnly Day);

public static class Changes
{
    [Function, QueueTrigger("changes"), DeadLetter("changes-dead"), Idempotent("{OrderId}-{Stage}-{Day}")]
    public static void Take(StageChange change) => Console.WriteLine(change.OrderId);
}

//// a key that is put together from others
namespace Shop;

public sealed record Line(string OrderId, int Number)
{
    public string Key => $"{OrderId}-{Number}";
}

public static class Lines
{
    [Function, StreamTrigger("lines", BatchSize = 20), DeadLetter("lines-dead"), Idempotent(nameof(Line.Key))]
    public static void Take(IReadOnlyList<StreamRecord<Line>> lines) => Console.WriteLine(lines.Count);
}

//// an identifier that must be given
namespace Shop;

public sealed class Job
{
    public required Guid Id { get; init; }

    public DateTimeOffset CreatedAt { get; init; } = DateTimeOffset.UtcNow;

    public string? Note { get; set; }
}

public static class Jobs
{
    [Function, QueueTrigger("jobs"), DeadLetter("jobs-dead"), Idempotent(nameof(Job.Id))]
    public static void Run(Job job) => Console.WriteLine(job.Note ?? job.CreatedAt.ToString("O"));
}

//// what the route says
namespace Shop;

public static class Front
{
    [Function, HttpTrigger("PUT", "/orders/{id}/lines/{line}"), AllowAnonymous, Idempotent("{id}/{line}")]
    public static string Put(string id, int line, OrderLine content) => id + line + content.Sku;
}

//// the object that was written
namespace Shop;

public static class Uploads
{
    [Function, StorageTrigger("uploads"), DeadLetter("uploads-dead"), Idempotent("{Bucket}/{Name}")]
    public static void Take(StorageEvent file) => Console.WriteLine(file.Name);
}

//// one message for each region
namespace Shop;

public sealed record RegionOpened(string Region, int Shops);

public static class Regions
{
    [Function, EventTrigger("com.shop.region.opened"), DeadLetter("regions-dead"), Idempotent(nameof(RegionOpened.Region))]
    public static void Take(RegionOpened opened) => Console.WriteLine(opened.Shops);
}

//// what validation asks for
using System.ComponentModel.DataAnnotations;

namespace Shop;

public sealed class Transfer
{
    [Required, StringLength(40)]
    public string? Reference { get; set; }

    public int Cents { get; set; }
}

public static class Transfers
{
    [Function, QueueTrigger("transfers"), DeadLetter("transfers-dead"), Idempotent(nameof(Transfer.Reference))]
    public static void Take(Transfer transfer) => Console.WriteLine(transfer.Cents);
}

//// the message's own name
namespace Shop;

public static class Notes
{
    [Function, QueueTrigger("notes"), DeadLetter("notes-dead"), Idempotent(MessageId = true, ExpiresAfterHours = 72)]
    public static void Take(Message<string> note) => Console.WriteLine(note.Id);
}

//// the parts of a customer that is always there
namespace Shop;

public sealed record Customer(string Id, string? Name);

public sealed record Visit(Customer Customer, long Number);

public static class Visits
{
    [Function, QueueTrigger("visits"), DeadLetter("visits-dead"), Idempotent("{Customer.Id}/{Number}")]
    public static void Take(Visit visit) => Console.WriteLine(visit.Customer.Name);
}
