//// report over http
namespace Shop;

public static class Orders
{
    [Function([|TimeoutSeconds = 120|]), HttpTrigger("GET", "/report"), AllowAnonymous]
    public static string Report() => "done";
}

//// import by schedule for an hour
namespace Shop;

public static class Orders
{
    [Function("import", [|TimeoutSeconds = 3600|]), ScheduleTrigger("0 3 * * *")]
    public static void Import() => Console.WriteLine("imported");
}

//// message for a quarter of an hour
namespace Shop;

public static class Orders
{
    [Function([|TimeoutSeconds = 15 * 60|]), QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// a constant of a name
namespace Shop;

public static class Orders
{
    [Function([|TimeoutSeconds = Patience|]), HttpTrigger("GET", "/report"), AllowAnonymous]
    public static string Report() => "done";

    private const int Patience = 31;
}

//// storage event for half an hour
namespace Shop;

public static class Orders
{
    [Function([|TimeoutSeconds = 1800|]), StorageTrigger("scans"), DeadLetter("scans-dead")]
    public static void Scan(StorageEvent scan) => Console.WriteLine(scan.Name);
}

//// step for half an hour
namespace Shop;

public sealed class Packing
{
    [Step([|TimeoutSeconds = 1800|])]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}

//// request for longer than a load balancer waits
// property: PortableTargetedClouds=azure
namespace Shop;

public static class Orders
{
    [Function([|TimeoutSeconds = 300|]), HttpTrigger("GET", "/report"), AllowAnonymous]
    public static string Report() => "done";
}
