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
