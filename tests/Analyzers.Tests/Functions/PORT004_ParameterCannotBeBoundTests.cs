using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT004_ParameterCannotBeBoundTests
{
    [Theory]
    [InlineData("[Function, HttpTrigger(\"POST\", \"/\")] public static void Run(ref int [|count|]) { }", "'count' cannot be bound on any cloud")]
    [InlineData("[Function, HttpTrigger(\"POST\", \"/\")] public static void Run(Action [|done|]) { }", "cannot be bound on any cloud")]
    [InlineData("[Function, HttpTrigger(\"GET\", \"/\")] public static void Run(Order [|order|]) { }", "would be the body of a GET request")]
    [InlineData("[Function, HttpTrigger(\"GET\", \"/\")] public static void Run([FromQuery] Order [|order|]) { }", "is bound to text")]
    [InlineData("[Function, HttpTrigger(\"GET\", \"/{id}\")] public static void Run(int? [|id|]) { }", "make it neither nullable nor optional")]
    [InlineData("[Function, QueueTrigger(\"orders\")] public static void [|Run|](IStore store) { }", "'Run' reads a queue and takes no message")]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\")] public static void Run(int [|count|]) { }", "cannot come from a schedule")]
    public Task A_parameter_without_a_source(string function, string message) => Check.Reports("PORT004", FunctionSource.With(function), message);

    [Fact]
    public Task Every_source() => Check.Silent(FunctionSource.With(
        """
        [Function, HttpTrigger("POST", "/{id}")] public static void All(Guid id, int page, string? filter, string[] tags, Size size, [FromHeader(Name = "X-Tenant")] string tenant, Order order, IStore store, [FromServices] Clock clock, InvocationContext context, CancellationToken ct) { }
        [Function, QueueTrigger("orders")] public static void One(Message<Order> message, [FromHeader] string tenant, IStore store) { }
        [Function, QueueTrigger("orders")] public static void Batch(IReadOnlyList<Message<Order>> messages, CancellationToken ct) { }
        [Function, ScheduleTrigger("0 3 * * *")] public static void Nightly(ScheduledEvent due, Clock clock) { }
        """));
}
