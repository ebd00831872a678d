using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT009_HandlerNotCallableTests
{
    [Theory]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\")] private static void [|Run|]() { }", "is not visible to emitted code")]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\")] public static void [|Run|]<T>() { }", "is generic")]
    [InlineData("private static class Inner { [Function, ScheduleTrigger(\"0 3 * * *\")] public static void [|Run|]() { } }", "belongs to 'Inner', which emitted code cannot see")]
    [InlineData("public abstract class Inner { [Function, ScheduleTrigger(\"0 3 * * *\")] public void [|Run|]() { } }", "belongs to the abstract type 'Inner'")]
    [InlineData("public class Inner<T> { [Function, ScheduleTrigger(\"0 3 * * *\")] public static void [|Run|]() { } }", "belongs to the generic type 'Inner'")]
    public Task A_method_that_emitted_code_cannot_call(string function, string message) => Check.Reports("PORT009", FunctionSource.With(function), message);

    [Fact]
    public Task Overloads_share_an_entry_point() => Check.Reports(
        "PORT009",
        FunctionSource.With(
            """
            [Function, HttpTrigger("GET", "/orders")] public static string Get() => "";
            [Function("GetOne"), HttpTrigger("GET", "/orders/{id}")] public static string [|GET|](string id) => id;
            """),
        "shares its name, ignoring case, with another [Function]");

    [Theory]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\")] static void Run() { }", "[Function, ScheduleTrigger(\"0 3 * * *\")] internal static void Run() { }")]
    [InlineData("/// <summary>Runs.</summary>\n[Function, ScheduleTrigger(\"0 3 * * *\")]\nprivate static void Run() { }", "/// <summary>Runs.</summary>\n[Function, ScheduleTrigger(\"0 3 * * *\")]\ninternal static void Run() { }")]
    [InlineData("// Inner.\nclass Inner { [Function, ScheduleTrigger(\"0 3 * * *\")] public static void Run() { } }", "// Inner.\ninternal class Inner { [Function, ScheduleTrigger(\"0 3 * * *\")] public static void Run() { } }")]
    public Task Fix_makes_it_internal(string before, string after) => Fix.Changes("PORT009", FunctionSource.With(before), FunctionSource.With(after));

    [Fact]
    public Task Fix_is_not_offered_for_a_generic_method() =>
        Fix.NotOffered("PORT009", FunctionSource.With("[Function, ScheduleTrigger(\"0 3 * * *\")] public static void Run<T>() { }"));
}
