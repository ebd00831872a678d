using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT002_FunctionNameTests
{
    [Theory]
    [InlineData("[[|Function(\"place_order\")|], ScheduleTrigger(\"0 3 * * *\")] public static void Run() { }")]
    [InlineData("[[|Function(\"1st\")|], ScheduleTrigger(\"0 3 * * *\")] public static void Run() { }")]
    [InlineData("[[|Function(\"\")|], ScheduleTrigger(\"0 3 * * *\")] public static void Run() { }")]
    [InlineData("[[|Function|], ScheduleTrigger(\"0 3 * * *\")] public static void Place_order() { }")]
    [InlineData("[[|Function|], ScheduleTrigger(\"0 3 * * *\")] public static void Größe() { }")]
    public Task A_name_that_some_cloud_refuses(string function) =>
        Check.Reports("PORT002", FunctionSource.With(function), "is not a name that every cloud accepts");

    [Fact]
    public Task Names_that_every_cloud_takes() => Check.Silent(FunctionSource.With(
        """
        [Function, ScheduleTrigger("0 3 * * *")] public static void PlaceOrder2() { }
        [Function("place-order"), ScheduleTrigger("0 3 * * *")] public static void Place_order() { }
        """));

    [Theory]
    [InlineData("[Function(\"place_order!\", TimeoutSeconds = 5), ScheduleTrigger(\"0 3 * * *\")] public static void Run() { }", "[Function(\"place-order\", TimeoutSeconds = 5), ScheduleTrigger(\"0 3 * * *\")] public static void Run() { }")]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\")] public static void Place_order() { }", "[Function(\"Place-order\"), ScheduleTrigger(\"0 3 * * *\")] public static void Place_order() { }")]
    [InlineData("[Function(TimeoutSeconds = 5), ScheduleTrigger(\"0 3 * * *\")] public static void Place_order() { }", "[Function(\"Place-order\", TimeoutSeconds = 5), ScheduleTrigger(\"0 3 * * *\")] public static void Place_order() { }")]
    public Task Fix_proposes_the_nearest_name(string before, string after) => Fix.Changes("PORT002", FunctionSource.With(before), FunctionSource.With(after));
}
