using Portable.Analyzers.Tests.Functions;
using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Limits;

public sealed class PORT403_BatchLimitTests
{
    [Theory]
    [InlineData("[Function, QueueTrigger(\"orders\", [|BatchSize = 10_001|])] public static void Run(Order order) { }", "'Run' asks for batches of 10001, and aws delivers at most 10,000 messages of a queue at a time (AWS Lambda, event source mappings: BatchSize): ask for less")]
    [InlineData("[Function, QueueTrigger(\"orders\", [|BatchSize = 11|], Ordered = true)] public static void Run(Order order) { }", "and aws delivers at most 10 messages of a FIFO queue at a time")]
    [InlineData("[Function, StreamTrigger(\"clicks\", [|BatchSize = 20_000|])] public static void Run(Order order) { }", "10,000 records of a stream")]
    [InlineData("[Function, TableTrigger(\"orders\", [|BatchSize = 20_000|])] public static void Run(TableChange<Order> change) { }", "10,000 changes of a table")]
    public Task Larger_than_a_cloud_delivers(string function, string message) => Check.Reports("PORT403", For("aws", function), message);

    [Theory]
    [InlineData("aws", "[Function, QueueTrigger(\"orders\", BatchSize = 10_000)] public static void Run(Order order) { }")]
    [InlineData("aws", "[Function, QueueTrigger(\"orders\", BatchSize = 10, Ordered = true)] public static void Run(Order order) { }")]
    [InlineData("aws", "[Function, QueueTrigger(\"orders\", Ordered = true)] public static void Run(Order order) { }")]
    [InlineData("gcp", "[Function, QueueTrigger(\"orders\", BatchSize = 100, Ordered = true)] public static void Run(Order order) { }")]
    public Task Delivered_by_every_targeted_cloud(string clouds, string function) => Check.Silent(For(clouds, function));

    [Fact]
    public Task The_fix_asks_for_what_every_cloud_delivers() => Fix.Changes(
        "PORT403",
        For("aws,gcp", "[Function, QueueTrigger(\"orders\", BatchSize = 20000)] public static void Run(Order order) { }"),
        For("aws,gcp", "[Function, QueueTrigger(\"orders\", BatchSize = 10000)] public static void Run(Order order) { }"));

    private static string For(string clouds, string function) => $"// property: PortableTargetedClouds={clouds}\n{FunctionSource.With(function)}";
}
