//// price in 8 ms
namespace Shop;

public static class Prices
{
    [Function([|LatencyMilliseconds = 8|]), HttpTrigger("GET", "/prices/{sku}"), AllowAnonymous]
    public static string Get(string sku) => sku;
}

//// with a name
namespace Shop;

public static class Prices
{
    [Function("price", [|LatencyMilliseconds = 5|]), HttpTrigger("GET", "/prices/{sku}"), AllowAnonymous]
    public static string Get(string sku) => sku;
}

//// beside a timeout
namespace Shop;

public sealed class Prices(IOrderStore store)
{
    [Function(TimeoutSeconds = 5, [|LatencyMilliseconds = 9|]), HttpTrigger("GET", "/prices/{id}"), AllowAnonymous]
    public Task<Order?> Get(string id, CancellationToken cancellationToken) => store.Find(id, cancellationToken);
}

//// of a constant
namespace Shop;

public static class Promises
{
    public const int Tight = 2;
}

public static class Prices
{
    [Function([|LatencyMilliseconds = Promises.Tight|]), HttpTrigger("GET", "/prices/{sku}"), AllowAnonymous]
    public static string Get(string sku) => sku;
}

//// one of two is warm
namespace Shop;

public static class Prices
{
    [Function(LatencyMilliseconds = 8), HttpTrigger("GET", "/prices/{sku}"), AllowAnonymous, Warm(3)]
    public static string Get(string sku) => sku;

    [Function([|LatencyMilliseconds = 8|]), HttpTrigger("GET", "/names/{sku}"), AllowAnonymous]
    public static string Name(string sku) => sku;
}

//// in lists of their own
namespace Shop;

public static class Prices
{
    [Function([|LatencyMilliseconds = 1|])]
    [HttpTrigger("POST", "/prices")]
    [AllowAnonymous]
    public static int Total(Order order) => order.Cents;
}
