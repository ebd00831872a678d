using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT019_LostAfterRetriesTests
{
    [Theory]
    [InlineData("[Function, [|StreamTrigger(\"clicks\")|]] public static void Run(Order order) { }")]
    [InlineData("[Function, [|DeviceTrigger(\"devices/+/telemetry\")|]] public static void Run(Order order) { }")]
    public Task A_source_that_moves_on(string function) => Check.Reports("PORT019", FunctionSource.With(function), "what still failed is gone");

    [Theory]
    [InlineData("[Function, StreamTrigger(\"clicks\"), DeadLetter(\"clicks-dead\")] public static void Run(Order order) { }")]
    [InlineData("[Function, QueueTrigger(\"orders\")] public static void Run(Order order) { }")]
    [InlineData("[Function, StorageTrigger(\"uploads\")] public static void Run(StorageEvent change) { }")]
    public Task A_place_to_go(string function) => Check.Silent(FunctionSource.With(function));

    [Fact]
    public Task A_project_without_Azure()
    {
        var project = new Project(FunctionSource.With("[Function, StreamTrigger(\"clicks\")] public static void Run(Order order) { }"));
        return Check.Silent(project with { Properties = project.Properties.Add("PortableTargetedClouds", "aws,gcp") });
    }
}
