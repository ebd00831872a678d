//// a thread in a program beside the functions
namespace Shop;

public sealed class Worker
{
    public void Start() => new Thread(() => Console.WriteLine("works")).Start();
}

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}
