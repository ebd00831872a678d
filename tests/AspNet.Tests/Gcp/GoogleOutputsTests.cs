using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Portable.Gcp;
using Portable.Gcp.Services;
using Portable.Runtime;
using Portable.TestKit;
using Portable.TestKit.ExternalTools;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>What functions send on Google Cloud, against services written from their REST references; signed addresses against the vendor's library.</summary>
public sealed class GoogleOutputsTests(NodeToolsFixture node) : IClassFixture<NodeToolsFixture>
{
    private static readonly DateTimeOffset Now = new(2126, 2, 1, 9, 0, 0, TimeSpan.Zero); // the vendor's library signs nothing for the past

    private readonly Services _services = new();
    private readonly ManualTimeProvider _time = new(Now);
    private readonly Dictionary<string, string> _environment = new() { ["PORTABLE_QUEUE_ORDERS_EU"] = "projects/other/topics/orders", ["PORTABLE_EVENTS_TOPIC"] = "projects/p/topics/events" };
    private ServiceAccountKey? _key;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private GoogleOutputs Outputs => new(() => new GoogleApi(new HttpClient(_services), _time, () => _key), _time, name => _environment.GetValueOrDefault(name));

    [Fact]
    [Supports("Queues as outputs", "gcp native")]
    [Supports("Queues as outputs", "gcp managed")]
    public async Task A_message_is_published_to_the_topic_of_its_queue()
    {
        var message = new OutgoingMessage("""{"id":"7"}"""u8.ToArray(), new Dictionary<string, string> { ["traceparent"] = "00-1", ["source"] = "web" }, Group: "customer-7", DeduplicationId: "d-1");
        Assert.Equal("m-1", await Outputs.SendAsync("orders-eu", message, Token));
        Assert.Equal("m-2", await Outputs.SendAsync("invoices", message with { Group = null }, Token));

        Assert.Equal(["/v1/projects/other/topics/orders:publish", "/v1/projects/own-project/topics/invoices:publish"], _services.Requests.Select(static request => request.Address.AbsolutePath));
        Assert.All(_services.Requests, static request => Assert.Equal("Bearer t", request.Authorization));
        AssertJson(
            """{"messages":[{"data":"eyJpZCI6IjcifQ==","attributes":{"traceparent":"00-1","source":"web","portable-deduplication-id":"d-1"},"orderingKey":"customer-7"}]}""",
            _services.Requests.First().Text);
        Assert.DoesNotContain("orderingKey", _services.Requests.Last().Text, StringComparison.Ordinal);
    }

    [Fact]
    [Supports("Event bus as output", "gcp native")]
    [Supports("Event bus as output", "gcp managed")]
    public async Task An_event_is_published_so_that_the_trigger_reads_it_back()
    {
        var published = new OutgoingEvent(
            "e-1", "portable.shop", TriggersApp.EventType, 2, """{"id":"7","quantity":2}"""u8.ToArray(), Now.AddTicks(1234567), "orders/7", new Dictionary<string, string> { ["traceparent"] = "00-1", ["correlationid"] = "c-1" });
        await Outputs.PublishAsync(published, Token);

        var sent = JsonNode.Parse(Assert.Single(_services.Requests).Text)!["messages"]![0]!;
        AssertJson(
            """
            {"ce-specversion":"1.0","ce-id":"e-1","ce-source":"portable.shop","ce-type":"com.acme.order.placed","ce-time":"2126-02-01T09:00:00.1234567Z","ce-subject":"orders/7",
            "ce-dataversion":"2","ce-traceparent":"00-1","ce-correlationid":"c-1","content-type":"application/json"}
            """,
            sent["attributes"]!.ToJsonString());

        // What Pub/Sub delivers of it is the event that was published.
        var app = new TriggersApp();
        await using var gcp = await app.StartAsync("event");
        using var response = await gcp.Http.SendAsync(
            GoogleRequests.Push(new JsonObject { ["message"] = new JsonObject { ["messageId"] = "m", ["data"] = sent["data"]!.DeepClone(), ["attributes"] = sent["attributes"]!.DeepClone() } }), Token);
        var seen = app.Single<Event<Hosts.Order>>();
        Assert.Equal(
            (new Hosts.Order("7", 2), "e-1", "portable.shop", TriggersApp.EventType, 2, "orders/7", Now.AddTicks(1234567), "c-1"),
            (seen.Data, seen.Id, seen.Source, seen.Type, seen.Version, seen.Subject, seen.Time, seen.Attributes["correlationid"]));
    }

    [Fact]
    [Supports("Buckets as outputs", "gcp native")]
    [Supports("Buckets as outputs", "gcp managed")]
    public async Task Objects_are_written_read_and_deleted()
    {
        _environment["PORTABLE_BUCKET_UPLOADS"] = "acme-uploads";
        var bucket = Outputs.Bucket("uploads");
        Assert.Equal("acme-uploads", bucket.Bucket);
        Assert.Null(await bucket.Get("in/a b.txt", Token));
        await bucket.Put("in/a b.txt", "hello"u8.ToArray(), "text/plain", Token);
        var blob = await bucket.Get("in/a b.txt", Token);
        Assert.Equal(("hello", "text/plain", "\"etag-1\""), (Encoding.UTF8.GetString(blob!.Content.Span), blob.ContentType, blob.ETag));
        await bucket.Delete("in/a b.txt", Token);
        await bucket.Delete("in/a b.txt", Token);
        Assert.Null(await bucket.Get("in/a b.txt", Token));

        foreach (var name in (string[])["../x", "/x", "a//b", "a\nb", ""])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => bucket.Put(name, default, cancellationToken: Token));
            await Assert.ThrowsAsync<ArgumentException>(() => bucket.Get(name, Token));
            await Assert.ThrowsAsync<ArgumentException>(() => bucket.Delete(name, Token));
            await Assert.ThrowsAsync<ArgumentException>(() => bucket.Presign(name, BlobAccess.Read, TimeSpan.FromHours(1), Token));
        }

        await Assert.ThrowsAsync<ArgumentException>(() => bucket.Put("a", default, "no type", Token));
        Assert.Contains("not read: 404", (await Assert.ThrowsAsync<OutputException>(() => Outputs.Bucket("missing").Get("a", Token))).Message, StringComparison.Ordinal);
        Assert.Contains("not deleted: 404", (await Assert.ThrowsAsync<OutputException>(() => Outputs.Bucket("missing").Delete("a", Token))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test-object", BlobAccess.Read, 10)]
    [InlineData("path/with/slashes/under_score/amper&sand/file.ext", BlobAccess.Read, 604800)]
    [InlineData("a b+c%20d?e=f#g'(h)!*~é€😀.txt", BlobAccess.Write, 3600)]
    public async Task An_address_is_signed_as_the_vendors_library_signs_it(string name, BlobAccess access, int seconds)
    {
        using var rsa = RSA.Create(2048);
        var pem = rsa.ExportPkcs8PrivateKeyPem();
        _key = Key(pem);
        var address = await Outputs.Bucket("test-bucket").Presign(name, access, TimeSpan.FromSeconds(seconds), Token);
        var expected = node.Tools.SignGoogle(access == BlobAccess.Write, "test-bucket", name, TimeSpan.FromSeconds(seconds), Now, "svc@p.iam.gserviceaccount.com", pem);
        Assert.Equal(expected, address.OriginalString);
        Assert.Equal(expected, address.AbsoluteUri);
        Assert.Empty(_services.Requests);
    }

    [Fact]
    public async Task Without_a_key_IAM_signs_for_the_account_of_the_container()
    {
        var address = await Outputs.Bucket("b").Presign("n", BlobAccess.Read, TimeSpan.FromHours(1), Token);
        Assert.EndsWith("&X-Goog-Signature=0102ff", address.OriginalString, StringComparison.Ordinal);
        Assert.Contains("X-Goog-Credential=container%40p.iam.gserviceaccount.com%2F21260201%2Fauto%2Fstorage%2Fgoog4_request", address.OriginalString, StringComparison.Ordinal);
        var signed = Assert.Single(_services.Requests);
        Assert.Equal("/v1/projects/-/serviceAccounts/container%40p.iam.gserviceaccount.com:signBlob", signed.Address.AbsolutePath);
        Assert.StartsWith("GOOG4-RSA-SHA256\n21260201T090000Z\n21260201/auto/storage/goog4_request\n", Encoding.UTF8.GetString(Convert.FromBase64String(JsonNode.Parse(signed.Text)!["payload"]!.GetValue<string>())), StringComparison.Ordinal);

        _services.Failures.Enqueue(HttpStatusCode.Forbidden);
        Assert.Contains("tokenCreator", (await Assert.ThrowsAsync<OutputException>(() => Outputs.Bucket("b").Presign("n", BlobAccess.Read, TimeSpan.FromHours(1), Token))).Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(604_801)]
    public async Task An_address_is_valid_for_up_to_seven_days(int seconds) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Outputs.Bucket("b").Presign("n", BlobAccess.Read, TimeSpan.FromSeconds(seconds), Token));

    [Fact]
    public async Task A_service_account_key_signs_its_own_tokens()
    {
        using var rsa = RSA.Create(2048);
        _key = Key(rsa.ExportPkcs8PrivateKeyPem());
        await Outputs.SendAsync("orders", Small, Token);
        var request = Assert.Single(_services.Requests);
        Assert.Equal("/v1/projects/key-project/topics/orders:publish", request.Address.AbsolutePath);
        var parts = request.Authorization!["Bearer ".Length..].Split('.');
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), FromBase64Url(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        AssertJson("""{"alg":"RS256","typ":"JWT","kid":"key-1"}""", Encoding.UTF8.GetString(FromBase64Url(parts[0])));
        AssertJson(
            $$"""{"iss":"svc@p.iam.gserviceaccount.com","sub":"svc@p.iam.gserviceaccount.com","scope":"https://www.googleapis.com/auth/cloud-platform","iat":{{Now.ToUnixTimeSeconds()}},"exp":{{Now.ToUnixTimeSeconds() + 3300}}}""",
            Encoding.UTF8.GetString(FromBase64Url(parts[1])));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nope")]
    [InlineData("[]")]
    [InlineData("""{"type":"authorized_user","client_email":"e","private_key":"k"}""")]
    [InlineData("""{"type":"service_account","client_email":"e","private_key":"secret text"}""")]
    public void What_is_no_key_is_refused_without_repeating_it(string json)
    {
        var refused = Assert.Throws<OutputException>(() => ServiceAccountKey.Parse(Encoding.UTF8.GetBytes(json)));
        Assert.StartsWith("GOOGLE_APPLICATION_CREDENTIALS names", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_service_is_asked_again_a_bounded_number_of_times()
    {
        foreach (var failure in (HttpStatusCode?[])[HttpStatusCode.ServiceUnavailable, null, HttpStatusCode.TooManyRequests])
        {
            _services.Failures.Enqueue(failure);
        }

        Assert.Equal("m-4", await AdvancingAsync(Outputs.SendAsync("orders-eu", Small, Token)));
        Assert.Equal(4, _services.Requests.Count);

        for (var i = 0; i < 5; i++)
        {
            _services.Failures.Enqueue(HttpStatusCode.InternalServerError);
        }

        var refused = await Assert.ThrowsAsync<OutputException>(() => AdvancingAsync(Outputs.SendAsync("orders-eu", Small, Token)));
        Assert.Equal("The queue 'orders-eu' refused the message: 500 UNAVAILABLE.", refused.Message);
        Assert.Equal(8, _services.Requests.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "The queue 'orders-eu' refused the message: 403 UNAVAILABLE.")]
    [InlineData(HttpStatusCode.NotFound, "The queue 'orders-eu' has no topic projects/other/topics/orders; PORTABLE_QUEUE_ORDERS_EU may name another.")]
    public async Task A_refusal_is_not_asked_again(HttpStatusCode status, string message)
    {
        _services.Failures.Enqueue(status);
        Assert.Equal(message, (await Assert.ThrowsAsync<OutputException>(() => Outputs.SendAsync("orders-eu", Small, Token))).Message);
        Assert.Single(_services.Requests);
    }

    [Fact]
    public async Task What_is_too_large_or_cannot_be_sent_is_refused_before_it_is_sent()
    {
        var large = await Assert.ThrowsAsync<PayloadTooLargeException>(() => Outputs.SendAsync("orders-eu", Small with { Body = new byte[10_000_001] }, Token));
        Assert.Equal("A message to the queue 'orders-eu' has 10000001 bytes; Pub/Sub takes 10 MB.", large.Message);
        var published = new OutgoingEvent("e", "s", "t", 1, new byte[(512 * 1024) + 1], Now, null, new Dictionary<string, string>());
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => Outputs.PublishAsync(published, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => Outputs.SendAsync("orders-eu", Small with { Delay = TimeSpan.FromSeconds(1) }, Token));
        _environment.Remove("PORTABLE_EVENTS_TOPIC");
        Assert.StartsWith("PORTABLE_EVENTS_TOPIC is not set", (await Assert.ThrowsAsync<OutputException>(() => Outputs.PublishAsync(published with { Body = default }, Token))).Message, StringComparison.Ordinal);
        Assert.Empty(_services.Requests);
    }

    [Fact]
    public async Task Emulators_are_asked_without_a_token()
    {
        _environment["PUBSUB_EMULATOR_HOST"] = "127.0.0.1:8085";
        _environment["PUBSUB_PROJECT_ID"] = "emulated";
        _environment["STORAGE_EMULATOR_HOST"] = "http://127.0.0.1:4443/";
        await Outputs.SendAsync("orders", Small, Token);
        await Outputs.Bucket("b").Put("n", "x"u8.ToArray(), cancellationToken: Token);
        Assert.Equal("http://127.0.0.1:4443/b/a/n", (await Outputs.Bucket("b").Presign("a/n", BlobAccess.Read, TimeSpan.FromHours(1), Token)).AbsoluteUri);
        Assert.Equal(
            ["http://127.0.0.1:8085/v1/projects/emulated/topics/orders:publish", "http://127.0.0.1:4443/upload/storage/v1/b/b/o?uploadType=media&name=n"],
            _services.Requests.Select(static request => request.Address.AbsoluteUri));
        Assert.All(_services.Requests, static request => Assert.Null(request.Authorization));
    }

    private static OutgoingMessage Small { get; } = new("{}"u8.ToArray(), new Dictionary<string, string>());

    private static ServiceAccountKey Key(string pem) => ServiceAccountKey.Parse(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["type"] = "service_account",
        ["client_email"] = "svc@p.iam.gserviceaccount.com",
        ["private_key_id"] = "key-1",
        ["private_key"] = pem,
        ["project_id"] = "key-project",
    }.ToJsonString()));

    private static byte[] FromBase64Url(string text) => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));

    private static void AssertJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), $"Expected {expected}\nbut was  {actual}");

    /// <summary>Waits for something while the clock runs on whenever somebody sleeps.</summary>
    private async Task<T> AdvancingAsync<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            if (_time.PendingTimers > 0)
            {
                _time.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.Yield();
        }

        return await task;
    }

    private sealed record Sent(Uri Address, string Text, string? Authorization);

    private sealed class Services : HttpMessageHandler
    {
        private readonly ConcurrentDictionary<string, (byte[] Content, string Type)> _objects = new();

        public ConcurrentQueue<Sent> Requests { get; } = new();

        /// <summary>What the next requests are answered with; <see langword="null"/> breaks the connection.</summary>
        public ConcurrentQueue<HttpStatusCode?> Failures { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!;
            if (address.Host == "metadata.google.internal")
            {
                Assert.Equal("Google", Assert.Single(request.Headers.GetValues("Metadata-Flavor")));
                return Answer(address.AbsolutePath switch
                {
                    "/computeMetadata/v1/instance/service-accounts/default/token" => """{"access_token":"t","expires_in":3599,"token_type":"Bearer"}""",
                    "/computeMetadata/v1/instance/service-accounts/default/email" => "container@p.iam.gserviceaccount.com",
                    "/computeMetadata/v1/project/project-id" => "own-project",
                    _ => throw new HttpRequestException("no such metadata"),
                });
            }

            var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            Requests.Enqueue(new Sent(address, Encoding.UTF8.GetString(body), request.Headers.Authorization?.ToString()));
            if (Failures.TryDequeue(out var failure))
            {
                return Answer("""{"error":{"code":1,"status":"UNAVAILABLE"}}""", failure ?? throw new HttpRequestException("broken"));
            }

            return address.AbsolutePath.EndsWith(":publish", StringComparison.Ordinal) ? Answer($$"""{"messageIds":["m-{{Requests.Count}}"]}""")
                : address.AbsolutePath.EndsWith(":signBlob", StringComparison.Ordinal) ? Answer("""{"keyId":"k","signedBlob":"AQL/"}""")
                : Object(request, address, body);
        }

        private HttpResponseMessage Object(HttpRequestMessage request, Uri address, byte[] body)
        {
            if (address.AbsolutePath.Contains("/b/missing/", StringComparison.Ordinal))
            {
                return Answer("""{"error":{"code":404,"message":"The specified bucket does not exist."}}""", HttpStatusCode.NotFound);
            }

            if (request.Method == HttpMethod.Post)
            {
                var name = address.Query["?uploadType=media&name=".Length..];
                _objects[name] = (body, request.Content!.Headers.ContentType!.ToString());
                return Answer("{}");
            }

            var key = address.AbsolutePath[(address.AbsolutePath.IndexOf("/o/", StringComparison.Ordinal) + 3)..];
            if (!_objects.TryGetValue(key, out var found))
            {
                return Answer("No such object", HttpStatusCode.NotFound);
            }

            if (request.Method == HttpMethod.Delete)
            {
                _objects.TryRemove(key, out _);
                return Answer("", HttpStatusCode.NoContent);
            }

            Assert.Equal("?alt=media", address.Query);
            var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(found.Content) };
            answer.Content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(found.Type);
            answer.Headers.ETag = new System.Net.Http.Headers.EntityTagHeaderValue("\"etag-1\"");
            return answer;
        }

        private static HttpResponseMessage Answer(string body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(body) };
    }
}
