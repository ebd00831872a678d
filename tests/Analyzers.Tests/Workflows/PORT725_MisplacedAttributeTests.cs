using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT725_MisplacedAttributeTests
{
    [Fact]
    public Task Where_nobody_reads_it() => Check.Reports(
        "PORT725",
        """
        using Portable;
        public sealed record Order(string Id);
        [[|Native|]]
        public sealed class Steps
        {
            [[|Retry|]] public Task A(Order order) => Task.CompletedTask;
            [[|Idempotent(nameof(Order.Id))|]] public Task B(Order order) => Task.CompletedTask;
            [[|Compensate(nameof(Undo))|]] public Task C(Order order) => Task.CompletedTask;
            [[|Native|]] public Task D(Order order) => Task.CompletedTask;
            [Step] public Task Undo() => Task.CompletedTask;
        }
        """,
        "forbids generated steps");

    [Fact]
    public Task On_a_workflow() => Check.Reports(
        "PORT725",
        """
        using Portable;
        public sealed class Flow
        {
            [Workflow("w"), [|Retry(MaxAttempts = 2)|]] public async Task Run(IWorkflow flow) => await flow.Step(Work);
            [Step] public Task Work() => Task.CompletedTask;
        }
        """,
        "its steps are what is called again");

    [Fact]
    public Task In_their_place() => Check.Silent(
        """
        using Portable;
        public sealed record Order(string Id);
        [Native]
        public sealed class Flow
        {
            [Workflow("w"), Native] public async Task Run(IWorkflow flow, Order order) => await flow.Step(Work, order);
            [Step, Retry, Idempotent(nameof(Order.Id)), Compensate(nameof(Undo))] public Task Work(Order order) => Task.CompletedTask;
            [Step] public Task Undo() => Task.CompletedTask;
            [Function("f"), Retry, QueueTrigger("orders"), DeadLetter("orders-dead")] public Task Take(Order order) => Task.CompletedTask;
        }
        """);
}
