using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT706_NotAStepTests
{
    [Theory]
    [InlineData("await flow.Step([|(Order o) => Pack(o)|], order);", "runs something that is no method group")]
    [InlineData("await flow.Step([|Send|], order);", "runs 'Send', which has no [Step]")]
    [InlineData("await flow.Step([|Elsewhere.Send|], order);", "runs 'Send' of another object")]
    public Task Something_that_is_not_deployed(string statement, string message) => Check.Reports(
        "PORT706",
        WorkflowSource.With(statement, "public Task Send(Order order) => Task.CompletedTask;") + "\npublic static class Elsewhere { [Step] public static Task Send(Order order) => Task.CompletedTask; }",
        message);

    [Fact]
    public Task Steps_and_inferences() => Check.Silent(
        """
        using Portable;
        public sealed record Order(string Id);
        public sealed partial class Fulfilment
        {
            [Workflow("fulfilment")]
            public async Task Run(IWorkflow flow, Order order)
            {
                await flow.Step(Send, order);
                await flow.Step(Score, order);
            }

            [Step] public Task Send(Order order, CancellationToken ct) => Task.CompletedTask;
            [Inference("risk-model", TimeoutSeconds = 5)] public partial Task<Order> Score(Order order);
        }
        """);

    [Fact]
    public Task Fix_makes_the_method_a_step() => Fix.Changes(
        "PORT706",
        WorkflowSource.With(
            "await flow.Step(Send, order);",
            """
            /// <summary>Sends it.</summary>
            public Task Send(Order order) => Task.CompletedTask;
            """),
        WorkflowSource.With(
            "await flow.Step(Send, order);",
            """
            /// <summary>Sends it.</summary>
            [Step]
            public Task Send(Order order) => Task.CompletedTask;
            """));

    [Fact]
    public Task Fix_goes_before_other_attributes() => Fix.Changes(
        "PORT706",
        WorkflowSource.With(
            "await flow.Step(this.Send, order);",
            """
            [Retry(MaxAttempts = 2)]
            public Task Send(Order order) => Task.CompletedTask;
            """),
        WorkflowSource.With(
            "await flow.Step(this.Send, order);",
            """
            [Step]
            [Retry(MaxAttempts = 2)]
            public Task Send(Order order) => Task.CompletedTask;
            """));

    [Fact]
    public Task Fix_is_not_offered_for_a_lambda() => Fix.NotOffered("PORT706", WorkflowSource.With("await flow.Step((Order o) => Pack(o), order);"));
}
