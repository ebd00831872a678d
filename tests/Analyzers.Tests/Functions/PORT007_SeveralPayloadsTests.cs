using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT007_SeveralPayloadsTests
{
    [Theory]
    [InlineData("[Function, HttpTrigger(\"POST\", \"/\")] public static void Run(Order order, Clock [|clock|]) { }")]
    [InlineData("[Function, QueueTrigger(\"orders\")] public static void Run(Message<Order> message, Order [|order|]) { }")]
    public Task A_body_is_read_once(string function) => Check.Reports("PORT007", FunctionSource.With(function), "is a second payload");

    [Fact]
    public Task One_payload_and_services() => Check.Silent(FunctionSource.With(
        """[Function, HttpTrigger("POST", "/")] public static void Run(Order order, [FromServices] Clock clock, IStore store) { }"""));
}
