using System.Net;
using System.Text;
using Portable.Azure;
using Portable.Gcp;
using Portable.Gcp.Services;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Operations;

/// <summary>How Secret Manager and Key Vault are asked, and what their answers mean.</summary>
public sealed class SecretSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Google_is_asked_for_the_latest_version()
    {
        var service = new FakeService
        {
            ["http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token"] = (200, """{"access_token":"t1","expires_in":3599,"token_type":"Bearer"}"""),
            ["https://secretmanager.googleapis.com/v1/projects/shop/secrets/payment-key/versions/latest:access"] =
                (200, $$"""{"name":"projects/1/secrets/payment-key/versions/3","payload":{"data":"{{Convert.ToBase64String("schlüssel"u8)}}" } }"""),
            ["https://secretmanager.googleapis.com/v1/projects/other/secrets/x/versions/latest:access"] = (200, """{"payload":{"data":"eA=="}}"""),
            ["https://secretmanager.googleapis.com/v1/projects/shop/secrets/denied/versions/latest:access"] = (403, """{"error":{"code":403,"status":"PERMISSION_DENIED"}}"""),
        };
        var settings = new Dictionary<string, string> { ["GOOGLE_CLOUD_PROJECT"] = "shop", ["PORTABLE_SECRET_MOVED_ID"] = "projects/other/secrets/x" };
        var source = new GoogleSecrets(new GoogleApi(new HttpClient(service), TimeProvider.System), settings.GetValueOrDefault);
        Assert.Equal("schlüssel", await source.FindAsync("payment-key", Token));
        Assert.Equal("x", await source.FindAsync("moved", Token));
        Assert.Null(await source.FindAsync("nothing", Token));
        Assert.Contains("Bearer t1", service.Authorizations);
        var e = await Assert.ThrowsAsync<InvalidOperationException>(async () => await source.FindAsync("denied", Token));
        Assert.Equal("Google Secret Manager as 'projects/shop/secrets/denied' answered 403 PERMISSION_DENIED.", e.Message);
        settings.Remove("GOOGLE_CLOUD_PROJECT");
        e = await Assert.ThrowsAsync<InvalidOperationException>(async () => await source.FindAsync("payment-key", Token));
        Assert.Contains("set GOOGLE_CLOUD_PROJECT", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_is_asked_as_the_managed_identity()
    {
        var clock = new ManualTimeProvider();
        var service = new FakeService
        {
            ["http://127.0.0.1:41/msi/token?resource=https%3A%2F%2Fvault.azure.net&api-version=2019-08-01"] =
                (200, $$"""{"access_token":"t1","expires_on":"{{clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}}","resource":"https://vault.azure.net"}"""),
            ["https://shop.vault.azure.net/secrets/payment-key?api-version=7.4"] = (200, """{"value":"of the vault","id":"..."}"""),
            ["https://shop.vault.azure.net/secrets/denied?api-version=7.4"] = (403, "{}"),
        };
        var settings = new Dictionary<string, string> { ["PORTABLE_KEY_VAULT"] = "https://shop.vault.azure.net/", ["IDENTITY_ENDPOINT"] = "http://127.0.0.1:41/msi/token", ["IDENTITY_HEADER"] = "h" };
        var source = new KeyVaultSecrets(new HttpClient(service), clock, settings.GetValueOrDefault);
        Assert.Equal("of the vault", await source.FindAsync("payment-key", Token));
        Assert.Equal("of the vault", await source.FindAsync("payment-key", Token));
        Assert.Null(await source.FindAsync("nothing", Token));
        Assert.Equal(1, service.Requests.Count(static request => request.Contains("msi", StringComparison.Ordinal)));
        Assert.Equal(["h"], service.IdentityHeaders);
        Assert.Contains("Bearer t1", service.Authorizations);
        clock.Advance(TimeSpan.FromMinutes(59));
        await source.FindAsync("payment-key", Token);
        Assert.Equal(2, service.Requests.Count(static request => request.Contains("msi", StringComparison.Ordinal)));

        var e = await Assert.ThrowsAsync<InvalidOperationException>(async () => await source.FindAsync("denied", Token));
        Assert.Equal("the Key Vault https://shop.vault.azure.net/ answered 403.", e.Message);
        var outside = new KeyVaultSecrets(new HttpClient(service), clock, name => name == "PORTABLE_KEY_VAULT" ? "https://v" : null);
        e = await Assert.ThrowsAsync<InvalidOperationException>(async () => await outside.FindAsync("payment-key", Token));
        Assert.Contains("no managed identity", e.Message, StringComparison.Ordinal);
        Assert.Null(await new KeyVaultSecrets(new HttpClient(service), clock, static _ => null).FindAsync("payment-key", Token));
    }

    private sealed class FakeService : HttpMessageHandler
    {
        private readonly Dictionary<string, (int Status, string Body)> _answers = [];

        public List<string> Requests { get; } = [];

        public List<string> Authorizations { get; } = [];

        public List<string> IdentityHeaders { get; } = [];

        public (int Status, string Body) this[string address]
        {
            set => _answers[address] = value;
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!.AbsoluteUri;
            Requests.Add(address);
            if (request.Headers.Authorization is { } authorization)
            {
                Authorizations.Add(authorization.ToString());
            }

            if (request.Headers.TryGetValues("X-IDENTITY-HEADER", out var headers))
            {
                IdentityHeaders.AddRange(headers);
            }

            var (status, body) = _answers.GetValueOrDefault(address, (404, "{}"));
            return Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") });
        }
    }
}
