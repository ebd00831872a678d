using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using Portable.Local;
using Portable.Runtime;
using Portable.Runtime.Json;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

[EventContract("com.acme.placed", Version = 2)]
internal sealed record Placed(string OrderId);

[JsonSerializable(typeof(Placed))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class FlowJson : JsonSerializerContext;

internal sealed record Counted(string Name, int Count);

[JsonSerializable(typeof(Counted))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class SparseJson : JsonSerializerContext;

/// <summary>An application whose workflow is a lambda of the test, over steps from text to text.</summary>
internal sealed class FlowApp
{
    private readonly List<StepDefinition> _steps = [];
    private readonly List<WorkflowDefinition> _workflows = [];

    /// <summary>The calls of steps in the order in which they began: <c>Charge(7)</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public ManualTimeProvider Clock { get; init; } = new();

    public bool IsSaga { get; init; }

    public bool CompensatesOnFailure { get; init; }

    public int TimeoutSeconds { get; init; }

    public IEnumerable<string> Called => Calls;

    public FlowApp Step(string name, Func<string, InvocationContext, Task<string>> body, RetryPolicy? retry = null, StepCompensation? undo = null)
    {
        _steps.Add(new StepDefinition(name, retry ?? RetryPolicy.Once, PrimitiveJson.Default.String, PrimitiveJson.Default.String, async call =>
        {
            var input = call.Input(PrimitiveJson.Default.String);
            Calls.Enqueue($"{name}({input})");
            return StepCall.Output(await body(input, call.Context), PrimitiveJson.Default.String);
        }, Compensation: undo));
        return this;
    }

    public FlowApp Step(string name, Func<string, string>? body = null, RetryPolicy? retry = null, StepCompensation? undo = null) =>
        Step(name, (input, _) => Task.FromResult(body is null ? $"{name}:{input}" : body(input)), retry, undo);

    public FlowApp Keyed(string name, Action<InvocationContext> seen)
    {
        _steps.Add(new StepDefinition(name, RetryPolicy.Once, FlowJson.Default.Placed, null, call =>
        {
            seen(call.Context);
            return new(StepCall.NoOutput);
        }, Key: "orderId"));
        return this;
    }

    public FlowApp KeyedByCount(string name, Action<InvocationContext> seen)
    {
        _steps.Add(new StepDefinition(name, RetryPolicy.Once, SparseJson.Default.Counted, null, call =>
        {
            seen(call.Context);
            return new(StepCall.NoOutput);
        }, Key: "count", KeyDefault: "0"));
        return this;
    }

    public FlowApp Workflow(string name, Func<IWorkflow, string, Task<string>> body)
    {
        _workflows.Add(new WorkflowDefinition(
            name,
            async call => StepCall.Output(await body(call.Flow, call.Input(PrimitiveJson.Default.String)), PrimitiveJson.Default.String),
            _steps,
            TimeoutSeconds)
        {
            Input = PrimitiveJson.Default.String,
            Output = PrimitiveJson.Default.String,
            IsSaga = IsSaga || CompensatesOnFailure,
            CompensatesOnFailure = CompensatesOnFailure,
            Payloads = [PrimitiveJson.Default.String, FlowJson.Default.Placed],
        });
        return this;
    }

    public PortableApp Build() => new("local", [], _workflows, time: Clock);

    public LocalWorkflowEngine Engine(IRunJournal? journal = null) => new(Build(), journal: journal);

    /// <summary>Runs the first workflow to its end.</summary>
    public async Task<LocalRun> RunAsync(string input = "in")
    {
        var engine = Engine();
        var run = engine.Start(_workflows[0].Name, $"\"{input}\"", "run-1");
        await FinishAsync(engine, run);
        return run;
    }

    /// <summary>Lets virtual time pass whenever nothing else can happen.</summary>
    public async Task FinishAsync(LocalWorkflowEngine engine, LocalRun run)
    {
        while (!run.Completion.IsCompleted)
        {
            if (engine.IsIdle && Clock.PendingTimers > 0)
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Waits until the run can only go on by time or from outside.</summary>
    public static async Task WhenIdleAsync(LocalWorkflowEngine engine)
    {
        while (!engine.IsIdle)
        {
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
