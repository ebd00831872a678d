//// an identifier that the type makes up
namespace Shop;

public sealed record Job
{
    public Guid Id { get; init; } = Guid.NewGuid();

    public string Name { get; init; } = "";
}

public static class Jobs
{
    [Function, QueueTrigger("jobs"), DeadLetter("jobs-dead"), [|Idempotent(nameof(Job.Id))|]]
    public static void Run(Job job) => Console.WriteLine(job.Name);
}

//// a state
namespace Shop;

public enum Stage
{
    Placed,
    Paid,
}

public sealed record Change(Stage Stage, string Text);

public static class Changes
{
    [Function, QueueTrigger("changes"), DeadLetter("changes-dead"), [|Idempotent(nameof(Change.Stage))|]]
    public static void Take(Change change) => Console.WriteLine(change.Text);
}

//// the day
namespace Shop;

public sealed record Report(DateOnly Day, int Visits);

public static class Reports
{
    [Function, QueueTrigger("reports"), DeadLetter("reports-dead"), [|Idempotent("{Day}")|]]
    public static void Take(Report report) => Console.WriteLine(report.Visits);
}

//// the tenant instead of the order
namespace Shop;

public sealed record TenantOrder(string TenantId, string OrderId);

public static class TenantOrders
{
    [Function, QueueTrigger("tenant-orders"), DeadLetter("orders-dead"), [|Idempotent(nameof(TenantOrder.TenantId))|]]
    public static void Take(TenantOrder order) => Console.WriteLine(order.OrderId);
}

//// a name that all have
namespace Shop;

public sealed class Ping
{
    public string Name { get; } = "ping";

    public int Number { get; set; }
}

public static class Pings
{
    [Function, EventTrigger("com.shop.ping"), DeadLetter("pings-dead"), [|Idempotent(nameof(Ping.Name))|]]
    public static void Take(Ping ping) => Console.WriteLine(ping.Number);
}

//// the moment at which it is read
namespace Shop;

public sealed record Reading(string Sensor)
{
    public string Key => $"{Sensor}-{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}";
}

public static class Readings
{
    [Function, QueueTrigger("readings"), DeadLetter("readings-dead"), [|Idempotent(nameof(Reading.Key))|]]
    public static void Take(Reading reading) => Console.WriteLine(reading.Sensor);
}

//// the caller instead of the request
namespace Shop;

public static class Front
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous, [|Idempotent(Header = "User-Agent")|]]
    public static string Place(Order order) => order.Id;
}

//// the region instead of the parcel's own identifier
namespace Shop;

public sealed record RegionalParcel(string Id, string Region);

public static class RegionalParcels
{
    [Function, QueueTrigger("regional-parcels"), DeadLetter("parcels-dead"), [|Idempotent(nameof(RegionalParcel.Region))|]]
    public static void Take(RegionalParcel parcel) => Console.WriteLine(parcel.Id);
}
