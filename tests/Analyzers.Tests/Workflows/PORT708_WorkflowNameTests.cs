using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT708_WorkflowNameTests
{
    [Fact]
    public Task Two_workflows_of_one_name() => Check.Reports(
        "PORT708",
        """
        using Portable;
        public sealed class First
        {
            [Workflow([|"fulfilment"|])] public async Task Run(IWorkflow flow) => await flow.Step(Pack);
            [Step] public Task Pack() => Task.CompletedTask;
        }
        public sealed class Second
        {
            [Workflow([|"fulfilment"|])] public async Task Run(IWorkflow flow) => await flow.Step(Pack);
            [Step] public Task Pack() => Task.CompletedTask;
        }
        """,
        "The workflow name 'fulfilment' is also the name of Second.Run");

    [Theory]
    [InlineData("Order_Fulfilment")]
    [InlineData("1st")]
    [InlineData("")]
    public Task A_name_that_some_engine_refuses(string name) => Check.Reports(
        "PORT708",
        $$"""
        using Portable;
        public sealed class Flows
        {
            [[|Workflow("{{name}}")|]] public async Task Run(IWorkflow flow) => await flow.Step(Pack);
            [Step] public Task Pack() => Task.CompletedTask;
        }
        """,
        "is not a name that every engine accepts");

    [Theory]
    [InlineData("Order_Fulfilment", "order-fulfilment")]
    [InlineData("OrderFulfilment2Go", "order-fulfilment2-go")]
    [InlineData("  orders/again! ", "orders-again")]
    public Task Fix_proposes_the_nearest_name(string before, string after)
    {
        return Fix.Changes("PORT708", Source(before), Source(after));

        static string Source(string name) => $$"""
            using Portable;
            public sealed class Flows
            {
                [Workflow("{{name}}", TimeoutSeconds = 5)] public async Task Run(IWorkflow flow) => await flow.Step(Pack);
                [Step] public Task Pack() => Task.CompletedTask;
            }
            """;
    }

    [Fact]
    public Task Fix_invents_no_word() => Fix.NotOffered(
        "PORT708",
        """
        using Portable;
        public sealed class Flows
        {
            [Workflow("1st")] public async Task Run(IWorkflow flow) => await flow.Step(Pack);
            [Step] public Task Pack() => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Names_of_their_own() => Check.Silent(
        """
        using Portable;
        public sealed class Flows
        {
            [Workflow("one")] public async Task One(IWorkflow flow) => await flow.Step(Pack);
            [Workflow("two")] public async Task Two(IWorkflow flow) => await flow.Step(Pack);
            [Step] public Task Pack() => Task.CompletedTask;
        }
        """);
}
