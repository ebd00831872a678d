using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT701_WorkflowSignatureTests
{
    [Fact]
    public Task Shapes_that_no_engine_can_start() => Check.Reports(
        "PORT701",
        """
        using Portable;
        public sealed class Flows
        {
            [Workflow("a")] public Task [|NotAsync|](IWorkflow flow) => flow.Step(Pack);
            [Workflow("b")] public async void [|NoTask|](IWorkflow flow) => await flow.Step(Pack);
            [Workflow("c")] public async Task [|NoFlow|](string id) => await Task.CompletedTask;
            [Workflow("d")] public async Task [|TwoInputs|](IWorkflow flow, string id, int count) => await flow.Step(Pack);
            [Workflow("e")] public async Task [|Token|](IWorkflow flow, CancellationToken ct) => await flow.Step(Pack);
            [Workflow("f")] public async Task [|Generic|]<T>(IWorkflow flow, T value) => await flow.Step(Pack);
            [Workflow("g")] private async Task [|Hidden|](IWorkflow flow) => await flow.Step(Pack);
            [Step] public Task Pack() => Task.CompletedTask;
        }
        """,
        "Workflow 'NotAsync' must be async");

    [Fact]
    public Task A_class_that_emitted_code_cannot_make() => Check.Reports(
        "PORT701",
        """
        using Portable;
        public sealed class Outer
        {
            private sealed class Flows
            {
                [Workflow("a")] public async Task [|Run|](IWorkflow flow) => await flow.Step(Pack);
                [Step] public static Task [|Pack|]() => Task.CompletedTask;
            }
        }
        """.Replace("[|Pack|]", "Pack").Replace("[Step] public static Task Pack", "public static Task Pack").Replace("await flow.Step(Pack)", "await Task.CompletedTask"));

    [Fact]
    public Task With_and_without_input_and_result() => Check.Silent(
        """
        using Portable;
        public interface IStore;
        public sealed class Flows(IStore store)
        {
            private readonly IStore _store = store;
            [Workflow("a")] public async Task One(IWorkflow flow) => await flow.Step(Pack);
            [Workflow("b")] public async Task<int> Two(IWorkflow flow) { var count = await flow.Step(Count); return count; }
            [Workflow("c")] public async Task<string> Three(IWorkflow flow, string id) { await flow.Step(Pack); return id; }
            [Workflow("d")] internal static async Task Four(IWorkflow flow, string id) => await flow.Step(Send, id);
            [Step] public Task Pack() => Task.CompletedTask;
            [Step] public Task<int> Count() => Task.FromResult(1);
            [Step] public static Task Send(string id) => Task.CompletedTask;
        }
        """);
}
