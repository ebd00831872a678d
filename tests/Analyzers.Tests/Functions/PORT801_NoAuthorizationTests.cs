using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT801_NoAuthorizationTests
{
    [Fact]
    public Task Nothing_is_said() => Check.Reports("PORT801", Source("[Function, HttpTrigger(\"GET\", \"/a\")] public static string [|Get|]() => \"\";"), "says nothing of who may call it");

    [Theory]
    [InlineData("", "[Function, HttpTrigger(\"GET\", \"/a\"), AllowAnonymous] public static string Get() => \"\";")]
    [InlineData("", "[Function, HttpTrigger(\"GET\", \"/a\"), ApiKey(\"orders-key\", Header = \"x-orders-key\")] public static string Get() => \"\";")]
    [InlineData("", "[Function, HttpTrigger(\"GET\", \"/a\"), PlatformAuthorizer(\"Cognito-users\")] public static string Get(System.Security.Claims.ClaimsPrincipal user) => user.Identity?.Name ?? \"\";")]
    [InlineData("[ApiKey(\"orders-key\")]", "[Function, HttpTrigger(\"GET\", \"/a\")] public static string Get() => \"\";\n[Function, HttpTrigger(\"GET\", \"/b\"), AllowAnonymous] public static string Open() => \"\";")]
    [InlineData("", "[Function, QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\")] public static void Take(string order) { }\n[Function, ScheduleTrigger(\"0 3 * * *\")] public static void Nightly() { }")]
    public Task Something_is_said_or_nobody_can_call(string onClass, string functions) => Check.Silent(Source(functions, onClass));

    [Theory]
    [InlineData("[Function, HttpTrigger(\"GET\", \"/a\")]\npublic static string Get() => \"\";", "[Function, HttpTrigger(\"GET\", \"/a\"), AllowAnonymous]\npublic static string Get() => \"\";")]
    [InlineData("[Function]\n[HttpTrigger(\"GET\", \"/a\")] // all\npublic static string Get() => \"\";", "[Function]\n[HttpTrigger(\"GET\", \"/a\"), AllowAnonymous] // all\npublic static string Get() => \"\";")]
    public Task Fix_lets_everybody_in(string before, string after) => Fix.Changes("PORT801", Source(before), Source(after));

    internal static string Source(string functions, string onClass = "") => $$"""
        using Portable;
        namespace Orders;

        {{onClass}}
        public static class OrderFunctions
        {
        {{string.Join('\n', functions.Split('\n').Select(line => line.Length == 0 ? line : "    " + line))}}
        }
        """;
}
