using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT025_PublishedPayloadTests
{
    [Fact]
    public Task A_payload_without_a_contract() => Check.Reports(
        "PORT025",
        FunctionSource.With("""[Function, HttpTrigger("POST", "/a")] public static System.Threading.Tasks.Task Run(Order order, IEventBus events) => events.Publish([|order|]);"""),
        "[EventContract(\"com.acme.order\", Version = 1)]");

    [Fact]
    public Task Payloads_with_a_contract_and_of_any_type() => Check.Silent(FunctionSource.With(
        """
        [EventContract("com.acme.order.placed", Version = 1)] public sealed record OrderPlaced(string Id);
        public static System.Threading.Tasks.Task Any<T>(IEventBus events, T payload) => events.Publish(payload);
        [Function, HttpTrigger("POST", "/a")] public static System.Threading.Tasks.Task Run(Order order, IEventBus events) => events.Publish(new OrderPlaced(order.Id));
        """));
}
