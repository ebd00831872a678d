using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT702_StepSignatureTests
{
    [Fact]
    public Task Shapes_that_no_engine_can_call() => Check.Reports(
        "PORT702",
        """
        using Portable;
        public sealed class Steps
        {
            [Step] public int [|NoTask|](string id) => 1;
            [Step] public Task [|TwoPayloads|](string id, int count) => Task.CompletedTask;
            [Step] public Task [|TokenFirst|](CancellationToken ct, string id) => Task.CompletedTask;
            [Step] public Task [|Generic|]<T>(T value) => Task.CompletedTask;
            [Step] private Task [|Hidden|]() => Task.CompletedTask;
            [Step] public Task [|ByReference|](in int value) => Task.CompletedTask;
        }
        """,
        "Step 'NoTask' must return Task or Task<T>");

    [Fact]
    public Task A_class_that_emitted_code_cannot_make() => Check.Reports(
        "PORT702",
        """
        using Portable;
        public abstract class Steps { [Step] public Task [|Pack|]() => Task.CompletedTask; }
        public sealed class Of<T> { [Step] public Task [|Pack|]() => Task.CompletedTask; }
        """,
        "belongs to the abstract type 'Steps'");

    [Fact]
    public Task Two_workflows_report_a_step_of_a_taken_name_once() => Check.Reports(
        "PORT702",
        """
        using Portable;
        public sealed class Flows
        {
            [Workflow("one")] public async Task One(IWorkflow flow) => await flow.Step(Pack);
            [Workflow("two")] public async Task Two(IWorkflow flow) => await flow.Step(Pack);
            [Step] public Task Pack() => Task.CompletedTask;
            [Step] public Task [|PACK|]() => Task.CompletedTask;
        }
        """,
        "has the name of another step of the class");

    [Fact]
    public Task Fix_makes_a_hidden_step_internal() => Fix.Changes(
        "PORT702",
        """
        using Portable;
        public sealed class Steps
        {
            [Step]
            private protected Task Pack() => Task.CompletedTask;
        }
        """,
        """
        using Portable;
        public sealed class Steps
        {
            [Step]
            internal Task Pack() => Task.CompletedTask;
        }
        """);

    [Fact]
    public Task Every_shape_that_engines_call() => Check.Silent(
        """
        using Portable;
        public interface IStore;
        public sealed class Steps(IStore store)
        {
            private readonly IStore _store = store;
            [Step] public Task Nothing() => Task.CompletedTask;
            [Step] public Task Token(CancellationToken ct) => Task.CompletedTask;
            [Step] public Task<int> Payload(string id) => Task.FromResult(1);
            [Step(TimeoutSeconds = 5), Retry(MaxAttempts = 2)] public Task<int> Both(string id, CancellationToken ct) => Task.FromResult(1);
            [Step] internal static Task Static(string id) => Task.CompletedTask;
        }
        """);
}
