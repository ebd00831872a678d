using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT026_SecretPlaceTests
{
    [Theory]
    [InlineData("int [|key|]", "take it as a string")]
    [InlineData("string? [|key|] = \"sk_live_1\"", "remove the value")]
    [InlineData("byte[] [|key|]", "take it as a string")]
    public Task Of_a_function(string parameter, string message) =>
        Check.Reports("PORT026", FunctionSource.With($"[Function, HttpTrigger(\"GET\", \"/a\")] public static string Get([Secret(\"payment-key\")] {parameter}) => \"\";"), message);

    [Fact]
    public Task Of_a_constructor_that_nobody_calls() =>
        Check.Reports("PORT026", FunctionSource.With("") + """public sealed class Service([Secret("payment-key")] string [|key|]) { public int Length => key.Length; }""", "nothing sets it here");

    [Fact]
    public Task Of_a_method_that_nobody_calls() =>
        Check.Reports("PORT026", FunctionSource.With("""public static void Helper([Secret("payment-key")] string [|key|]) { }"""), "nothing sets it here");

    [Theory]
    [InlineData("public int [|Key|] { get; set; }", "make it a string")]
    [InlineData("public string [|Key|] { get; } = \"\";", "give it a setter")]
    [InlineData("public string [|Key|] { get; init; } = \"\";", "give it a setter")]
    [InlineData("public string [|Key|] { get; private set; } = \"\";", "give it a setter")]
    [InlineData("public static string [|Key|] { get; set; } = \"\";", "plain class")]
    [InlineData("public string [|Key|] { get; set; } = \"sk_live_1\";", "a value in the code")]
    public Task Of_a_property(string property, string message) =>
        Check.Reports("PORT026", FunctionSource.With("") + $"public sealed class Options {{ [Secret(\"payment-key\")] {property} }}", message);

    [Theory]
    [InlineData("public struct Options { [Secret(\"payment-key\")] public string [|Key|] { get; set; } }", "plain class")]
    [InlineData("public class Options<T> { [Secret(\"payment-key\")] public string [|Key|] { get; set; } = \"\"; }", "plain class")]
    [InlineData("public abstract class Options { [Secret(\"payment-key\")] public string [|Key|] { get; set; } = \"\"; }", "plain class")]
    [InlineData("public static class Outer { private class Options { [Secret(\"payment-key\")] public string [|Key|] { get; set; } = \"\"; } }", "in a class that is")]
    [InlineData("file class Options { [Secret(\"payment-key\")] public string [|Key|] { get; set; } = \"\"; }", "in a class that is")]
    public Task Of_a_type_that_options_cannot_be_of(string type, string message) => Check.Reports("PORT026", FunctionSource.With("") + type, message);

    [Fact]
    public Task Where_they_belong() => Check.Silent(FunctionSource.With(
        """
        [Function, HttpTrigger("GET", "/a")] public static string Get([Secret("payment-key")] string key, [Secret("other-key")] string? other = null) => "";
        """) + """
        public sealed class Handlers([Secret("payment-key")] string key)
        {
            [Function("b"), HttpTrigger("GET", "/b"), AllowAnonymous] public int Get() => key.Length;
        }

        public sealed class Options
        {
            [Secret("payment-key")] public string Key { get; set; } = "";
            [Secret("other-key")] internal string? Other { get; set; }
            public string Host { get; set; } = "localhost";
        }
        """);
}
