using System.Net;
using System.Text;
using System.Text.Json;
using Portable.Aws.Events;
using Portable.Aws.Services;
using Portable.Runtime;
using Portable.TestKit;
using Portable.TestKit.ExternalTools;

namespace Portable.Aws.Tests;

/// <summary>
/// What applications send: S3 against a server, its signatures against another implementation, SQS and EventBridge against one that answers as their protocol says (botocore, service-2.json).
/// </summary>
public sealed class AwsOutputTests(NodeToolsFixture tools) : IClassFixture<NodeToolsFixture>, IDisposable
{
    private const string Queue = "https://sqs.eu-west-1.amazonaws.com/123456789012/orders";

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 34, 56, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("portable-s3").FullName;
    private readonly FakeAws _aws = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", "/a/b.txt", null)]
    [InlineData("PUT", "/photos/New%20File%2B%C3%A9%27%28%29%2A%21.jpg", "token/with+signs==")]
    [InlineData("DELETE", "/bucket/~x_y-z.%25", "t")]
    public void S3_requests_and_addresses_are_signed_as_another_implementation_signs_them(string method, string path, string? session)
    {
        const string Host = "uploads.s3.eu-west-1.amazonaws.com";
        var credentials = new AwsCredentials("AKIDEXAMPLE", "secret/key+", session);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["host"] = Host, ["x-amz-content-sha256"] = AwsSignature.HashOf([]) };
        AwsSignature.Sign(new SignedRequest(method, path, "", AwsSignature.HashOf([])), headers, "s3", "eu-west-1", credentials, Now);
        Assert.Equal(
            tools.Tools.SignS3(method, Host, path, "eu-west-1", new Dictionary<string, string> { ["X-Amz-Date"] = headers["x-amz-date"], ["X-Amz-Content-Sha256"] = headers["x-amz-content-sha256"] }, "AKIDEXAMPLE", "secret/key+", session, query: false),
            headers["authorization"]);

        var query = AwsSignature.SignQuery(method, Host, path, TimeSpan.FromMinutes(15), "s3", "eu-west-1", credentials, Now);
        var theirs = tools.Tools.SignS3(method, Host, $"{path}?X-Amz-Date={headers["x-amz-date"]}&X-Amz-Expires=900", "eu-west-1", new Dictionary<string, string>(), "AKIDEXAMPLE", "secret/key+", session, query: true);
        Assert.Equal(Sorted(theirs[(theirs.IndexOf('?') + 1)..]), Sorted(query));
    }

    [Fact]
    [Supports("Buckets as outputs", "aws native")]
    [Supports("Buckets as outputs", "aws managed")]
    public async Task Objects_are_written_read_and_deleted_on_a_real_server()
    {
        var bucket = await S3Async();
        const string Name = "photos/Käse + %41 (1)!*'.txt";
        Assert.Null(await bucket.Get(Name, Token));
        await bucket.Put(Name, "first"u8.ToArray(), "text/plain; charset=utf-8", Token);
        await bucket.Put(Name, "second"u8.ToArray(), "text/plain; charset=utf-8", Token);
        await bucket.Put("empty", default, cancellationToken: Token);
        var blob = (await bucket.Get(Name, Token))!;
        Assert.Equal(("second", "text/plain; charset=utf-8", "a9f0e61a137d86aa9db53465e0801612"), (Encoding.UTF8.GetString(blob.Content.Span), blob.ContentType!, blob.ETag!)); // the MD5 of "second"
        Assert.Equal(0, (await bucket.Get("empty", Token))!.Content.Length);
        await bucket.Delete(Name, Token);
        await bucket.Delete(Name, Token);
        Assert.Null(await bucket.Get(Name, Token));
        Assert.Equal("uploads", bucket.Bucket);
    }

    [Fact]
    public async Task A_presigned_address_lets_anybody_in_for_a_while()
    {
        var bucket = await S3Async();
        using var http = new HttpClient();
        var write = await bucket.Presign("a b/é.txt", BlobAccess.Write, TimeSpan.FromMinutes(5), Token);
        (await http.PutAsync(write, new ByteArrayContent("from outside"u8.ToArray()), Token)).EnsureSuccessStatusCode();
        var read = await bucket.Presign("a b/é.txt", BlobAccess.Read, TimeSpan.FromMinutes(5), Token);
        Assert.Equal("from outside", await http.GetStringAsync(read, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => bucket.Presign("a", BlobAccess.Read, TimeSpan.FromDays(7.1), Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => bucket.Presign("a", BlobAccess.Read, TimeSpan.Zero, Token));
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("/x")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("a/\0")]
    [InlineData("")]
    public async Task A_name_that_could_lead_elsewhere_is_refused_before_anything_is_sent(string name)
    {
        var bucket = Outputs().Bucket("uploads");
        await Assert.ThrowsAsync<ArgumentException>(() => bucket.Put(name, default, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => bucket.Get(name, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => bucket.Delete(name, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => bucket.Presign(name, BlobAccess.Read, TimeSpan.FromMinutes(1), Token));
        Assert.Empty(_aws.Requests);
    }

    [Fact]
    public async Task What_the_server_refuses_is_an_error_that_says_so()
    {
        var bucket = await S3Async("other-bucket");
        var missing = await Assert.ThrowsAsync<OutputException>(() => bucket.Get("a", Token));
        Assert.Contains("NoSuchBucket", missing.Message, StringComparison.Ordinal);
        _aws.Answer(403, "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Not &lt;you&gt;.</Message></Error>");
        Assert.Equal(
            "S3 did not PUT 'a' of the bucket 'uploads': AccessDenied: Not <you>.", (await Assert.ThrowsAsync<OutputException>(() => Outputs().Bucket("uploads").Put("a", default, cancellationToken: Token))).Message);
        _aws.Answer(503, "<Error><Code>SlowDown</Code></Error>");
        _aws.Answer(200, "");
        await Outputs().Bucket("uploads").Put("a", default, cancellationToken: Token);
    }

    [Fact]
    public async Task Buckets_are_addressed_by_their_host()
    {
        _aws.Answer(200, "x");
        await Outputs(("PORTABLE_BUCKET_UPLOADS", "acme-uploads")).Bucket("uploads").Get("a/b", Token);
        _aws.Answer(200, "x");
        await Outputs(("PORTABLE_BUCKET_UPLOADS", "acme.uploads")).Bucket("uploads").Get("a/b", Token);
        Assert.Equal(["https://acme-uploads.s3.eu-west-1.amazonaws.com/a/b", "https://s3.eu-west-1.amazonaws.com/acme.uploads/a/b"], _aws.Requests.Select(static request => request.Address));
    }

    [Fact]
    [Supports("Queues as outputs", "aws native")]
    [Supports("Queues as outputs", "aws managed")]
    public async Task A_message_is_sent_with_its_attributes()
    {
        _aws.Answer(200, """{"MD5OfMessageBody":"x","MessageId":"m-1"}""");
        var id = await Outputs(("PORTABLE_QUEUE_ORDERS_PAID", Queue)).SendAsync("orders-paid", new OutgoingMessage("{\"a\":\"é\"}"u8.ToArray(), new Dictionary<string, string> { ["traceparent"] = "00-1" }, TimeSpan.FromSeconds(1.2)), Token);
        Assert.Equal("m-1", id);
        var request = Assert.Single(_aws.Requests);
        Assert.Equal(("https://sqs.eu-west-1.amazonaws.com/", "AmazonSQS.SendMessage", "application/x-amz-json-1.0"), (request.Address, request.Headers["X-Amz-Target"], request.Headers["Content-Type"]));
        Assert.StartsWith("AWS4-HMAC-SHA256 Credential=key/20261121/eu-west-1/sqs/aws4_request", request.Headers["Authorization"], StringComparison.Ordinal);
        using var body = JsonDocument.Parse(request.Body);
        Assert.True(JsonElement.DeepEquals(
            JsonDocument.Parse($$"""{"QueueUrl":"{{Queue}}","MessageBody":"{\"a\":\"é\"}","DelaySeconds":2,"MessageAttributes":{"traceparent":{"DataType":"String","StringValue":"00-1" } } }""").RootElement, body.RootElement), request.Body);
    }

    [Fact]
    public async Task A_message_of_a_FIFO_queue_has_a_group_and_is_recognised_when_it_is_sent_again()
    {
        _aws.Answer(503, "unavailable");
        _aws.Answer(200, """{"MessageId":"m-1"}""");
        await Outputs(("PORTABLE_QUEUE_ORDERS", Queue + ".fifo")).SendAsync("orders", Message("{}"), Token);
        var bodies = _aws.Requests.Select(static request => JsonDocument.Parse(request.Body).RootElement).ToList();
        Assert.Equal(2, bodies.Count);
        Assert.Equal("default", bodies[0].GetProperty("MessageGroupId").GetString());
        Assert.Equal(bodies[0].GetProperty("MessageDeduplicationId").GetString(), bodies[1].GetProperty("MessageDeduplicationId").GetString());

        _aws.Answer(200, """{"MessageId":"m-2"}""");
        await Outputs(("PORTABLE_QUEUE_ORDERS", Queue + ".fifo")).SendAsync("orders", Message("{}") with { Group = "g", DeduplicationId = "d" }, Token);
        var body = JsonDocument.Parse(_aws.Requests[^1].Body).RootElement;
        Assert.Equal(("g", "d"), (body.GetProperty("MessageGroupId").GetString(), body.GetProperty("MessageDeduplicationId").GetString()));
        Assert.Contains("FIFO", (await Assert.ThrowsAsync<OutputException>(() => Outputs(("PORTABLE_QUEUE_ORDERS", Queue + ".fifo")).SendAsync("orders", Message("{}") with { Delay = TimeSpan.FromSeconds(1) }, Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_without_an_address_names_the_variable() => Assert.Contains(
        "PORTABLE_QUEUE_ORDERS_PAID", (await Assert.ThrowsAsync<OutputException>(async () => await Outputs().SendAsync("orders-paid", Message("{}"), Token))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_too_large_is_never_sent()
    {
        var outputs = Outputs(("PORTABLE_QUEUE_ORDERS", Queue));
        var attributes = new Dictionary<string, string> { ["name"] = new('x', 100) };
        var body = new string('x', SqsSender.MaxBytes - 100 - "name".Length - "String".Length);
        _aws.Answer(200, """{"MessageId":"m-1"}""");
        await outputs.SendAsync("orders", Message(body) with { Attributes = attributes }, Token);
        var error = await Assert.ThrowsAsync<PayloadTooLargeException>(() => outputs.SendAsync("orders", Message(body + "x") with { Attributes = attributes }, Token));
        Assert.Contains("1048577 bytes", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => outputs.PublishAsync(Event(new string('x', EventBridgePublisher.MaxBytes)), Token));
        Assert.Single(_aws.Requests);
    }

    [Fact]
    [Supports("Event bus as output", "aws native")]
    [Supports("Event bus as output", "aws managed")]
    public async Task An_event_that_is_published_is_the_event_that_arrives()
    {
        _aws.Answer(200, """{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}""");
        var published = Event("""{"id":"g","total":5}""") with { Subject = "orders/ü 100%", Version = 2, Attributes = new Dictionary<string, string> { ["traceparent"] = "00-a-b-01", ["correlationid"] = "c%1" } };
        await Outputs(("PORTABLE_EVENTS_BUS", "orders-bus")).PublishAsync(published, Token);
        var request = Assert.Single(_aws.Requests);
        Assert.Equal(("https://events.eu-west-1.amazonaws.com/", "AWSEvents.PutEvents", "application/x-amz-json-1.1"), (request.Address, request.Headers["X-Amz-Target"], request.Headers["Content-Type"]));
        var entry = JsonDocument.Parse(request.Body).RootElement.GetProperty("Entries")[0];
        Assert.Equal("orders-bus", entry.GetProperty("EventBusName").GetString());
        Assert.Equal(Now.ToUnixTimeSeconds(), entry.GetProperty("Time").GetInt64());

        // As EventBridge hands it over.
        var arrived = BusEvent.Read(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["id"] = "bus-id", ["detail-type"] = entry.GetProperty("DetailType"), ["source"] = entry.GetProperty("Source"), ["time"] = "2026-11-21T12:34:56Z",
            ["resources"] = entry.GetProperty("Resources"), ["detail"] = JsonDocument.Parse(entry.GetProperty("Detail").GetString()!).RootElement,
        }), published.Type);
        var message = Assert.Single(arrived.Messages);
        Assert.Equal(published.Id, message.Id);
        Assert.Equal(new EventDescription(published.Source, published.Type, 2, published.Subject, "application/json"), message.Detail);
        Assert.Equal(published.Attributes, message.Attributes!);
        Assert.Equal("""{"id":"g","total":5}""", Encoding.UTF8.GetString(message.Body.Span));
    }

    [Theory]
    [InlineData(400, """{"__type":"com.amazonaws.sqs#QueueDoesNotExist","message":"gone"}""", 1)]
    [InlineData(400, """{"__type":"com.amazonaws.sqs#RequestThrottled","message":"slow"}""", 3)]
    [InlineData(500, "<html>", 3)]
    [InlineData(429, "{}", 3)]
    [InlineData(200, "{}", 1)]
    [InlineData(-1, "", 3)]
    public async Task Only_what_passes_is_tried_again(int status, string answer, int attempts)
    {
        for (var i = 0; i < 3; i++)
        {
            _aws.Answer(status, answer);
        }

        await Assert.ThrowsAsync<OutputException>(() => Outputs(("PORTABLE_QUEUE_ORDERS", Queue)).SendAsync("orders", Message("{}"), Token));
        Assert.Equal(attempts, _aws.Requests.Count);
    }

    [Theory]
    [InlineData("ThrottlingException", 2)]
    [InlineData("NotAuthorizedForSourceException", 1)]
    public async Task An_entry_that_fails_within_a_call_that_does_not_is_noticed(string code, int attempts)
    {
        _aws.Answer(200, $$"""{"FailedEntryCount":1,"Entries":[{"ErrorCode":"{{code}}","ErrorMessage":"no"}]}""");
        _aws.Answer(200, """{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}""");
        if (attempts == 1)
        {
            Assert.Contains(code, (await Assert.ThrowsAsync<OutputException>(() => Outputs().PublishAsync(Event("{}"), Token))).Message, StringComparison.Ordinal);
        }
        else
        {
            await Outputs().PublishAsync(Event("{}"), Token);
        }

        Assert.Equal(attempts, _aws.Requests.Count);
    }

    public void Dispose()
    {
        _aws.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Sorted(string query) => string.Join('&', query.Split('&').Order(StringComparer.Ordinal));

    private static OutgoingMessage Message(string body) => new(Encoding.UTF8.GetBytes(body), new Dictionary<string, string>());

    private static OutgoingEvent Event(string body) => new("evt-1", "portable.orders", "com.acme.order.placed", 1, Encoding.UTF8.GetBytes(body), Now, null, new Dictionary<string, string>());

    private AwsOutputs Outputs(params (string Name, string Value)[] environment) => new(
        () => new AwsApi(new HttpClient(_aws), new AutoTimeProvider(Now), static () => new AwsCredentials("key", "secret", null), "eu-west-1"),
        name => environment.FirstOrDefault(variable => variable.Name == name).Value);

    private Task<IBlobStore> S3Async(string bucket = "uploads")
    {
        var address = tools.Tools.StartS3(_folder, "uploads").ToString();
        var outputs = new AwsOutputs(
            () => new AwsApi(new HttpClient(), TimeProvider.System, static () => new AwsCredentials("S3RVER", "S3RVER", null), "us-east-1"), name => name == "AWS_ENDPOINT_URL_S3" ? address : null);
        return Task.FromResult(outputs.Bucket(bucket));
    }

    /// <summary>A clock whose waits are over at once.</summary>
    private sealed class AutoTimeProvider(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Assert.InRange(dueTime, TimeSpan.Zero, TimeSpan.FromMilliseconds(200));
            return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed record Seen(string Address, IReadOnlyDictionary<string, string> Headers, string Body);

    /// <summary>Answers in the order that it was told to, and keeps what was asked.</summary>
    private sealed class FakeAws : HttpMessageHandler
    {
        private readonly Queue<(int Status, string Body)> _answers = [];

        public List<Seen> Requests { get; } = [];

        public void Answer(int status, string body) => _answers.Enqueue((status, body));

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .ToDictionary(static header => header.Key, static header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase);
            Requests.Add(new Seen(request.RequestUri!.AbsoluteUri, headers, request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken)));
            var (status, body) = _answers.Dequeue();
            return status < 0 ? throw new HttpRequestException("The connection was refused.") : new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body) };
        }
    }
}
