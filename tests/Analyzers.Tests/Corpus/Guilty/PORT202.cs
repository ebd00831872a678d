//// a reference that customers may leave out
namespace Shop;

public sealed record Payment(string Id, string? Reference);

public static class Payments
{
    [Function, QueueTrigger("payments"), DeadLetter("payments-dead"), [|Idempotent(nameof(Payment.Reference))|]]
    public static void Take(Payment payment) => Console.WriteLine(payment.Id);
}

//// a number that is not always given
namespace Shop;

public sealed record Line(string OrderId, int? Number);

public static class Lines
{
    [Function, StreamTrigger("lines"), DeadLetter("lines-dead"), [|Idempotent("{OrderId}-{Number}")|]]
    public static void Take(IReadOnlyList<StreamRecord<Line>> lines) => Console.WriteLine(lines.Count);
}

//// the identifier of something that may be missing
namespace Shop;

public sealed record Customer(string Id);

public sealed record Visit(Customer? Customer, string Page);

public static class Visits
{
    [Function, QueueTrigger("visits"), DeadLetter("visits-dead"), [|Idempotent("{Customer.Id}/{Page}")|]]
    public static void Take(Message<Visit> visit) => Console.WriteLine(visit.Body.Page);
}

//// an optional value of the query
namespace Shop;

public static class Payments
{
    [Function, HttpTrigger("POST", "/payments"), AllowAnonymous, [|Idempotent("{key}")|]]
    public static string Pay(Order order, string? key) => key + order.Id;
}

//// a step
namespace Shop;

public sealed record Parcel(string Id, string? Tracking);

public sealed class Shipping
{
    [Workflow("shipping")]
    public async Task<string> Run(IWorkflow flow, Parcel parcel) => await flow.Step(Send, parcel);

    [Step, [|Idempotent(nameof(Parcel.Tracking))|]]
    public Task<string> Send(Parcel parcel) => Task.FromResult(parcel.Id);
}

//// an event
namespace Shop;

[EventContract("com.shop.returned", Version = 1)]
public sealed class Returned
{
    public string OrderId { get; set; } = "";

    public Guid? ReturnId { get; set; }
}

public static class Returns
{
    [Function, EventTrigger, DeadLetter("returns-dead"), [|Idempotent(nameof(Returned.ReturnId))|]]
    public static void Take(Returned returned) => Console.WriteLine(returned.OrderId);
}
