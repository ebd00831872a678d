//// more than azure has
namespace Shop;

public static class Orders
{
    [Function([|MemoryMegabytes = 8192|]), HttpTrigger("GET", "/report"), AllowAnonymous]
    public static string Report() => "done";
}

//// more than lambda has
// property: PortableTargetedClouds=aws
namespace Shop;

public static class Orders
{
    [Function([|MemoryMegabytes = 12_288|]), QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// more than cloud run has
// property: PortableTargetedClouds=gcp
namespace Shop;

public static class Orders
{
    [Function("big", [|MemoryMegabytes = 65_536|]), ScheduleTrigger("0 3 * * *")]
    public static void Import() => Console.WriteLine("imported");
}

//// less than lambda takes
// property: PortableTargetedClouds=aws
namespace Shop;

public static class Orders
{
    [Function([|MemoryMegabytes = 64|]), HttpTrigger("GET", "/report"), AllowAnonymous]
    public static string Report() => "done";
}

//// gigabytes taken for megabytes
namespace Shop;

public static class Orders
{
    [Function([|MemoryMegabytes = 2|]), HttpTrigger("GET", "/report"), AllowAnonymous]
    public static string Report() => "done";
}

//// kilobytes taken for megabytes
namespace Shop;

public static class Orders
{
    [Function([|MemoryMegabytes = 512 * 1024|]), HttpTrigger("GET", "/report"), AllowAnonymous]
    public static string Report() => "done";
}
