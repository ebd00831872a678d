//// a client in a static readonly field
namespace Shop;

public static class Rates
{
    private static readonly HttpClient Http = new() { BaseAddress = new Uri("https://rates.example"), Timeout = TimeSpan.FromSeconds(5) };

    [Function, HttpTrigger("GET", "/rates/{currency}"), AllowAnonymous]
    public static Task<string> Get(string currency, CancellationToken cancellationToken) => Http.GetStringAsync("/" + currency, cancellationToken);
}

//// a client made in a static constructor
namespace Shop;

public static class Rates
{
    private static readonly HttpClient Http;

    static Rates()
    {
        Http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        Http.Timeout = TimeSpan.FromSeconds(5);
    }

    [Function, HttpTrigger("GET", "/rates"), AllowAnonymous]
    public static Task<string> Get(CancellationToken cancellationToken) => Http.GetStringAsync("https://rates.example/all", cancellationToken);
}

//// a client made in the constructor
// library: AWSSDK.S3
using Amazon.S3;
using Amazon.S3.Model;
namespace Shop;

public sealed class Archive
{
    private readonly IAmazonS3 _s3;

    public Archive() => _s3 = new AmazonS3Client();

    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public Task Keep(Order order, CancellationToken cancellationToken) =>
        _s3.PutObjectAsync(new PutObjectRequest { BucketName = "archive", Key = order.Id }, cancellationToken);
}

//// an injected client
// library: AWSSDK.S3
using Amazon.S3;
using Amazon.S3.Model;
namespace Shop;

public sealed class Archive(IAmazonS3 s3)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Keep(Order order, CancellationToken cancellationToken)
    {
        var request = new PutObjectRequest { BucketName = "archive", Key = order.Id };
        await s3.PutObjectAsync(request, cancellationToken);
    }
}

public static class Services
{
    public static IServiceCollection AddArchive(this IServiceCollection services) => services.AddSingleton<IAmazonS3>(_ => new AmazonS3Client());
}

//// a lazy client
// library: Azure.Storage.Blobs
using Azure.Storage.Blobs;
namespace Shop;

public static class Archive
{
    private static readonly Lazy<BlobServiceClient> Blobs = new(() => new BlobServiceClient(Environment.GetEnvironmentVariable("BLOBS")!));

    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public static Task Keep(Order order, CancellationToken cancellationToken) =>
        Blobs.Value.GetBlobContainerClient("archive").GetBlobClient(order.Id).UploadAsync(Stream.Null, true, cancellationToken);
}

//// a client of a tenant
// library: AWSSDK.S3
using Amazon;
using Amazon.S3;
using Amazon.S3.Model;
namespace Shop;

public sealed class Archive
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Keep(Order order, CancellationToken cancellationToken)
    {
        using var s3 = new AmazonS3Client(RegionEndpoint.GetBySystemName(order.CustomerId));
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "archive", Key = order.Id }, cancellationToken);
    }
}

//// a blob by the address in the event
// library: Azure.Storage.Blobs
using Azure.Storage.Blobs;
namespace Shop;

public sealed record Upload(string Address);

public static class Copies
{
    [Function, QueueTrigger("uploads"), DeadLetter("uploads-dead"), Idempotent(nameof(Upload.Address))]
    public static async Task Copy(Upload upload, CancellationToken cancellationToken)
    {
        var address = new Uri(upload.Address);
        var blob = new BlobClient(address);
        await blob.UploadAsync(Stream.Null, true, cancellationToken);
    }
}

//// a client from the factory
namespace Shop;

public interface IHttpClients
{
    HttpClient CreateClient(string name);
}

public sealed class Rates(IHttpClients clients)
{
    [Function, HttpTrigger("GET", "/rates"), AllowAnonymous]
    public async Task<string> Get(CancellationToken cancellationToken)
    {
        using var http = clients.CreateClient("rates");
        return await http.GetStringAsync("/all", cancellationToken);
    }
}

//// a light client over a shared handler
namespace Shop;

public static class Rates
{
    private static readonly SocketsHttpHandler Handler = new() { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    [Function, HttpTrigger("GET", "/rates/{currency}"), AllowAnonymous]
    public static async Task<string> Get(string currency, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(Handler, disposeHandler: false) { BaseAddress = new Uri($"https://{currency}.rates.example") };
        return await http.GetStringAsync("/", cancellationToken);
    }
}

//// database connections come from a pool
// library: Microsoft.Data.SqlClient
using Microsoft.Data.SqlClient;
namespace Shop;

public sealed class Stock
{
    [Function, HttpTrigger("GET", "/stock/{sku}"), AllowAnonymous]
    public async Task<string> Get(string sku, CancellationToken cancellationToken)
    {
        await using var connection = new SqlConnection("Server=shop;Database=stock");
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1";
        return $"{sku}: {await command.ExecuteScalarAsync(cancellationToken)}";
    }
}

//// clients in a program beside the functions
namespace Shop;

public static class Tool
{
    public static async Task Run()
    {
        using var http = new HttpClient();
        Console.WriteLine(await http.GetStringAsync("https://rates.example/all"));
    }
}

public sealed class RatesTests
{
    public async Task Answers()
    {
        using var http = new HttpClient { BaseAddress = new Uri("http://localhost:5000") };
        await http.GetStringAsync("/");
    }
}

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}

//// requests and contents are made per call
namespace Shop;

public sealed class Prices(HttpClient http)
{
    [Function, HttpTrigger("GET", "/prices/{sku}"), AllowAnonymous]
    public async Task<string> Get(string sku, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://prices.example/" + sku);
        request.Headers.Add("accept", "application/json");
        using var response = await http.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}

//// a client of the project is no client of a network
namespace Shop;

public sealed class PriceClient(HttpClient http)
{
    public Task<string> Ask(string sku, CancellationToken cancellationToken) => http.GetStringAsync("https://prices.example/" + sku, cancellationToken);
}

public sealed class Prices(HttpClient http)
{
    [Function, HttpTrigger("GET", "/prices/{sku}"), AllowAnonymous]
    public Task<string> Get(string sku, CancellationToken cancellationToken) => new PriceClient(http).Ask(sku, cancellationToken);
}

//// a database handle of a kept client
// library: MongoDB.Driver
using MongoDB.Driver;
namespace Shop;

public sealed class Archive(IMongoClient mongo)
{
    private readonly IMongoCollection<Order> _orders = mongo.GetDatabase("shop").GetCollection<Order>("orders");

    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public Task Keep(Order order, CancellationToken cancellationToken) => _orders.InsertOneAsync(order, null, cancellationToken);
}

//// a channel kept in a field
// library: Grpc.Net.Client
using Grpc.Net.Client;
namespace Shop;

public sealed class Prices : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress("https://prices.example");

    [Function, HttpTrigger("GET", "/prices/{sku}"), AllowAnonymous]
    public string Get(string sku) => sku + _channel.GetHashCode();

    public void Dispose() => _channel.Dispose();
}
