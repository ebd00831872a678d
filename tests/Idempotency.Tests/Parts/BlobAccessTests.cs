using System.Net;

namespace Portable.Idempotency.Tests.Parts;

public sealed class BlobAccessTests
{
    [Theory]
    [InlineData("AccountName=acme;AccountKey=a2V5", "https://acme.blob.core.windows.net/c")]
    [InlineData("DefaultEndpointsProtocol=http;AccountName=acme;AccountKey=a2V5;EndpointSuffix=core.chinacloudapi.cn", "http://acme.blob.core.chinacloudapi.cn/c")]
    [InlineData("BlobEndpoint=https://acme.example/;SharedAccessSignature=sv=1&sig=x%3D", "https://acme.example/c?sv=1&sig=x%3D")]
    [InlineData("UseDevelopmentStorage=true", "http://127.0.0.1:10000/devstoreaccount1/c")]
    public void A_connection_string_is_read(string text, string address) => Assert.Equal(address, BlobConnection.Parse(text, "c").Container.AbsoluteUri);

    [Theory]
    [InlineData("AccountName=acme")]
    [InlineData("AccountKey=hunter2")]
    [InlineData("AccountName=acme;AccountKey=hunter2?")]
    [InlineData("hunter2")]
    [InlineData("BlobEndpoint=file:///x;SharedAccessSignature=hunter2")]
    public void A_malformed_connection_string_is_refused_without_repeating_it(string text) =>
        Assert.DoesNotContain("hunter2", Assert.Throws<FormatException>(() => BlobConnection.Parse(text, "c")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_managed_identity_gives_a_token_that_is_kept_until_it_is_refused()
    {
        var platform = new Platform();
        var identity = new ManagedIdentity(static name => name == "IDENTITY_ENDPOINT" ? "http://identity.test/token" : name == "IDENTITY_HEADER" ? "a-header" : null, new HttpClient(platform), TimeProvider.System);
        Assert.Equal("Bearer token-1", await AuthorizeAsync(identity, wasRefused: false));
        Assert.Equal("Bearer token-1", await AuthorizeAsync(identity, wasRefused: false));
        Assert.Equal("Bearer token-2", await AuthorizeAsync(identity, wasRefused: true));
        Assert.All(platform.Asked, static asked => Assert.Equal("http://identity.test/token?resource=https%3A%2F%2Fstorage.azure.com%2F&api-version=2019-08-01 a-header", asked));
    }

    [Fact]
    public async Task Without_an_identity_it_says_what_is_missing()
    {
        var identity = new ManagedIdentity(static _ => null, new HttpClient(new Platform()), TimeProvider.System);
        Assert.Contains("neither a key nor a managed identity", (await Assert.ThrowsAsync<InvalidOperationException>(() => AuthorizeAsync(identity, wasRefused: false))).Message, StringComparison.Ordinal);
    }

    private static async Task<string> AuthorizeAsync(IBlobAccess access, bool wasRefused)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://acme.example/c/b");
        await access.AuthorizeAsync(request, wasRefused, TestContext.Current.CancellationToken);
        return request.Headers.Authorization!.ToString();
    }

    private sealed class Platform : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.RequestUri!.AbsoluteUri} {request.Headers.GetValues("X-IDENTITY-HEADER").Single()}");
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent($$"""{"access_token":"token-{{Asked.Count}}","expires_on":"1790000000","resource":"https://storage.azure.com/","token_type":"Bearer"}"""),
            });
        }
    }
}
