using Portable.Generator.Tests.Harness;

namespace Portable.Generator.Tests;

/// <summary>Who answers for a function: what the manifest says of it.</summary>
public sealed class OwnerTests
{
    private const string Functions = """
        [assembly: Owner("shop", Alert = " shop@example.com ")]
        public static class F
        {
            [Function("inherited"), HttpTrigger("GET", "/a"), AllowAnonymous] public static string Inherited() => "";
            [Function("own"), HttpTrigger("GET", "/b"), AllowAnonymous, Owner("team \"a\"", Alert = "a")] public static string Own() => "";
        }
        [Owner("team-b")]
        public static class G
        {
            public static class Inner { [Function("outer"), HttpTrigger("GET", "/c"), AllowAnonymous] public static string Outer() => ""; }
        }
        """;

    [Fact]
    public void The_manifest_names_the_nearest_owner_with_its_own_alert()
    {
        var owners = Owners(Functions);

        Assert.Equal(("shop", "shop@example.com"), owners["inherited"]);
        Assert.Equal(("team \"a\"", "a"), owners["own"]);
        Assert.Equal(("team-b", null), owners["outer"]);
    }

    [Fact]
    public void Where_nobody_is_named_the_manifest_says_nothing() =>
        Assert.Null(Owners("public static class F { [Function(\"f\"), HttpTrigger(\"GET\", \"/a\"), AllowAnonymous] public static string Run() => \"\"; }")["f"].Name);

    private static Dictionary<string, (string? Name, string? Alert)> Owners(string source)
    {
        var run = Run.Of(new Project(source));
        run.AssertCompiles();
        using var manifest = System.Text.Json.JsonDocument.Parse(EmittedCodeTests.Artifacts(run)["portable.json"]);
        return manifest.RootElement.GetProperty("functions").EnumerateArray().ToDictionary(
            static function => function.GetProperty("name").GetString()!,
            static function => function.TryGetProperty("owner", out var owner)
                ? ((string?)owner.GetProperty("name").GetString(), owner.TryGetProperty("alert", out var alert) ? alert.GetString() : null)
                : (null, null));
    }
}
