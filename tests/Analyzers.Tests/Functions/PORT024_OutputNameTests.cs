using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT024_OutputNameTests
{
    [Theory]
    [InlineData("Queue(\"Orders\")", "IQueue<Order>", "sends to the queue 'Orders'")]
    [InlineData("Queue(\"or\")", "IQueue<Order>", "3 to 63")]
    [InlineData("Queue(\"or--ders\")", "IQueue<Order>", "single hyphens")]
    [InlineData("Bucket(\"up/loads\")", "IBlobStore", "is the bucket 'up/loads'")]
    [InlineData("Bucket(\"\")", "IBlobStore", "3 to 63")]
    public Task A_name_that_not_every_cloud_takes(string attribute, string type, string message) =>
        Check.Reports("PORT024", FunctionSource.With($"[Function, ScheduleTrigger(\"0 3 * * *\")] public static void Run([[|{attribute}|]] {type} output) {{ }}"), message);

    [Fact]
    public Task Names_that_every_cloud_takes() => Check.Silent(FunctionSource.With(
        """[Function, ScheduleTrigger("0 3 * * *")] public static void Run([Queue("order-lines-2")] IQueue<Order> lines, [Bucket("abc")] IBlobStore uploads) { }"""));
}
