//// queue
namespace Shop;

public static class Orders
{
    [Function, [|QueueTrigger("google-orders")|], DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// dead letters
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("orders"), [|DeadLetter("goog-dead")|], Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// stream
namespace Shop;

public static class Orders
{
    [Function, [|StreamTrigger("google-clicks")|], DeadLetter("clicks-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// bucket
namespace Shop;

public static class Orders
{
    [Function, [|StorageTrigger("my-google-scans")|], DeadLetter("scans-dead")]
    public static void Scan(StorageEvent scan) => Console.WriteLine(scan.Name);
}

//// bucket of the handbook
namespace Shop;

public static class Orders
{
    [Function, [|StorageTrigger("amzn-s3-demo-scans")|], DeadLetter("scans-dead")]
    public static void Scan(StorageEvent scan) => Console.WriteLine(scan.Name);
}

//// bucket that is sent to
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("GET", "/scans"), AllowAnonymous]
    public static string Scan([[|Bucket("scans-s3alias")|]] IBlobStore scans) => scans.ToString()!;
}

//// queue that is sent to
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders"), AllowAnonymous]
    public static string Scan([[|Queue("googol")|]] IQueue<Order> orders) => orders.Name;
}
