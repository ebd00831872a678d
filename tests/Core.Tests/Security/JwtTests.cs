using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Portable.Jwt;
using Portable.Runtime;

namespace Portable.Core.Tests.Security;

public sealed class JwtTests
{
    private static readonly DateTime Now = new(2026, 3, 1, 3, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task A_good_token_is_let_in_and_the_user_is_known()
    {
        var issuer = new Issuer();
        await using var app = App(issuer, new JwtAuthorization("orders:read orders:write", "admin"));
        Assert.Equal((200, "True user-1 True"), await Send(app, issuer.Token()));
        Assert.Equal((200, "True user-1 True"), await Send(app, issuer.Token(), "bearer "));
        Assert.Equal(2, issuer.Fetched); // metadata and keys, once for all
    }

    [Fact]
    public async Task No_token_is_a_challenge_without_an_error()
    {
        await using var app = App(new Issuer(), new JwtAuthorization());
        Assert.Equal((401, "Bearer | The request has no bearer token."), await app.SendAsync());
        Assert.Equal((401, "Bearer | The request has no bearer token."), await app.SendAsync(("Authorization", "Basic dTpw")));
    }

    public static TheoryData<string, string> Bad => new()
    {
        { "expired", "not valid at this time" },
        { "not yet valid", "not valid at this time" },
        { "without an end", "not valid at this time" },
        { "another audience", "another audience" },
        { "another issuer", "another issuer" },
        { "another key", "signature" },
        { "a key that names itself", "signature" },
        { "changed", "signature" },
        { "unsigned", "" },
        { "symmetric", "" },
        { "no token", "no JSON Web Token" },
        { "long", "no JSON Web Token" },
        { "header injection", "no JSON Web Token" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_bad_token_is_401_with_the_reason(string what, string reason)
    {
        var issuer = new Issuer();
        await using var app = App(issuer, new JwtAuthorization());
        var token = what switch
        {
            "expired" => issuer.Token(expires: Now.AddMinutes(-2)),
            "not yet valid" => issuer.Token(notBefore: Now.AddMinutes(2)),
            "without an end" => issuer.Unended(),
            "another audience" => issuer.Token(audience: "api://others"),
            "another issuer" => issuer.Token(name: "https://evil.example"),
            "another key" => issuer.Token(key: Issuer.NewKey("key-1")),
            "a key that names itself" => issuer.Token(key: Issuer.NewKey("mine")),
            "changed" => Changed(issuer.Token()),
            "unsigned" => Unsigned(issuer.Token()),
            "symmetric" => issuer.Token(key: new SymmetricSecurityKey(Encoding.UTF8.GetBytes(new string('k', 64))) { KeyId = "key-1" }, algorithm: SecurityAlgorithms.HmacSha256),
            "long" => new string('a', 20_000),
            "header injection" => "a\"\r\nSet-Cookie: x=y",
            _ => "x",
        };
        var (status, text) = await Send(app, token);
        Assert.Equal(401, status);
        Assert.StartsWith("Bearer error=\"invalid_token\", error_description=\"The ", text, StringComparison.Ordinal);
        Assert.Contains(reason, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Set-Cookie", text, StringComparison.Ordinal);
        Assert.Equal(0, app.Calls);
    }

    [Theory]
    [InlineData("orders:read orders:delete", null, "Bearer error=\"insufficient_scope\", scope=\"orders:read orders:delete\" | The token does not have the scope that the function needs.")]
    [InlineData("orders", null, "Bearer error=\"insufficient_scope\", scope=\"orders\" | The token does not have the scope that the function needs.")]
    [InlineData(null, "owner", "Bearer error=\"insufficient_scope\" | The caller does not have the role that the function needs.")]
    [InlineData(null, "Admin", "Bearer error=\"insufficient_scope\" | The caller does not have the role that the function needs.")]
    public async Task What_the_token_does_not_grant_is_403(string? scope, string? role, string expected)
    {
        var issuer = new Issuer();
        await using var app = App(issuer, new JwtAuthorization(scope, role));
        Assert.Equal((403, expected), await Send(app, issuer.Token()));
        Assert.Equal(0, app.Calls);
    }

    [Fact]
    public async Task Keys_that_cannot_be_fetched_let_nobody_in_until_they_can()
    {
        var issuer = new Issuer { IsDown = true };
        await using var app = App(issuer, new JwtAuthorization());
        Assert.Equal(503, (await Send(app, issuer.Token())).Status);
        Assert.Equal(0, app.Calls);
        issuer.IsDown = false;
        Assert.Equal(200, (await Send(app, issuer.Token())).Status);
    }

    [Theory]
    [InlineData(null, "api://orders", "The setting 'Portable:Jwt:Issuer' is missing: set the environment variable Portable__Jwt__Issuer")]
    [InlineData("https://issuer.example", null, "The setting 'Portable:Jwt:Audience' is missing")]
    [InlineData("http://issuer.example", "api://orders", "no https address")]
    public async Task What_is_not_configured_is_named_when_the_process_starts(string? issuer, string? audience, string message)
    {
        await using var app = new PortableApp(
            "local",
            [new HttpFunction("find", "GET", "/", static _ => new(HttpReply.Status(200))) { Authorization = new JwtAuthorization() }, new HttpFunction("open", "GET", "/open", static _ => new(HttpReply.Status(200)))],
            [],
            app => app.Services.AddSingleton(Configuration(issuer, audience)));
        await app.StartAsync(app.FindFunction("open"), cancellationToken: TestContext.Current.CancellationToken); // which needs none of it
        await using var other = app.With();
        var error = await Assert.ThrowsAnyAsync<InvalidOperationException>(async () => await other.StartAsync(cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static SecuredApp App(Issuer issuer, JwtAuthorization policy) => new(
        policy,
        configure: app => app.Services.AddSingleton(new TokenValidator(Configuration(Issuer.Name, "api://orders, api://orders-v2"), new Clock(), NullLogger<TokenValidator>.Instance, issuer)));

    private static IConfiguration Configuration(string? issuer, string? audience) => new ConfigurationBuilder().AddInMemoryCollection(
        [new("Portable:Jwt:Issuer", issuer), new("Portable:Jwt:Audience", audience)]).Build();

    private static Task<(int Status, string Text)> Send(SecuredApp app, string token, string scheme = "Bearer ") => app.SendAsync(("Authorization", scheme + token));

    private static string Changed(string token)
    {
        var parts = token.Split('.');
        var payload = Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(parts[1])).Replace("user-1", "user-2", StringComparison.Ordinal);
        return $"{parts[0]}.{Base64UrlEncoder.Encode(payload)}.{parts[2]}";
    }

    private static string Unsigned(string token) => $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{token.Split('.')[1]}.";

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }

    /// <summary>An issuer with one key, whose metadata is answered without a network.</summary>
    private sealed class Issuer : HttpMessageHandler
    {
        public const string Name = "https://issuer.example/";

        private readonly RsaSecurityKey _key = NewKey("key-1");

        public bool IsDown { get; set; }

        public int Fetched { get; private set; }

        public static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

        public string Token(string audience = "api://orders", string name = Name, DateTime? expires = null, DateTime? notBefore = null, SecurityKey? key = null, string algorithm = SecurityAlgorithms.RsaSha256) =>
            new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = name,
                Audience = audience,
                NotBefore = notBefore ?? Now.AddMinutes(-5),
                Expires = expires ?? Now.AddMinutes(5),
                Subject = new ClaimsIdentity([new Claim("sub", "user-1"), new Claim("scope", "orders:read orders:write"), new Claim("roles", "admin"), new Claim("roles", "staff")]),
                SigningCredentials = new SigningCredentials(key ?? _key, algorithm),
            });

        public string Unended() => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Name,
            Audience = "api://orders",
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
        });

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsDown)
            {
                throw new HttpRequestException("down");
            }

            Fetched++;
            var json = request.RequestUri!.AbsolutePath == "/.well-known/openid-configuration"
                ? $$"""{"issuer":"{{Name}}","jwks_uri":"https://issuer.example/keys"}"""
                : JsonSerializer.Serialize(new { keys = new[] { Published() } });
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
        }

        private object Published()
        {
            var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_key.Rsa.ExportParameters(false)) { KeyId = _key.KeyId });
            return new { kty = "RSA", use = "sig", kid = key.Kid, n = key.N, e = key.E, alg = "RS256" };
        }
    }
}
