//// using declaration
namespace Shop;

public static class Rates
{
    [Function, HttpTrigger("GET", "/rates/{currency}"), AllowAnonymous]
    public static async Task<string> Get(string currency, CancellationToken cancellationToken)
    {
        using var http = [|new HttpClient()|];
        http.DefaultRequestHeaders.Add("accept", "application/json");
        return await http.GetStringAsync($"https://rates.example/{currency}", cancellationToken);
    }
}

//// in one expression
namespace Shop;

public static class Rates
{
    [Function, HttpTrigger("GET", "/rates"), AllowAnonymous]
    public static Task<string> Get() => [|new HttpClient()|].GetStringAsync("https://rates.example/all");
}

//// in a helper that functions share
namespace Shop;

public sealed class Rates(ILogger<Rates> logger)
{
    [Function("one"), HttpTrigger("GET", "/rates/{currency}"), AllowAnonymous]
    public Task<string> One(string currency) => Ask("/" + currency);

    [Function("all"), HttpTrigger("GET", "/rates"), AllowAnonymous]
    public Task<string> All() => Ask("/all");

    private async Task<string> Ask(string path)
    {
        logger.LogInformation("asks {Path}", path);
        using (var http = [|new HttpClient { BaseAddress = new Uri("https://rates.example"), Timeout = TimeSpan.FromSeconds(5) }|])
        {
            return await http.GetStringAsync(path);
        }
    }
}

//// a handler of its own
namespace Shop;

public static class Rates
{
    [Function, HttpTrigger("GET", "/rates"), AllowAnonymous]
    public static async Task<string> Get(CancellationToken cancellationToken)
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) };
        var http = [|new HttpClient(handler)|];
        return await http.GetStringAsync("https://rates.example/all", cancellationToken);
    }
}

//// aws client in a function
// library: AWSSDK.S3
using Amazon.S3;
using Amazon.S3.Model;
namespace Shop;

public sealed class Archive
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Keep(Order order, CancellationToken cancellationToken)
    {
        using IAmazonS3 s3 = [|new AmazonS3Client()|];
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = "archive", Key = order.Id, ContentBody = order.CustomerId }, cancellationToken);
    }
}

//// azure client with a setting
// library: Azure.Storage.Blobs
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
namespace Shop;

public sealed class Archive(IConfiguration settings)
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Keep(Order order, CancellationToken cancellationToken)
    {
        var service = [|new BlobServiceClient(settings["Archive:Connection"]!)|];
        var container = service.GetBlobContainerClient("archive");
        await container.GetBlobClient(order.Id).UploadAsync(Stream.Null, overwrite: true, cancellationToken);
    }
}

//// google client by its factory
// library: Google.Cloud.Storage.V1
using Google.Cloud.Storage.V1;
namespace Shop;

public sealed class Archive
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Keep(Order order, CancellationToken cancellationToken)
    {
        var storage = await [|StorageClient.CreateAsync()|];
        await storage.UploadObjectAsync("archive", order.Id, "text/plain", Stream.Null, cancellationToken);
    }
}

//// cache connection in a step
// library: StackExchange.Redis
using StackExchange.Redis;
namespace Shop;

public sealed class Fulfilment
{
    [Step, Idempotent(nameof(Order.Id))]
    public async Task Mark(Order order)
    {
        using var cache = [|ConnectionMultiplexer.Connect("cache:6379")|];
        await cache.GetDatabase().StringSetAsync("order:" + order.Id, "packed");
    }
}

//// database client in a loop
// library: MongoDB.Driver
using MongoDB.Driver;
namespace Shop;

public sealed class Archive
{
    [Function, QueueTrigger("orders"), DeadLetter("orders-dead"), Idempotent(nameof(Order.Id))]
    public async Task Keep(Order order, CancellationToken cancellationToken)
    {
        foreach (var line in order.Lines)
        {
            var lines = [|new MongoClient("mongodb://shop")|].GetDatabase("shop").GetCollection<OrderLine>("lines");
            await lines.InsertOneAsync(line, null, cancellationToken);
        }
    }
}
