//// queue
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("orders", [|BatchSize = 20_000|]), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// queue, one too many
// property: PortableTargetedClouds=aws,gcp
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("orders", [|BatchSize = 10_001|]), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// ordered queue
// property: PortableTargetedClouds=aws,gcp
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("orders", Ordered = true, [|BatchSize = 50|]), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// stream
namespace Shop;

public static class Orders
{
    [Function, StreamTrigger("clicks", [|BatchSize = 100_000|]), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// table
namespace Shop;

public static class Orders
{
    [Function, TableTrigger("orders", [|BatchSize = 25_000|]), DeadLetter("orders-dead")]
    public static void Handle(TableChange<Order> change) => Console.WriteLine(change.Key);
}

//// whole batch at once
// property: PortableTargetedClouds=aws,gcp
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("orders", [|BatchSize = Most|], Ordered = true), DeadLetter("orders-dead")]
    public static void Handle(Order[] orders) => Console.WriteLine(orders.Length);

    private const int Most = 25;
}
