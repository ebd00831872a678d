//// google at the end of a queue
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("orders-of-google"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// a bucket with s3 in its name
namespace Shop;

public static class Orders
{
    [Function, StorageTrigger("s3-scans"), DeadLetter("scans-dead")]
    public static void Scan(StorageEvent scan) => Console.WriteLine(scan.Name);
}

//// good is not goog
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("goods"), DeadLetter("goods-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// google names of a project for aws
// property: PortableTargetedClouds=aws
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("google-orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}
