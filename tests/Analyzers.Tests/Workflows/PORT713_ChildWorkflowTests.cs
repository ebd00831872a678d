using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT713_ChildWorkflowTests
{
    [Theory]
    [InlineData("await flow.Child<Order, Receipt>([|order.Id|], order);", "not known at compile time")]
    [InlineData("await flow.Child<Order, Receipt>([|\"missing\"|], order);", "which the project does not have")]
    [InlineData("await flow.Child([|Plain|], order);", "which has no [Workflow]")]
    public Task No_workflow(string statement, string message) => Check.Reports("PORT713", Source(statement), message);

    [Theory]
    [InlineData("return await flow.Child(Other, order);")]
    [InlineData("return await flow.Child<Order, Receipt>(\"other\", order);")]
    [InlineData("await flow.Child(Elsewhere.Run, order);")]
    public Task Workflows(string statement) => Check.Silent(Source(statement));

    private static string Source(string statement) => WorkflowSource.With(
        statement,
        """
        [Workflow("other")] public async Task<Receipt> Other(IWorkflow flow, Order order) => await flow.Step(Pack, order);
        public Task<Receipt> Plain(IWorkflow flow, Order order) => throw new NotSupportedException();
        """) + "\npublic static class Elsewhere { [Workflow(\"elsewhere\")] public static async Task Run(IWorkflow flow, Order order) { await flow.Delay(TimeSpan.FromSeconds(1)); } }";
}
