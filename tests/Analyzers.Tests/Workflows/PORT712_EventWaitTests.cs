using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT712_EventWaitTests
{
    [Theory]
    [InlineData("await flow.Event<Receipt>([|order.Id|], TimeSpan.FromDays(1));", "no constant")]
    [InlineData("await flow.Event<Receipt>([|\"two words\"|], TimeSpan.FromDays(1));", "letters, digits, hyphens and underscores")]
    [InlineData("await [|flow.Event<Receipt>(\"approval\", TimeSpan.Zero)|];", "timeout above zero")]
    public Task A_wait_that_not_every_engine_can_do(string statement, string message) => Check.Reports("PORT712", WorkflowSource.With(statement), message);

    [Fact]
    public Task Constant_names() => Check.Silent(WorkflowSource.With("const string Name = \"approval_1-b\"; return await flow.Event<Receipt>(Name, TimeSpan.FromSeconds(order.Cents));"));
}
