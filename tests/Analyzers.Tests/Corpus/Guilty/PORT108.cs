//// thread in a function
namespace Shop;

public static class Reports
{
    [Function, HttpTrigger("POST", "/reports"), AllowAnonymous]
    public static void Build(Order order) => [|new Thread(() => Console.WriteLine(order.Id))|].Start();
}

//// pool work in a helper of a handler class
namespace Shop;

public static class Reports
{
    [Function, HttpTrigger("POST", "/reports"), AllowAnonymous]
    public static void Build(Order order) => Queue(order.Id);

    private static void Queue(string id) => [|ThreadPool.QueueUserWorkItem(_ => Console.WriteLine(id))|];
}
