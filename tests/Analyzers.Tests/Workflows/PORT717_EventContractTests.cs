using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT717_EventContractTests
{
    [Theory]
    [InlineData("await flow.Publish([|order|]);", "add [EventContract(\"com.acme.order\", Version = 1)] to it")]
    [InlineData("await flow.Publish([|new Odd(\"a\")|]);", "has a type or version")]
    public Task A_type_without_a_name_for_brokers(string statement, string message) => Check.Reports("PORT717", Source(statement), message);

    [Fact]
    public Task A_contract() => Check.Silent(Source("await flow.Publish(new Placed(order.Id));"));

    private static string Source(string statement) => WorkflowSource.With(statement)
        + "\n[EventContract(\"com.acme.placed\", Version = 2)] public sealed record Placed(string Id);\n[EventContract(\"two words\", Version = 1)] public sealed record Odd(string Id);";
}
