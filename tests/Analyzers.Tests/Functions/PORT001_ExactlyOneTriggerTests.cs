using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT001_ExactlyOneTriggerTests
{
    [Theory]
    [InlineData("[Function] public static void [|Run|]() { }", "Function 'Run' has no trigger")]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\"), HttpTrigger(\"GET\", \"/\")] public static void [|Run|]() { }", "has several triggers")]
    [InlineData("[ScheduleTrigger(\"0 3 * * *\")] public static void [|Run|]() { }", "has a trigger and no [Function]")]
    public Task None_or_several(string function, string message) => Check.Reports("PORT001", FunctionSource.With(function), message);

    [Fact]
    public Task One_of_each_kind() => Check.Silent(FunctionSource.With(
        """
        [Function, HttpTrigger("GET", "/")] public static string Get() => "";
        [Function, QueueTrigger("orders")] public static void Take(Order order) { }
        [Function, ScheduleTrigger("0 3 * * *")] public static void Nightly() { }
        """));

    [Theory]
    [InlineData("[HttpTrigger(\"GET\", \"/\")]\npublic static string Get() => \"\";", "[Function, HttpTrigger(\"GET\", \"/\")]\npublic static string Get() => \"\";")]
    [InlineData("[Obsolete, HttpTrigger(\"GET\", \"/\")]\npublic static string Get() => \"\";", "[Function, Obsolete, HttpTrigger(\"GET\", \"/\")]\npublic static string Get() => \"\";")]
    public Task Fix_makes_it_a_function(string before, string after) => Fix.Changes("PORT001", FunctionSource.With(before), FunctionSource.With(after));

    [Fact]
    public Task Fix_chooses_no_trigger() => Fix.NotOffered("PORT001", FunctionSource.With("[Function] public static void Run() { }"));
}
