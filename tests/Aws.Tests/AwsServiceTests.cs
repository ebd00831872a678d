using System.Text;
using System.Text.Json;
using Portable.Aws.Services;
using Portable.Aws.Workflows;
using Portable.Runtime;
using Portable.TestKit;
using Portable.TestKit.ExternalTools;
using Xunit;

namespace Portable.Aws.Tests;

/// <summary>Calls of AWS's services: signatures against another implementation, the store against a DynamoDB.</summary>
public sealed class AwsServiceTests(NodeToolsFixture tools) : IClassFixture<NodeToolsFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 34, 56, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("states", "eu-west-1", "{}", null)]
    [InlineData("dynamodb", "us-east-1", "{\"a\":\"ü €\"}", "token/with+signs==")]
    [InlineData("states", "ap-southeast-2", "", "t")]
    public void Requests_are_signed_as_another_implementation_signs_them(string service, string region, string body, string? session)
    {
        var host = $"{service}.{region}.amazonaws.com";
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["content-type"] = "application/x-amz-json-1.0",
            ["host"] = host,
            ["x-amz-target"] = "AWSStepFunctions.SendTaskSuccess",
        };

        AwsSignature.Sign(headers, Encoding.UTF8.GetBytes(body), service, region, new AwsCredentials("AKIDEXAMPLE", "secret/key+", session), Now);

        var theirs = tools.Tools.SignAws(service, region, host, Without(headers, "authorization", "host", "x-amz-security-token"), body, "AKIDEXAMPLE", "secret/key+", session);
        Assert.Equal(theirs, headers["authorization"]);
    }

    [Fact]
    public async Task Mailboxes_in_DynamoDB_are_written_only_when_they_are_as_they_were_read()
    {
        using var http = new HttpClient(new Redirected(tools.Tools.StartDynamoDb()));
        var time = new ManualTimeProvider(Now);
        var api = new AwsApi(http, time, static () => new AwsCredentials("key", "secret", null), "eu-west-1");
        await CreateTableAsync(api, "events");
        var store = new DynamoDbMailboxStore(api, time, "events");

        Assert.Null(await store.ReadAsync("a/b/c", Token));
        Assert.True(await store.WriteAsync("a/b/c", "{\"raised\":[\"1\"]}", null, Token));
        Assert.False(await store.WriteAsync("a/b/c", "{}", null, Token));
        var first = (await store.ReadAsync("a/b/c", Token))!.Value;
        Assert.Equal("{\"raised\":[\"1\"]}", first.Json);
        Assert.True(await store.WriteAsync("a/b/c", "{\"raised\":[]}", first.Version, Token));
        Assert.False(await store.WriteAsync("a/b/c", "{}", first.Version, Token));
        Assert.Equal("{\"raised\":[]}", (await store.ReadAsync("a/b/c", Token))!.Value.Json);
    }

    [Fact]
    public async Task An_error_of_a_service_says_its_name()
    {
        using var http = new HttpClient(new Redirected(tools.Tools.StartDynamoDb()));
        var api = new AwsApi(http, new ManualTimeProvider(Now), static () => new AwsCredentials("key", "secret", null), "eu-west-1");

        var error = await Assert.ThrowsAsync<AwsApiException>(async () => await new DynamoDbMailboxStore(api, TimeProvider.System, "missing").ReadAsync("x", Token));

        Assert.Equal("ResourceNotFoundException", error.Code);
    }

    private static async Task CreateTableAsync(AwsApi api, string table)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            TableName = table,
            KeySchema = new[] { new { AttributeName = "id", KeyType = "HASH" } },
            AttributeDefinitions = new[] { new { AttributeName = "id", AttributeType = "S" } },
            BillingMode = "PAY_PER_REQUEST",
        });
        (await api.CallAsync(AwsService.DynamoDb, "CreateTable", body, Token)).Dispose();
        while (true)
        {
            using var described = await api.CallAsync(AwsService.DynamoDb, "DescribeTable", JsonSerializer.SerializeToUtf8Bytes(new { TableName = table }), Token);
            if (described.RootElement.GetProperty("Table").GetProperty("TableStatus").GetString() == "ACTIVE")
            {
                return;
            }
        }
    }

    private static Dictionary<string, string> Without(IReadOnlyDictionary<string, string> headers, params string[] names) =>
        headers.Where(header => !names.Contains(header.Key)).ToDictionary(static header => header.Key, static header => header.Value);

    private sealed class Redirected(Uri address) : DelegatingHandler(new HttpClientHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = address;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
