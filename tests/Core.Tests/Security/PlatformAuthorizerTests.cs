using System.Text;
using Portable.Runtime;

namespace Portable.Core.Tests.Security;

public sealed class PlatformAuthorizerTests
{
    private const string AppService = """{"auth_typ":"aad","name_typ":"n","role_typ":"r","claims":[{"typ":"n","val":"alice"},{"typ":"r","val":"admin"},{"typ":"x"},7]}""";

    private static SecuredApp App(string cloud, params (string Name, string Value)[] environment) =>
        new(new PlatformAuthorization("staff-users", name => environment.FirstOrDefault(pair => pair.Name == name).Value), cloud);

    [Fact]
    public async Task App_service_authentication_says_who_calls()
    {
        await using var app = App("azure", ("WEBSITE_AUTH_ENABLED", "True"));
        Assert.Equal((200, "True alice True"), await app.SendAsync(("X-MS-CLIENT-PRINCIPAL", Base64(AppService))));
        Assert.Equal((401, "Platform authorizer=\"staff-users\" | The platform's authoriser says nothing of the caller."), await app.SendAsync());
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("bnVsbA==")]
    [InlineData("e30=")]
    [InlineData("eyJjbGFpbXMiOltdfQ==")]
    [InlineData("/////w==")]
    public async Task What_no_platform_sends_is_401(string principal)
    {
        await using var app = App("azure", ("WEBSITE_AUTH_ENABLED", "true"));
        Assert.Equal(401, (await app.SendAsync(("X-MS-CLIENT-PRINCIPAL", principal))).Status);
    }

    [Theory]
    [InlineData("azure", "X-MS-CLIENT-PRINCIPAL")]
    [InlineData("gcp", "X-Apigateway-Api-Userinfo")]
    [InlineData("gcp", "X-Goog-Authenticated-User-Id")]
    public async Task A_header_that_anybody_can_send_is_not_believed_unless_the_authoriser_is_in_force(string cloud, string header)
    {
        await using var app = App(cloud);
        Assert.Equal(500, (await app.SendAsync((header, Base64(AppService)))).Status);
        Assert.Equal(0, app.Calls);
    }

    [Theory]
    [InlineData("cloud-run", "Authorization", "Bearer e30.eyJzdWIiOiI3Iiwicm9sZSI6WyJhZG1pbiIsInN0YWZmIl19.SIGNATURE_REMOVED_BY_GOOGLE", "True 7 True")]
    [InlineData("cloud-run", "X-Serverless-Authorization", "bearer e30.eyJzdWIiOiI3In0.x", "True 7 False")]
    [InlineData("api-gateway", "X-Apigateway-Api-Userinfo", "eyJzdWIiOiI3In0", "True 7 False")]
    [InlineData("iap", "X-Goog-Authenticated-User-Id", "accounts.google.com:1234", "True 1234 False")]
    public async Task Googles_authorisers_say_who_calls(string kind, string header, string value, string expected)
    {
        await using var app = App("gcp", ("PORTABLE_AUTHORIZER_STAFF_USERS", kind));
        Assert.Equal((200, expected), await app.SendAsync((header, value)));
        Assert.Equal(401, (await app.SendAsync()).Status);
        if (kind != "iap")
        {
            Assert.Equal(401, (await app.SendAsync((header, "Bearer x.%%.y"))).Status);
        }
    }

    [Fact]
    public async Task Lambdas_event_says_who_calls_and_headers_do_not()
    {
        await using var app = App("aws");
        Assert.Equal((200, "True u-1 False"), await app.SendAsync(new Request([new("sub", "u-1"), new("scope", "a")])));
        Assert.Equal(401, (await app.SendAsync(("X-MS-CLIENT-PRINCIPAL", Base64(AppService)), ("X-Portable-User", "mallory"))).Status);
    }

    [Fact]
    public async Task Locally_a_header_stands_for_the_platform()
    {
        await using var app = App("local");
        Assert.Equal((200, "True alice False"), await app.SendAsync(("X-Portable-User", "alice")));
        Assert.Equal(401, (await app.SendAsync()).Status);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private sealed class Request(IReadOnlyList<KeyValuePair<string, string>> claims) : HttpEnvelope
    {
        public override string Method => "GET";

        public override string Path => "/";

        public override ReadOnlyMemory<byte> Body => default;

        public override IReadOnlyList<KeyValuePair<string, string>> PlatformClaims => claims;

        public override string? Route(string name) => null;

        public override string? Query(string name) => null;

        public override IReadOnlyList<string> QueryAll(string name) => [];

        public override string? Header(string name) => null;
    }
}
