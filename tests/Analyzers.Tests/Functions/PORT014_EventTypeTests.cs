using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT014_EventTypeTests
{
    [Theory]
    [InlineData("[Function, [|EventTrigger|]] public static void Run(Order order) { }", "does not say which events")]
    [InlineData("[Function, [|EventTrigger(\"com.acme.other\")|]] public static void Run(Placed placed) { }", "the contract of its payload is 'com.acme.order.placed'")]
    [InlineData("[Function, [|EventTrigger(\"com.acme.order placed\")|]] public static void Run(Order order) { }", "which not every broker takes")]
    [InlineData("[Function, [|EventTrigger(\"com.acme.order.v2\")|]] public static void Run(Order order) { }", "state the version beside it")]
    public Task A_trigger_that_no_subscription_can_be_made_of(string function, string message) => Check.Reports("PORT014", With(function), message);

    [Theory]
    [InlineData("[Function, EventTrigger] public static void Run(Placed placed) { }")]
    [InlineData("[Function, EventTrigger] public static void Run(Event<Placed> placed) { }")]
    [InlineData("[Function, EventTrigger(\"com.acme.order.placed\")] public static void Run(Placed placed) { }")]
    [InlineData("[Function, EventTrigger(\"com.acme.order-placed.vx\", UnknownVersions = UnknownVersions.Skip), DeadLetter(\"orders-dead\")] public static void Run(Event<Order> placed) { }")]
    public Task A_type_from_the_contract_or_the_attribute(string function) => Check.Silent(With(function));

    private static string With(string function) => FunctionSource.With(function) + "\n[EventContract(\"com.acme.order.placed\", Version = 2)] public sealed record Placed(string Id);";
}
