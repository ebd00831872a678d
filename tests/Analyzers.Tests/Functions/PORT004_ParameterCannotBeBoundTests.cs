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
    [InlineData("[Function, QueueTrigger(\"orders\")] public static void [|Run|](IStore store) { }", "'Run' has a queue trigger and takes no message")]
    [InlineData("[Function, StorageTrigger(\"uploads\")] public static void Run(Order [|order|]) { }", "not what a storage trigger delivers: take StorageEvent")]
    [InlineData("[Function, StorageTrigger(\"uploads\")] public static void Run(StorageEvent[] [|changes|]) { }", "storage triggers deliver one at a time")]
    [InlineData("[Function, StreamTrigger(\"clicks\")] public static void Run(Message<Order> [|order|]) { }", "take StreamRecord<T>, or the body itself")]
    [InlineData("[Function, DeviceTrigger(\"a/b\")] public static void Run(List<Order> [|orders|]) { }", "device triggers deliver one at a time")]
    [InlineData("[Function, StorageTrigger(\"uploads\")] public static void Run(StorageEvent change, [FromHeader] string [|tenant|]) { }", "storage triggers deliver none")]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\")] public static void Run(int [|count|]) { }", "cannot come from a schedule")]
    public Task A_parameter_without_a_source(string function, string message) => Check.Reports("PORT004", FunctionSource.With(function), message);

    [Fact]
    public Task Every_source() => Check.Silent(FunctionSource.With(
        """
        [Function, HttpTrigger("POST", "/{id}")] public static void All(Guid id, int page, string? filter, string[] tags, Size size, [FromHeader(Name = "X-Tenant")] string tenant, Order order, IStore store, [FromServices] Clock clock, InvocationContext context, CancellationToken ct) { }
        [Function, QueueTrigger("orders")] public static void One(Message<Order> message, [FromHeader] string tenant, IStore store) { }
        [Function, QueueTrigger("orders")] public static void Batch(IReadOnlyList<Message<Order>> messages, CancellationToken ct) { }
        [Function, StreamTrigger("clicks"), DeadLetter("dead")] public static void Records(IReadOnlyList<StreamRecord<Order>> records, CancellationToken ct) { }
        [Function, StreamTrigger("views"), DeadLetter("dead")] public static void Record(Order order, [FromHeader] string tenant) { }
        [Function, StorageTrigger("uploads", On = StorageChange.Deleted, Prefix = "in/")] public static void Deleted(StorageEvent change, IStore store) { }
        [Function, EventTrigger("com.acme.order.placed")] public static void Placed(Event<Order> placed, InvocationContext context) { }
        [Function, DeviceTrigger("devices/+/telemetry"), DeadLetter("dead")] public static void Telemetry(DeviceMessage<Order> message) { }
        [Function, ScheduleTrigger("0 3 * * *")] public static void Nightly(ScheduledEvent due, Clock clock) { }
        """));
}
