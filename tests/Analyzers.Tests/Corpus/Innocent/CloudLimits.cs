//// timeouts at the limits
namespace Shop;

public static class Orders
{
    [Function(TimeoutSeconds = 30), HttpTrigger("GET", "/report"), AllowAnonymous]
    public static string Report() => "done";
}

//// a message at the limit of the strictest cloud
namespace Shop;

public static class Orders
{
    [Function(TimeoutSeconds = 600), QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// a long function of one cloud
// property: PortableTargetedClouds=azure
namespace Shop;

public static class Orders
{
    [Function("import", TimeoutSeconds = 7200), ScheduleTrigger("0 3 * * *")]
    public static void Import() => Console.WriteLine("imported");
}

//// a long step of durable functions
// property: PortableTargetedClouds=azure
namespace Shop;

public sealed class Packing
{
    [Step(TimeoutSeconds = 3600)]
    public Task<Receipt> Pack(Order order) => Task.FromResult(new Receipt(order.Id, "packed"));
}

//// a workflow of two days
namespace Shop;

public sealed class Returns
{
    [Workflow("returns", TimeoutSeconds = 172_800)]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Check, order);

    [Step(TimeoutSeconds = 60)]
    public Task<Receipt> Check(Order order) => Task.FromResult(new Receipt(order.Id, "checked"));
}

//// memory that every cloud has
namespace Shop;

public static class Orders
{
    [Function(MemoryMegabytes = 2048, TimeoutSeconds = 60), QueueTrigger("scans"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Scan(Order order) => Console.WriteLine(order.Id);
}

//// much memory on one cloud
// property: PortableTargetedClouds=gcp
namespace Shop;

public static class Orders
{
    [Function(MemoryMegabytes = 32768), HttpTrigger("GET", "/report"), AllowAnonymous]
    public static string Report() => "done";
}

//// little memory where the plan rounds up
// property: PortableTargetedClouds=azure
namespace Shop;

public static class Orders
{
    [Function(MemoryMegabytes = 100), HttpTrigger("GET", "/report"), AllowAnonymous]
    public static string Report() => "done";
}

//// largest batches
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("orders", BatchSize = 10_000), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// ordered batches of ten
// property: PortableTargetedClouds=aws,gcp
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("orders", BatchSize = 10, Ordered = true), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}

//// ordered batches where nobody limits them
// property: PortableTargetedClouds=gcp
namespace Shop;

public static class Orders
{
    [Function, QueueTrigger("orders", BatchSize = 100, Ordered = true), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static void Handle(Order order) => Console.WriteLine(order.Id);
}
