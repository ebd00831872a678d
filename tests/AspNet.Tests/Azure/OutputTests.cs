using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Portable.Azure;
using Portable.Azure.Outputs;
using Portable.Runtime;
using Portable.TestKit;
using Portable.TestKit.ExternalTools;

namespace Portable.AspNet.Tests.Azure;

/// <summary>Queues and buckets against Microsoft's emulator, once with the account's key and once with tokens of an identity.</summary>
public sealed class OutputTests(OutputTests.Emulators emulators) : IClassFixture<OutputTests.Emulators>, IDisposable
{
    private const string Version = "2021-12-02";

    private static readonly Dictionary<string, string> s_none = [];

    private readonly List<IDisposable> _owned = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _owned.ForEach(static owned => owned.Dispose());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Supports("Queues as outputs", "azure managed")]
    [Supports("Queues as outputs", "azure native")]
    [Supports("Trace context and correlation id", "azure managed")]
    [Supports("Trace context and correlation id", "azure native")]
    public async Task A_message_arrives_as_the_trigger_reads_it(bool identity)
    {
        var account = await StartAsync(identity);
        var attributes = new Dictionary<string, string> { ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", ["portable-correlation-id"] = "c<&>1" };
        var id = await account.Outputs.SendAsync("orders", new OutgoingMessage("""{"id":"7"}"""u8.ToArray(), attributes), Token);
        await account.Outputs.SendAsync("orders", new OutgoingMessage("""{"id":"8"}"""u8.ToArray(), s_none), Token);
        await account.Outputs.SendAsync("orders", new OutgoingMessage("""{"id":"9"}"""u8.ToArray(), s_none, Delay: TimeSpan.FromMinutes(5)), Token);

        var received = await account.ReceiveAsync("orders");
        Assert.Equal(2, received.Count); // the third is held back
        Assert.Equal((id, true), (received[0].Id, id.Length > 0));
        Assert.Equal("""{"id":"8"}""", received[1].Text); // what has no attributes has no wrapper, for whoever reads it
        var message = QueueReader.Read(received[0].Text, new BindingData(new Dictionary<string, object?>()), "i");
        Assert.Equal("""{"id":"7"}""", Encoding.UTF8.GetString(message.Body.Span));
        Assert.Equal(attributes, message.Attributes);
    }

    [Theory]
    [InlineData(Way.Managed)]
    [InlineData(Way.Native)]
    [Supports("Dead letters with the reason", "azure managed")]
    [Supports("Dead letters with the reason", "azure native")]
    public async Task What_can_never_be_handled_is_among_the_dead_letters_and_done(Way way)
    {
        var account = await StartAsync(identity: false);
        account.Environment["PORTABLE_QUEUE_DEAD"] = account.NameOf("orders");
        var app = new TriggersApp { Outputs = account.Outputs, DeadLetter = "dead", Handle = static item => _ = item is StreamRecord<Item> { Body.Quantity: < 0 } ? throw new InvalidOperationException("no stock") : 0 };
        var data = new Dictionary<string, object?> { ["SequenceNumberArray"] = new[] { 1L, 2L, 3L } };
        string[] batch = ["""{"id":"a"}""", "nonsense", """{"id":"c","quantity":-1}"""];

        // The one that cannot be read is kept at once, so that the stream goes on; the one that fails, after the last attempt.
        Assert.Contains("1 of 3 messages, the first of them 3", await app.DeliverAsync(way, "Stream", batch, data), StringComparison.Ordinal);
        Assert.Null(await app.DeliverAsync(way, "Stream", batch[2..], new() { ["SequenceNumberArray"] = new[] { 3L } }, retries: 4));

        var letters = (await account.ReceiveAsync("orders")).ConvertAll(static letter => QueueReader.Read(letter.Text, new BindingData(new Dictionary<string, object?>()), "i"));
        Assert.Equal(
            [("nonsense", "2", "Stream"), ("""{"id":"c","quantity":-1}""", "3", "Stream")],
            letters.Select(letter => (Encoding.UTF8.GetString(letter.Body.Span), letter.Attributes!["portable-dead-letter-id"], letter.Attributes["portable-dead-letter-function"])));
        Assert.Contains("not valid JSON", letters[0].Attributes!["portable-dead-letter-reason"], StringComparison.Ordinal);
        Assert.Equal("InvalidOperationException: no stock", letters[1].Attributes!["portable-dead-letter-reason"]);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("\"text\"")]
    [InlineData("""{"$portable":{"attributes":{"a":"b"}},"body":7}""")]
    [InlineData("")]
    public async Task A_body_of_any_kind_comes_back_as_it_was(string body)
    {
        var account = await StartAsync(identity: false);
        await account.Outputs.SendAsync("orders", new OutgoingMessage(Encoding.UTF8.GetBytes(body), new Dictionary<string, string> { ["portable-dead-letter-reason"] = "r" }), Token);
        var message = QueueReader.Read(Assert.Single(await account.ReceiveAsync("orders")).Text, new BindingData(new Dictionary<string, object?>()), "i");
        Assert.Equal((body, "r"), (Encoding.UTF8.GetString(message.Body.Span), message.Attributes!["portable-dead-letter-reason"]));
    }

    [Fact]
    public async Task What_the_queue_cannot_do_is_said_before_anything_is_sent()
    {
        var outputs = new AzureOutputs(() => new HttpClient(new Unreachable()), static name => name == "AzureWebJobsStorage" ? "UseDevelopmentStorage=true" : null, TimeProvider.System);
        var large = new OutgoingMessage(Encoding.UTF8.GetBytes($"\"{new string('x', 49_200)}\""), s_none);
        Assert.Contains("65536", (await Assert.ThrowsAsync<PayloadTooLargeException>(() => outputs.SendAsync("orders", large, Token))).Message, StringComparison.Ordinal);
        Assert.Contains("no order", (await Assert.ThrowsAsync<OutputException>(() => outputs.SendAsync("orders", new OutgoingMessage("7"u8.ToArray(), s_none, Group: "g"), Token))).Message, StringComparison.Ordinal);
        Assert.Contains("7 days", (await Assert.ThrowsAsync<OutputException>(() => outputs.SendAsync("orders", new OutgoingMessage("7"u8.ToArray(), s_none, Delay: TimeSpan.FromDays(8)), Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_queue_or_container_that_is_not_there_is_an_error_with_the_services_code()
    {
        var account = await StartAsync(identity: false);
        Assert.Equal("The message for 'nowhere' was not sent: Azure Storage answered 404 QueueNotFound.", (await Assert.ThrowsAsync<OutputException>(() => account.Outputs.SendAsync("nowhere", new OutgoingMessage("7"u8.ToArray(), s_none), Token))).Message);
        Assert.Contains("ContainerNotFound", (await Assert.ThrowsAsync<OutputException>(() => account.Outputs.Bucket("nowhere").Get("a", Token))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Supports("Buckets as outputs", "azure managed")]
    [Supports("Buckets as outputs", "azure native")]
    public async Task An_object_is_written_read_and_deleted(bool identity)
    {
        var account = await StartAsync(identity);
        var uploads = account.Outputs.Bucket("uploads");
        byte[] content = [0, 1, 0xff];
        const string name = "2026/ü ö+%?#&='(1)~.png";
        Assert.Null(await uploads.Get(name, Token));
        await uploads.Put(name, new byte[] { 7 }, "image/png", Token);
        await uploads.Put(name, content, "image/png", Token);
        var blob = (await uploads.Get(name, Token))!;
        Assert.Equal((content.Length, "image/png", true), (blob.Content.Length, blob.ContentType, blob.ETag?.StartsWith("0x", StringComparison.Ordinal)));
        Assert.Equal(content, blob.Content.ToArray());
        Assert.Equal([name], await account.ListAsync("uploads")); // under this very name, for others too
        await uploads.Delete(name, Token);
        await uploads.Delete(name, Token);
        Assert.Null(await uploads.Get(name, Token));
        await uploads.Put("empty", ReadOnlyMemory<byte>.Empty, cancellationToken: Token);
        Assert.Equal(0, (await uploads.Get("empty", Token))!.Content.Length);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_presigned_address_allows_what_it_says_and_no_more(bool identity)
    {
        var account = await StartAsync(identity);
        var uploads = account.Outputs.Bucket("uploads");
        const string name = "a/ü b.txt";
        var write = await uploads.Presign(name, BlobAccess.Write, TimeSpan.FromMinutes(5), Token);
        using var put = new HttpRequestMessage(HttpMethod.Put, write) { Content = new StringContent("hello") };
        put.Headers.Add("x-ms-blob-type", "BlockBlob");
        Assert.Equal(HttpStatusCode.Created, (await account.Http.SendAsync(put, Token)).StatusCode);
        Assert.Equal("hello", Encoding.UTF8.GetString((await uploads.Get(name, Token))!.Content.Span));
        Assert.Equal(HttpStatusCode.Forbidden, (await account.Http.GetAsync(write, Token)).StatusCode);

        var read = await uploads.Presign(name, BlobAccess.Read, TimeSpan.FromDays(7), Token);
        Assert.Equal("hello", await account.Http.GetStringAsync(read, Token));
        Assert.Equal(HttpStatusCode.Forbidden, (await account.Http.DeleteAsync(read, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await account.Http.GetAsync(read.AbsoluteUri.Replace("b.txt", "c.txt", StringComparison.Ordinal), Token)).StatusCode);
        await Assert.ThrowsAsync<ArgumentException>(() => uploads.Presign(name, BlobAccess.Read, TimeSpan.FromDays(8), Token));
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a\\b")]
    [InlineData("")]
    public async Task A_name_that_leads_elsewhere_is_refused(string name)
    {
        var uploads = new AzureOutputs(() => new HttpClient(new Unreachable()), static name => name == "AzureWebJobsStorage" ? "UseDevelopmentStorage=true" : null, TimeProvider.System).Bucket("uploads");
        await Assert.ThrowsAsync<ArgumentException>(() => uploads.Get(name, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => uploads.Put(name, default, cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(() => uploads.Delete(name, Token));
        await Assert.ThrowsAsync<ArgumentException>(() => uploads.Presign(name, BlobAccess.Read, TimeSpan.FromMinutes(1), Token));
    }

    [Fact]
    public async Task A_variable_may_hold_a_name_or_a_signed_address()
    {
        var account = await StartAsync(identity: false);
        var signed = await account.Outputs.Bucket("uploads").Presign("x", BlobAccess.Write, TimeSpan.FromMinutes(5), Token);
        account.Environment["PORTABLE_BUCKET_PHOTOS"] = account.NameOf("uploads");
        await account.Outputs.Bucket("photos").Put("x", "1"u8.ToArray(), cancellationToken: Token);
        Assert.NotNull(await account.Outputs.Bucket("uploads").Get("x", Token));

        // The permission is in the address: the account's own key would be refused here, since it is another one's.
        var other = new AzureOutputs(() => account.Http, name => name == "PORTABLE_BUCKET_PHOTOS" ? $"{account.Storage.Blobs}{account.NameOf("uploads")}{signed.Query}" : null, TimeProvider.System);
        await other.Bucket("photos").Put("x", "2"u8.ToArray(), cancellationToken: Token);
        Assert.Equal("2", Encoding.UTF8.GetString((await account.Outputs.Bucket("uploads").Get("x", Token))!.Content.Span));
        Assert.Contains("PORTABLE_QUEUE_ORDERS_DEAD", (await Assert.ThrowsAsync<OutputException>(() => other.SendAsync("orders-dead", new OutgoingMessage("7"u8.ToArray(), s_none), Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_busy_service_is_asked_again()
    {
        var busy = new Busy(failures: 2);
        var time = new ManualTimeProvider();
        var outputs = new AzureOutputs(() => new HttpClient(busy), static name => name == "AzureWebJobsStorage" ? "UseDevelopmentStorage=true" : null, time);
        var sending = outputs.SendAsync("orders", new OutgoingMessage("7"u8.ToArray(), s_none), Token);
        while (!sending.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(4));
            await Task.Yield();
        }

        Assert.Equal(("m1", 3), (await sending, busy.Calls));
    }

    [Theory]
    [InlineData("AccountName=a;AccountKey=!")]
    [InlineData("nonsense")]
    [InlineData("AccountKey=eA==")]
    [InlineData("AccountName=a;BlobEndpoint=ftp://x")]
    public async Task A_malformed_connection_string_is_named_and_not_told(string text)
    {
        var outputs = new AzureOutputs(() => new HttpClient(new Unreachable()), name => name == "AzureWebJobsStorage" ? text : null, TimeProvider.System);
        var error = await Assert.ThrowsAsync<OutputException>(() => outputs.SendAsync("orders", new OutgoingMessage("7"u8.ToArray(), s_none), Token));
        Assert.StartsWith("AzureWebJobsStorage ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(text, error.Message, StringComparison.Ordinal);
    }

    private async Task<TestAccount> StartAsync(bool identity)
    {
        var account = new TestAccount(emulators.Get(identity), identity);
        _owned.Add(account);
        await account.CreateAsync(account.Storage.Queues, account.NameOf("orders"));
        await account.CreateAsync(account.Storage.Blobs, account.NameOf("uploads") + "?restype=container");
        return account;
    }

    private sealed class Unreachable : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => throw new InvalidOperationException("Nothing may be sent.");
    }

    private sealed class Busy(int failures) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            ++Calls <= failures ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
            : new HttpResponseMessage(HttpStatusCode.Created) { Content = new StringContent("<QueueMessagesList><QueueMessage><MessageId>m1</MessageId></QueueMessage></QueueMessagesList>") });
    }

    /// <summary>An emulator with a key and one with tokens, for all tests; each test has queues and containers of its own.</summary>
    public sealed class Emulators : IDisposable
    {
        private readonly Dictionary<bool, AzureStorage> _started = [];

        /// <summary>One of them; skips the test that asks when it cannot be started.</summary>
        public AzureStorage Get(bool tokens)
        {
            if (!_started.TryGetValue(tokens, out var storage))
            {
                _started[tokens] = storage = AzureStorage.StartOrSkip(tokens);
            }

            return storage;
        }

        public void Dispose()
        {
            foreach (var storage in _started.Values)
            {
                storage.Dispose();
            }
        }
    }

    /// <summary>The emulator, the outputs under test, and an independent look at what they did: with the emulator's own account signature or token.</summary>
    private sealed class TestAccount : IDisposable
    {
        private readonly HttpMessageHandler _handler;
        private readonly string _suffix = "-" + Guid.NewGuid().ToString("n");

        public TestAccount(AzureStorage storage, bool identity)
        {
            Storage = storage;
            var certificates = new HttpClientHandler { ServerCertificateCustomValidationCallback = static (_, _, _, _) => true };
            _handler = identity ? new IdentityEndpoint(certificates) : certificates;
            Http = new HttpClient(_handler, disposeHandler: false);
            Environment["PORTABLE_QUEUE_ORDERS"] = NameOf("orders");
            Environment["PORTABLE_BUCKET_UPLOADS"] = NameOf("uploads");
            if (identity)
            {
                Environment["IDENTITY_ENDPOINT"] = "http://identity.example/token";
                Environment["IDENTITY_HEADER"] = "secret";
                Environment["AzureWebJobsStorage__queueServiceUri"] = storage.Queues.AbsoluteUri;
                Environment["AzureWebJobsStorage__blobServiceUri"] = storage.Blobs.AbsoluteUri;
            }
            else
            {
                Environment["AzureWebJobsStorage"] = storage.ConnectionString;
            }

            Outputs = new AzureOutputs(() => Http, name => Environment.GetValueOrDefault(name), TimeProvider.System);
        }

        public AzureStorage Storage { get; }

        public Dictionary<string, string> Environment { get; } = [];

        public AzureOutputs Outputs { get; }

        public HttpClient Http { get; }

        /// <summary>The name on the emulator of what code calls so.</summary>
        public string NameOf(string name) => name + _suffix;

        public void Dispose()
        {
            Http.Dispose();
            _handler.Dispose();
        }

        public async Task CreateAsync(Uri service, string path) => (await SendAsync(HttpMethod.Put, new Uri(service, path))).EnsureSuccessStatusCode();

        public async Task<List<(string Id, string Text)>> ReceiveAsync(string queue)
        {
            var answer = await SendAsync(HttpMethod.Get, new Uri(Storage.Queues, NameOf(queue) + "/messages?numofmessages=32"));
            return
            [
                .. Xml(await answer.Content.ReadAsStringAsync(Token)).Descendants("QueueMessage").Select(message =>
                    (message.Element("MessageId")!.Value, Encoding.UTF8.GetString(Convert.FromBase64String(message.Element("MessageText")!.Value)))),
            ];
        }

        public async Task<List<string>> ListAsync(string container)
        {
            var answer = await SendAsync(HttpMethod.Get, new Uri(Storage.Blobs, NameOf(container) + "?restype=container&comp=list"));
            return [.. Xml(await answer.Content.ReadAsStringAsync(Token)).Descendants("Blob").Select(blob => blob.Element("Name")!.Value)];
        }

        private static XDocument Xml(string text) => XDocument.Parse(text.TrimStart('\uFEFF'));

        private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address)
        {
            using var request = new HttpRequestMessage(method, address);
            request.Headers.Add("x-ms-version", Version);
            request.Headers.Add("x-ms-date", DateTime.UtcNow.ToString("r", System.Globalization.CultureInfo.InvariantCulture));
            if (_handler is IdentityEndpoint)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", IdentityEndpoint.TokenFor("https://storage.azure.com"));
            }
            else
            {
                SharedKey.Sign(request, AzureStorage.Account, Convert.FromBase64String(AzureStorage.Key));
            }

            return await Http.SendAsync(request, Token);
        }
    }

    /// <summary>The endpoint that gives a function app its tokens: for the resource asked for, and the header's secret.</summary>
    private sealed class IdentityEndpoint(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        /// <summary>A token as Microsoft Entra ID would issue it, but for the signature, which the emulator does not check.</summary>
        public static string TokenFor(string resource)
        {
            var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            var payload = JsonSerializer.SerializeToUtf8Bytes(new
            {
                aud = resource,
                iss = "https://sts.windows.net/ab1f708d-50f6-404c-a006-d71b2ac7a606/",
                iat = now,
                nbf = now - 60,
                exp = now + 3600,
                oid = "23657296-5cd5-45b0-a809-d972a7f4dfe1",
                tid = "dd0d0df1-06c3-436c-8034-4b9a153097ce",
            });
            return $"{Encode("""{"alg":"RS256","typ":"JWT"}"""u8)}.{Encode(payload)}.{Encode("signature"u8)}";

            static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host != "identity.example")
            {
                return base.SendAsync(request, cancellationToken);
            }

            Assert.Equal("/token?api-version=2019-08-01&resource=https%3A%2F%2Fstorage.azure.com%2F", request.RequestUri.PathAndQuery);
            Assert.Equal("secret", Assert.Single(request.Headers.GetValues("X-IDENTITY-HEADER")));
            var expires = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(JsonSerializer.Serialize(new { access_token = TokenFor("https://storage.azure.com"), expires_on = expires, token_type = "Bearer" })) });
        }
    }
}
