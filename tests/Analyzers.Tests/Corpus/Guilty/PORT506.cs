//// invoke of Lambda
// library: AWSSDK.Lambda
using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace Shop;

public sealed class Orders(IAmazonLambda lambda)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<int> Place(Order order, CancellationToken cancellationToken)
    {
        var answer = await [|lambda.InvokeAsync(new InvokeRequest { FunctionName = "bill-order", Payload = order.Id }, cancellationToken)|];
        return answer.StatusCode;
    }
}

//// invoke in a service of the project
// library: AWSSDK.Lambda
using Amazon.Lambda;
using Amazon.Lambda.Model;

namespace Shop;

public sealed class Billing(IAmazonLambda lambda)
{
    public Task<InvokeResponse> Bill(string id, CancellationToken cancellationToken) =>
        lambda.InvokeAsync(new InvokeRequest { FunctionName = "bill-order", Payload = id }, cancellationToken);
}

public sealed class Orders(Billing billing)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task Place(Order order, CancellationToken cancellationToken) => Console.WriteLine(await [|billing.Bill(order.Id, cancellationToken)|]);
}

//// function URL
namespace Shop;

public static class Orders
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/orders/{id}/tax"), AllowAnonymous]
    public static Task<string> Tax(string id, CancellationToken cancellationToken) =>
        [|Http.GetStringAsync($"https://k3j4h5.lambda-url.eu-central-1.on.aws/?id={id}", cancellationToken)|];
}

//// Google function, address in a constant
namespace Shop;

public static class Orders
{
    private const string Tax = "https://europe-west1-shop.cloudfunctions.net/tax";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/orders/{id}/tax"), AllowAnonymous]
    public static Task<string> Of(string id, CancellationToken cancellationToken) => [|Http.GetStringAsync(Tax + "?id=" + id, cancellationToken)|];
}

//// Azure function with a key
namespace Shop;

public sealed class Orders(IConfigured configured)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/orders/{id}/tax"), AllowAnonymous]
    public Task<string> Tax(string id, CancellationToken cancellationToken) =>
        [|Http.GetStringAsync($"https://shop-tax.azurewebsites.net/api/tax/{id}?code={configured.Key}", cancellationToken)|];
}

public interface IConfigured
{
    string Key { get; }
}

//// its own project's function on Cloud Run
namespace Shop;

public static class Orders
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/orders/{id}/total"), AllowAnonymous]
    public static Task<string> Total(string id, CancellationToken cancellationToken) =>
        [|Http.GetStringAsync($"https://prices-x7a-ew.a.run.app/prices/{id}", cancellationToken)|];

    [Function, HttpTrigger("GET", "/prices/{id}"), AllowAnonymous]
    public static string Price(string id) => id;
}

//// its own project's function by a longer route
namespace Shop;

public static class Orders
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5), BaseAddress = new Uri("https://api.example.com") };

    [Function(TimeoutSeconds = 20), HttpTrigger("GET", "/orders/{id}/total"), AllowAnonymous]
    public static Task<string> Total(string id, CancellationToken cancellationToken) =>
        [|Http.GetStringAsync($"/internal/prices/{id}", cancellationToken)|];

    [Function, HttpTrigger("GET", "/internal/prices/{id}"), AllowAnonymous]
    public static string Price(string id) => id;
}
