using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Size;

public sealed class PORT308_ClientPerInvocationTests
{
    private const string S3 = "// library: AWSSDK.S3";

    [Theory]
    [InlineData("", "using var http = [|new HttpClient()|];\nawait http.GetStringAsync(\"https://shop.example\", ct);", "'Handle' makes a new HttpClient for every invocation: each has connections")]
    [InlineData("", "await [|new HttpClient { Timeout = TimeSpan.FromSeconds(2) }|].GetStringAsync(\"https://shop.example/\" + order.Id, ct);", "HttpClient")]
    [InlineData("", "using var http = [|new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 4 })|];\nawait http.GetStringAsync(\"https://shop.example\", ct);", "HttpClient")]
    [InlineData("", "using var handler = new HttpClientHandler();\nusing var http = [|new HttpClient(handler)|];\nawait http.GetStringAsync(\"https://shop.example\", ct);", "HttpClient")]
    [InlineData(S3, "using var s3 = [|new Amazon.S3.AmazonS3Client(Amazon.RegionEndpoint.EUWest1)|];\nawait s3.PutObjectAsync(new() { Key = order.Id }, ct);", "new AmazonS3Client for every invocation: it asks for credentials")]
    [InlineData("// library: Azure.Storage.Blobs", "var connection = Environment.GetEnvironmentVariable(\"BLOBS\")!;\nvar blobs = [|new Azure.Storage.Blobs.BlobServiceClient(connection)|].GetBlobContainerClient(\"orders\");\nawait blobs.GetBlobClient(order.Id).UploadAsync(Stream.Null, true, ct);", "new BlobServiceClient")]
    [InlineData("// library: Google.Cloud.Storage.V1", "var storage = [|Google.Cloud.Storage.V1.StorageClient.Create()|];\nawait storage.UploadObjectAsync(\"b\", order.Id, \"text/plain\", Stream.Null, ct);", "new StorageClient")]
    [InlineData("// library: Google.Cloud.Storage.V1", "var storage = await [|Google.Cloud.Storage.V1.StorageClient.CreateAsync()|];\nawait storage.UploadObjectAsync(\"b\", order.Id, \"text/plain\", Stream.Null, ct);", "new StorageClient")]
    [InlineData("// library: Google.Cloud.Storage.V1", "var storage = [|new Google.Cloud.Storage.V1.StorageClientBuilder { JsonCredentials = \"{}\" }.Build()|];\nawait storage.UploadObjectAsync(\"b\", order.Id, \"text/plain\", Stream.Null, ct);", "new StorageClient")]
    [InlineData("// library: StackExchange.Redis", "using var redis = await [|StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(\"cache:6379\")|];\nawait redis.GetDatabase().StringSetAsync(order.Id, \"seen\");", "new ConnectionMultiplexer")]
    [InlineData("// library: MongoDB.Driver", "var shop = [|new MongoDB.Driver.MongoClient(\"mongodb://shop\")|].GetDatabase(\"shop\");\nawait shop.GetCollection<Order>(\"orders\").InsertOneAsync(order, null, ct);", "new MongoClient")]
    [InlineData("// library: Grpc.Net.Client", "using var channel = [|Grpc.Net.Client.GrpcChannel.ForAddress(\"https://shop.example\")|];", "new GrpcChannel")]
    public Task A_client_is_made_for_every_invocation(string library, string statements, string message) =>
        Check.Reports("PORT308", HandlerSource.With(statements, usings: library), message);

    [Theory]
    [InlineData("", "Console.WriteLine(Http.BaseAddress);", "private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(2) };")]
    [InlineData("", "Console.WriteLine(Http.Value.BaseAddress);", "private static readonly Lazy<HttpClient> Http = new(() => new HttpClient());")]
    [InlineData("", "Console.WriteLine(Http.BaseAddress);", "private static HttpClient? _http;\nprivate static HttpClient Http => _http ??= new HttpClient();")]
    [InlineData("", "Console.WriteLine(Get().BaseAddress);", "private static HttpClient? _http;\nprivate static HttpClient Get() => _http ??= Create();\nprivate static HttpClient Create()\n{\n    var http = new HttpClient();\n    http.Timeout = TimeSpan.FromSeconds(1);\n    return http;\n}")]
    [InlineData("", "using var http = new HttpClient(Handler, disposeHandler: false);\nawait http.GetStringAsync(\"https://shop.example\", ct);", "private static readonly SocketsHttpHandler Handler = new();")]
    [InlineData("", "using var handler = new HttpClientHandler { Proxy = new System.Net.WebProxy(order.CustomerId) };\nusing var http = new HttpClient(handler);\nawait http.GetStringAsync(\"https://shop.example\", ct);", "")]
    [InlineData(S3, "var credentials = new Amazon.Runtime.BasicAWSCredentials(order.Id, order.CustomerId);\nusing var s3 = new Amazon.S3.AmazonS3Client(credentials);\nawait s3.PutObjectAsync(new(), ct);", "")]
    [InlineData(S3, "S3 ??= new Amazon.S3.AmazonS3Client();", "private static Amazon.S3.IAmazonS3? S3;")]
    [InlineData("// library: Azure.Storage.Blobs", "await new Azure.Storage.Blobs.BlobClient(new Uri(order.Id)).UploadAsync(Stream.Null, true, ct);", "")]
    [InlineData("// library: Microsoft.Data.SqlClient", "await using var connection = new Microsoft.Data.SqlClient.SqlConnection(\"Server=shop\");\nawait connection.OpenAsync(ct);", "")]
    public Task A_client_is_kept_or_light(string library, string statements, string members) =>
        Check.Silent(HandlerSource.With(statements, members, usings: library));

    [Fact]
    public Task A_client_of_the_project_itself_is_its_own_affair() => Check.Silent(HandlerSource.With(
        "new OrderClient().Send(order);",
        "public sealed class OrderClient\n{\n    public void Send(Order order) => Console.WriteLine(order);\n}"));

    [Fact]
    public Task A_class_without_handlers_may() =>
        Check.Silent(HandlerSource.Beside("public sealed class Tool { public Task<string> Get() => new HttpClient().GetStringAsync(\"https://shop.example\"); }"));

    [Fact]
    public Task Fix_keeps_it_in_a_field() => Fix.Changes(
        "PORT308",
        HandlerSource.With("// Asks the shop.\nusing var http = new HttpClient();\nvar text = await http.GetStringAsync(\"https://shop.example\", ct);\nConsole.WriteLine(text);"),
        HandlerSource.With(
            "// Asks the shop.\nvar text = await _httpClient.GetStringAsync(\"https://shop.example\", ct);\nConsole.WriteLine(text);",
            "private static readonly HttpClient _httpClient = new();\n"));

    [Fact]
    public Task Fix_takes_the_using_statement_away() => Fix.Changes(
        "PORT308",
        HandlerSource.With("using (var s3 = new AmazonS3Client(RegionEndpoint.EUWest1))\n{\n    // Keeps it.\n    await s3.PutObjectAsync(new(), ct);\n}", "private const int Most = 3;", usings: "// library: AWSSDK.S3\nusing Amazon;\nusing Amazon.S3;"),
        HandlerSource.With("// Keeps it.\nawait _amazonS3Client.PutObjectAsync(new(), ct);", "private const int Most = 3;\nprivate static readonly AmazonS3Client _amazonS3Client = new(RegionEndpoint.EUWest1);\n", usings: "// library: AWSSDK.S3\nusing Amazon;\nusing Amazon.S3;"));

    [Fact]
    public Task Fix_for_all_shares_one_field_among_those_made_alike() => Fix.Changes(
        "PORT308",
        HandlerSource.With(
            "using var http = new HttpClient();\nawait http.GetStringAsync(\"https://shop.example\", ct);\nawait Ask(order);",
            "private static async Task Ask(Order order)\n{\n    await new HttpClient().GetStringAsync(\"https://shop.example/\" + order.Id);\n    HttpClient slow = new() { Timeout = TimeSpan.FromSeconds(60) };\n    await slow.GetStringAsync(\"https://shop.example/slow\");\n}\n"),
        HandlerSource.With(
            "await _httpClient.GetStringAsync(\"https://shop.example\", ct);\nawait Ask(order);",
            "private static readonly HttpClient _httpClient = new();\nprivate static readonly HttpClient _httpClient2 = new() { Timeout = TimeSpan.FromSeconds(60) };\n\nprivate static async Task Ask(Order order)\n{\n    await _httpClient.GetStringAsync(\"https://shop.example/\" + order.Id);\n    await _httpClient2.GetStringAsync(\"https://shop.example/slow\");\n}\n"),
        all: true);

    [Theory]
    [InlineData("using var http = new HttpClient();\nhttp.DefaultRequestHeaders.Add(\"x-order\", order.Id);\nawait http.GetStringAsync(\"https://shop.example\", ct);")] // a shared client would collect the headers
    [InlineData("using var http = new HttpClient { BaseAddress = new Uri(order.Id) };\nawait http.GetStringAsync(\"/\", ct);")]
    [InlineData("var http = new HttpClient();\nawait http.GetStringAsync(\"https://shop.example\", ct);\nhttp.Dispose();")]
    [InlineData("using HttpClient one = new(), two = new();\nawait one.GetStringAsync(\"https://shop.example\", ct);\nawait two.GetStringAsync(\"https://shop.example\", ct);")]
    public Task Fix_is_not_offered_where_it_changes_more(string statements) => Fix.NotOffered("PORT308", HandlerSource.With(statements));
}
