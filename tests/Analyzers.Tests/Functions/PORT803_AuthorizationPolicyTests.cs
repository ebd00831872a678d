using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT803_AuthorizationPolicyTests
{
    [Theory]
    [InlineData("[Function, HttpTrigger(\"GET\", \"/a\"), AllowAnonymous, ApiKey(\"key\")] public static string [|Get|]() => \"\";", "has several policies")]
    [InlineData("[Function, HttpTrigger(\"GET\", \"/a\"), ApiKey(\"Orders_Key\")] public static string [|Get|]() => \"\";", "not every cloud accepts")]
    [InlineData("[Function, HttpTrigger(\"GET\", \"/a\"), ApiKey(\"key\", Header = \"x key\")] public static string [|Get|]() => \"\";", "no name of a header")]
    [InlineData("[Function, HttpTrigger(\"GET\", \"/a\"), PlatformAuthorizer(\"\")] public static string [|Get|]() => \"\";", "use letters, digits and hyphens")]
    [InlineData("[Function, QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\"), [|ApiKey(\"key\")|]] public static void Take(string order) { }", "not started by HTTP")]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\"), [|AllowAnonymous|]] public static void Nightly() { }", "not started by HTTP")]
    public Task What_cannot_be_checked(string function, string message) => Check.Reports("PORT803", PORT801_NoAuthorizationTests.Source(function), message);

    [Fact]
    public Task Several_on_the_class() => Check.Reports("PORT803", PORT801_NoAuthorizationTests.Source("[Function, HttpTrigger(\"GET\", \"/a\")] public static string [|Get|]() => \"\";", "[AllowAnonymous, ApiKey(\"key\")]"), "has several policies");

    [Fact]
    public Task A_class_may_have_other_functions_too() => Check.Silent(PORT801_NoAuthorizationTests.Source("[Function, QueueTrigger(\"orders\"), DeadLetter(\"orders-dead\")] public static void Take(string order) { }", "[ApiKey(\"key\")]"));
}
