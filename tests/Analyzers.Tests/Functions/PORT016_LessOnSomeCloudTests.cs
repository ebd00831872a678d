using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT016_LessOnSomeCloudTests
{
    [Theory]
    [InlineData("[Function, [|TableTrigger(\"orders\")|], DeadLetter(\"orders-dead\")] public static void Run(TableChange<Order> change) { }", "tells neither deletions nor the row as it was")]
    public Task A_trigger_that_tells_less(string function, string message) => Check.Reports("PORT016", FunctionSource.With(function), message);

    [Theory]
    [InlineData("[Function, QueueTrigger(\"orders\", BatchSize = 5)] public static void Run(Order[] orders) { }")]
    [InlineData("[Function, StreamTrigger(\"clicks\"), DeadLetter(\"clicks-dead\")] public static void Run(StreamRecord<Order> order) { }")]
    [InlineData("[Function, StorageTrigger(\"uploads\", Suffix = \".png\")] public static void Run(StorageEvent changed) { }")]
    [InlineData("[Function, DeviceTrigger(\"devices/+/telemetry\"), DeadLetter(\"telemetry-dead\")] public static void Run(DeviceMessage<Order> order) { }")]
    public Task A_trigger_that_is_the_same_everywhere(string function) => Check.Silent(FunctionSource.With(function));
}
