using Portable.Generator.Tests.Harness;

namespace Portable.Generator.Tests;

/// <summary>Who may call an HTTP function: what is emitted of it, and what the manifest says.</summary>
public sealed class AuthorizationTests
{
    private const string Functions = """
        using System.Security.Claims;
        [ApiKey("orders-key", Header = "x-orders-key")]
        public static class F
        {
            [Function("keyed"), HttpTrigger("GET", "/keyed")] public static string Keyed(ClaimsPrincipal user) => user.Identity?.Name ?? "";
            [Function("open"), HttpTrigger("GET", "/open"), AllowAnonymous] public static string Open() => "";
            [Function("token"), HttpTrigger("GET", "/token"), Authorize(Scope = "orders:read", Role = "a\"b")] public static string Token() => "";
            [Function("platform"), HttpTrigger("GET", "/platform"), PlatformAuthorizer("staff")] public static string Platform() => "";
            [Function("take"), QueueTrigger("orders")] public static void Take(string text) { }
        }
        public static class G
        {
            [Function("silent"), HttpTrigger("GET", "/silent")] public static string Silent() => "";
            public static class Inner { [Function("deep"), HttpTrigger("GET", "/deep")] public static string Deep() => ""; }
        }
        """;

    private const string Package = "namespace Portable.Jwt { public sealed class JwtAuthorization(string? scope, string? role) : Portable.Runtime.HttpAuthorization { public override ValueTask<Portable.Runtime.HttpReply?> CheckAsync(Portable.Runtime.HttpCall call, TimeProvider time) => throw new NotSupportedException(scope + role); } }";

    [Theory]
    [InlineData("F_Keyed", " { Authorization = new global::Portable.Runtime.ApiKeyAuthorization(\"orders-key\", \"x-orders-key\") };")]
    [InlineData("F_Token", " { Authorization = new global::Portable.Jwt.JwtAuthorization(\"orders:read\", \"a\\\"b\") };")]
    [InlineData("F_Platform", " { Authorization = new global::Portable.Runtime.PlatformAuthorization(\"staff\") };")]
    [InlineData("F_Open", null)]
    [InlineData("F_Take", null)]
    [InlineData("G_Silent", null)]
    [InlineData("G_Inner_Deep", null)]
    public void The_definition_has_the_policy(string file, string? policy)
    {
        var run = Run.Of(new Project(Functions, Package));
        run.AssertCompiles();
        var text = run.Text(file + ".g.cs");
        if (policy is null)
        {
            Assert.DoesNotContain("Authorization", text, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(policy, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Without_the_package_nobody_is_let_in()
    {
        var run = Run.Of(new Project(Functions));
        run.AssertCompiles();
        Assert.Contains("new global::Portable.Runtime.MissingAuthorization(\"Portable.Jwt\")", run.Text("F_Token.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_user_is_a_parameter() => Assert.Contains("Keyed(call.Context.User)", Run.Of(new Project(Functions)).Text("F_Keyed.g.cs"), StringComparison.Ordinal);

    [Fact]
    public void The_manifest_tells_whoever_deploys()
    {
        using var manifest = System.Text.Json.JsonDocument.Parse(EmittedCodeTests.Artifacts(Run.Of(new Project(Functions)))["portable.json"]);
        var policies = manifest.RootElement.GetProperty("functions").EnumerateArray().ToDictionary(
            static function => function.GetProperty("name").GetString()!, static function => function.TryGetProperty("authorization", out var policy) ? policy.GetRawText().Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal) : null);
        Assert.Equal("""{"type":"apiKey","secret":"orders-key","header":"x-orders-key"}""", policies["keyed"]);
        Assert.Equal("""{"type":"anonymous"}""", policies["open"]);
        Assert.Equal("""{"type":"jwt","scope":"orders:read","role":"a\u0022b"}""", policies["token"]!.Replace("\\\"", "\\u0022", StringComparison.Ordinal));
        Assert.Equal("""{"type":"platform","name":"staff"}""", policies["platform"]);
        Assert.Null(policies["silent"]);
        Assert.Null(policies["take"]);
        var secrets = manifest.RootElement.GetProperty("functions").EnumerateArray().Single(static function => function.GetProperty("name").GetString() == "keyed").GetProperty("secrets");
        Assert.Equal("orders-key", Assert.Single(secrets.EnumerateArray()).GetString());
    }

    [Fact]
    public void Of_two_policies_the_one_that_lets_fewer_in_holds()
    {
        var run = Run.Start(new Project("public static class F { [Function, HttpTrigger(\"GET\", \"/\"), AllowAnonymous, ApiKey(\"k\")] public static string Get() => \"\"; }"));
        Assert.Contains("ApiKeyAuthorization(\"k\", \"x-api-key\")", run.Text("F_Get.g.cs"), StringComparison.Ordinal);
    }
}
