using System.Net;
using Portable.Local;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

/// <summary>What functions send on the local host, and the buckets over HTTP.</summary>
public sealed class LocalOutputTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "portable-buckets-" + Guid.NewGuid().ToString("N"));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    [Supports("Queues as outputs", "local")]
    [Supports("Event bus as output", "local")]
    [Supports("Buckets as outputs", "local")]
    public async Task What_a_function_sends_starts_others_and_what_nobody_takes_can_be_seen()
    {
        await using var local = await SourcesFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/send/7");
        request.Headers.Add("x-correlation-id", "my-correlation");
        var url = await (await local.Http.SendAsync(request, Token)).Content.ReadAsStringAsync(Token);
        await local.Host.Source("placed").WhenEmptyAsync(Token);
        await local.Host.Source("placed-too").WhenEmptyAsync(Token);
        await local.Host.Source("thumbnails").WhenEmptyAsync(Token);
        Assert.Equal(["placed 7 portable.sources 2 s", "placed-too 7", "thumbnails Created uploads pictures/7.jpg 3 image/jpeg"], local.App.Seen.Order());

        Assert.Equal(1, local.Host.Queue("parcels").Waiting);
        local.Clock.Advance(TimeSpan.FromSeconds(7));
        await local.Host.Queue("parcels").WhenEmptyAsync(Token);
        Assert.Contains("parcels 7 blue", local.App.Seen);
        Assert.Equal([("parcels", "parcels"), ("elsewhere", null)], local.Host.Sent.Select(sent => (sent.Queue, sent.Function)));
        Assert.All(local.Host.Sent, static sent => Assert.Equal("my-correlation", sent.Attributes["portable-correlation-id"]));
        Assert.Equal("""{"key":"b","number":7}""", local.Host.Sent[1].Text);

        var response = await local.Http.GetAsync(url, Token);
        Assert.Equal("image/jpeg", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal([1, 2, 3], await response.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task A_presigned_address_allows_one_thing_with_one_object_for_its_time()
    {
        await using var local = await SourcesFixture.StartAsync();
        var bucket = local.Host.Bucket("uploads");
        var write = await bucket.Presign("a b/ü%.txt", BlobAccess.Write, TimeSpan.FromMinutes(1), Token);
        using var put = new HttpRequestMessage(HttpMethod.Put, write) { Content = new StringContent("hi") };
        put.Headers.Add("Origin", "https://other.example"); // pages of other sites are what such addresses are for
        Assert.Equal(HttpStatusCode.OK, (await local.Http.SendAsync(put, Token)).StatusCode);
        Assert.Equal("hi", System.Text.Encoding.UTF8.GetString((await bucket.Get("a b/ü%.txt", Token))!.Content.Span));

        var read = await bucket.Presign("a b/ü%.txt", BlobAccess.Read, TimeSpan.FromMinutes(1), Token);
        Assert.Equal("hi", await local.Http.GetStringAsync(read, Token));
        Assert.Equal(HttpStatusCode.OK, (await local.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, read), Token)).StatusCode);
        string[] refused =
        [
            write.AbsoluteUri,
            read.AbsoluteUri.Replace("access=read", "access=write", StringComparison.Ordinal),
            read.AbsoluteUri.Replace("expires=1", "expires=2", StringComparison.Ordinal),
            read.AbsoluteUri.Replace("signature=", "signature=00", StringComparison.Ordinal),
            read.AbsoluteUri.Replace("/a%20b/", "/a%20c/", StringComparison.Ordinal),
            read.GetLeftPart(UriPartial.Path),
            read.AbsoluteUri + "x",
        ];
        foreach (var address in refused)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await local.Http.GetAsync(address, Token)).StatusCode);
        }

        local.Clock.Advance(TimeSpan.FromMinutes(1));
        var expired = await local.Http.GetAsync(read, Token);
        Assert.Equal(HttpStatusCode.Forbidden, expired.StatusCode);
        Assert.Contains("expired", await expired.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => bucket.Presign("a", BlobAccess.Read, TimeSpan.FromDays(8), Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => bucket.Presign("a", BlobAccess.Read, TimeSpan.Zero, Token));
    }

    [Fact]
    public async Task Buckets_can_be_filled_and_looked_at_by_hand()
    {
        await using var local = await SourcesFixture.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await local.SendAsync(HttpMethod.Post, "/_portable/buckets/uploads/pictures/x.jpg", "x")).StatusCode);
        await local.Host.Source("thumbnails").WhenEmptyAsync(Token);
        Assert.Single(local.App.Seen);
        var list = await local.GetAsync("/_portable/buckets/uploads");
        Assert.Contains("pictures/x.jpg", list, StringComparison.Ordinal);
        using var json = System.Text.Json.JsonDocument.Parse(list);
        Assert.Equal("x", await local.GetAsync(json.RootElement[0].GetProperty("readLink").GetString()!));
        Assert.Equal(HttpStatusCode.NoContent, (await local.SendAsync(HttpMethod.Delete, "/_portable/buckets/uploads/pictures/x.jpg")).StatusCode);
        Assert.Empty(local.Host.Bucket("uploads").Objects);
        Assert.Equal(HttpStatusCode.NotFound, (await local.SendAsync(HttpMethod.Post, "/_portable/buckets/others/x", "x")).StatusCode);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/_portable/buckets/uploads/x") { Content = new StringContent("x") };
        foreign.Headers.Add("Origin", "https://other.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await local.Http.SendAsync(foreign, Token)).StatusCode);
    }

    [Theory]
    [InlineData("/_portable/buckets/uploads//x")]
    [InlineData("/_portable/buckets/uploads/a/%2e%2e/%2e%2e/x")]
    [InlineData("/_portable/buckets/uploads/a%5c..%5cx")]
    [InlineData("/_portable/buckets/uploads/a%0ax")]
    public async Task Names_that_lead_elsewhere_are_refused(string path)
    {
        await using var local = await SourcesFixture.StartAsync(options: options => options with { BucketFolder = _folder });
        var response = await local.SendAsync(HttpMethod.Post, path, "x");
        Assert.InRange((int)response.StatusCode, 400, 404);
        Assert.False(Directory.Exists(_folder) && Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Any());
    }

    [Fact]
    public async Task A_bucket_in_a_folder_outlives_the_host()
    {
        await using (var local = await SourcesFixture.StartAsync(options: options => options with { BucketFolder = _folder }))
        {
            await local.Host.Bucket("uploads").Put("a/b c%.txt", new byte[] { 1, 2 }, "text/plain", Token);
            await Assert.ThrowsAsync<OutputException>(() => local.Host.Bucket("uploads").Put("a", new byte[1], cancellationToken: Token));
            await Assert.ThrowsAsync<ArgumentException>(() => local.Host.Bucket("uploads").Put("../x", new byte[1], cancellationToken: Token));
        }

        await using var again = await SourcesFixture.StartAsync(options: options => options with { BucketFolder = _folder });
        var bucket = again.Host.Bucket("uploads");
        Assert.Equal([("a/b c%.txt", 2L)], bucket.Objects);
        var blob = await bucket.Get("a/b c%.txt", Token);
        Assert.Equal("text/plain", blob!.ContentType);
        Assert.Equal([1, 2], blob.Content.ToArray());
        await bucket.Delete("a/b c%.txt", Token);
        Assert.Null(await bucket.Get("a/b c%.txt", Token));
    }

    [Theory]
    [InlineData("/_portable/streams/clicks?key=a", """{"key":"k","number":1}""", HttpStatusCode.Accepted)]
    [InlineData("/_portable/streams/none?key=a", "{}", HttpStatusCode.NotFound)]
    [InlineData("/_portable/events/com.acme.placed?version=2&source=me", """{"id":"1"}""", HttpStatusCode.Accepted)]
    [InlineData("/_portable/events/com.acme.placed?version=0", """{"id":"1"}""", HttpStatusCode.BadRequest)]
    [InlineData("/_portable/events/com.acme.placed", "{", HttpStatusCode.BadRequest)]
    [InlineData("/_portable/tables/orders/a/b", """{"key":"k","number":1}""", HttpStatusCode.Accepted)]
    [InlineData("/_portable/tables/orders/a", "1", HttpStatusCode.BadRequest)]
    [InlineData("/_portable/tables/none/a", "{}", HttpStatusCode.NotFound)]
    [InlineData("/_portable/sources/none/dead-letters/replay", "", HttpStatusCode.NotFound)]
    [InlineData("/_portable/sources/rows/dead-letters/none/replay", "", HttpStatusCode.NotFound)]
    [InlineData("/_portable/sources/rows", "", HttpStatusCode.MethodNotAllowed)]
    public async Task Everything_can_be_started_by_hand(string path, string body, HttpStatusCode status)
    {
        await using var local = await SourcesFixture.StartAsync();
        Assert.Equal(status, (await local.SendAsync(HttpMethod.Post, path, body)).StatusCode);
    }

    [Fact]
    public void The_command_line_says_where_buckets_are_and_how_many_deliveries_go_on()
    {
        var options = LocalArguments.Parse(["--buckets", "b", "--concurrency=4"], static _ => null);
        Assert.Equal(("b", 4), (options.BucketFolder, options.Concurrency));
        Assert.Equal(7, LocalArguments.Parse([], static name => name == "PORTABLE_CONCURRENCY" ? "7" : null).Concurrency);
        Assert.Contains("'0', which is not a number", Assert.Throws<FormatException>(() => LocalArguments.Parse(["--concurrency", "0"], static _ => null)).Message, StringComparison.Ordinal);
    }
}
