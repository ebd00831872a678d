using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Portable.Azure;
using Portable.Runtime;
using Portable.Runtime.Json;
using Portable.Testing;
using Portable.Testing.Durable;

namespace Portable.Workflows.Tests;

/// <summary>Branches, events, children and compensation where the body is replayed from a history.</summary>
public sealed class ReplayedFlowTests
{
    [Fact]
    public async Task The_first_failure_in_time_counts_and_what_still_waits_is_given_up()
    {
        var result = await RunAsync(new Flow(async (flow, input) =>
        {
            try
            {
                await flow.Parallel(
                    flow.Branch(async () =>
                    {
                        await flow.Delay(TimeSpan.FromDays(30));
                        return await flow.RunStep<string, string>("After", input);
                    }),
                    flow.Branch(() => flow.Event<string>("never", TimeSpan.FromDays(30))),
                    flow.Branch(async () =>
                    {
                        await flow.Delay(TimeSpan.FromSeconds(2));
                        return await flow.RunStep<string, string>("Fail", "First");
                    }));
                return "no";
            }
            catch (StepFailed failure)
            {
                return failure.Code;
            }
        }));
        Assert.Equal("\"First\"", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(2), result.Elapsed);
        Assert.Equal(["flow-Fail"], result.Calls.Select(call => call.Name));
    }

    [Fact]
    public async Task A_map_keeps_order_and_width()
    {
        var result = await RunAsync(new Flow(async (flow, _) =>
            string.Concat(await flow.Map(["a", "b", "c", "d", "e"], item => flow.RunStep<string, string>("Slow", item), maxConcurrency: 2))));
        Assert.Equal("\"abcde\"", result.Output);
        Assert.Equal([0, 0, 10, 10, 20], result.Calls.Select(call => call.At.TotalSeconds));
    }

    [Fact]
    public async Task In_a_saga_branches_settle_and_are_undone_in_order()
    {
        var result = await RunAsync(new Flow(async (flow, _) =>
        {
            await flow.Parallel(
                flow.Branch(async () =>
                {
                    await flow.RunStep<string, string>("Do", "1");
                    await flow.Delay(TimeSpan.FromSeconds(60));
                    await flow.RunStep<string, string>("Do", "2");
                    return await flow.RunStep<string, string>("Fail", "Lowest");
                }),
                flow.Branch(async () =>
                {
                    await flow.RunStep<string, string>("Do", "3");
                    return await flow.RunStep<string, string>("Fail", "Earliest");
                }));
            return "no";
        }) { CompensatesOnFailure = true });
        Assert.Equal("Lowest", result.Error?.Failure?.Code);
        Assert.Equal(["\"3\"", "\"2\"", "\"1\""], result.Calls.Where(call => call.Name == "flow-Undo").Select(call => Input(call.Input)));
    }

    [Fact]
    public async Task Events_are_taken_in_order_and_none_is_lost_to_a_wait_that_was_given_up()
    {
        var flow = new Flow(async (flow, _) =>
        {
            var missed = "";
            try
            {
                await flow.Event<string>("answer", TimeSpan.FromSeconds(10));
            }
            catch (StepFailed failure)
            {
                missed = failure.Code;
            }

            await flow.Delay(TimeSpan.FromSeconds(60));
            var first = await flow.Event<string>("answer", TimeSpan.FromSeconds(10));
            var (second, third) = await flow.Parallel(
                flow.Branch(() => flow.Event<string>("answer", TimeSpan.FromSeconds(100))),
                flow.Branch(() => flow.Event<string>("answer", TimeSpan.FromSeconds(100))));
            return missed + first + second + third;
        });
        ScriptedEvent[] events =
        [
            new("answer", "\"a\"", TimeSpan.FromSeconds(20)),
            new("answer", "\"b\"", TimeSpan.FromSeconds(30)),
            new("answer", "\"c\"", TimeSpan.FromSeconds(90)),
        ];
        var result = await RunAsync(flow, events);
        Assert.Equal("\"Timeoutabc\"", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(90), result.Elapsed);
    }

    [Fact]
    public async Task Another_workflow_runs_under_an_identifier_of_ours_and_its_failure_is_ours()
    {
        var children = new List<string>();
        var result = await RunAsync(
            new Flow(async (flow, input) =>
            {
                var good = await flow.Child<string, string>("child", input);
                try
                {
                    return await flow.Child<string, string>("child", "bad");
                }
                catch (StepFailed failure)
                {
                    return $"{good} {failure.Code} {failure.Message} {failure.FailureData}";
                }
            }),
            child: call =>
            {
                children.Add(call.Step);
                return new(call.Input == "\"bad\"" ? StepReply.Fail("Lost", "lost: it", "{}") : StepReply.Success("\"good\""));
            });
        Assert.Equal("\"good Lost lost: it {}\"", result.Output);
        Assert.Equal(["child", "child"], children);
    }

    [Fact]
    public async Task A_programming_error_fails_the_run_with_its_name_and_undoes_nothing()
    {
        var result = await RunAsync(new Flow(async (flow, input) =>
        {
            await flow.RunStep<string, string>("Do", input);
            var zero = input.Length - 2;
            try
            {
                await flow.TryMap(["a"], _ => Task.FromResult(1 / zero));
            }
            catch (StepFailed)
            {
                return "caught";
            }

            return "no";
        }) { CompensatesOnFailure = true });
        Assert.Equal("DivideByZeroException", result.Error?.Failure?.Code);
        Assert.Equal(["flow-Do"], result.Calls.Select(call => call.Name));
    }

    [Fact]
    public async Task Published_events_go_through_an_activity_with_an_identifier_of_their_own()
    {
        var result = await RunAsync(new Flow(async (flow, _) =>
        {
            await flow.Publish(new Happened("x"));
            return $"{flow.NewGuid() != flow.NewGuid()} {flow.UtcNow:yyyy}";
        }));
        Assert.Equal("\"True 2026\"", result.Output);
        var call = Assert.Single(result.Calls);
        Assert.Equal("flow" + ReplayedWorkflow.PublishSuffix, call.Name);
        var request = StepRequest.Parse(Encoding.UTF8.GetBytes(call.Input));
        Assert.Equal(new PublishedEvent("run-1-0", "portable.flow", "com.acme.happened", 3, """{"id":"x"}"""), PublishedEventJson.Read(request.Input));
    }

    private static string Input(string request) => Encoding.UTF8.GetString(StepRequest.Parse(Encoding.UTF8.GetBytes(request)).Input.Span);

    private static async Task<SimulationResult> RunAsync(Flow flow, IReadOnlyList<ScriptedEvent>? events = null, StepHandlerDelegate? child = null)
    {
        await using var app = new PortableApp("azure", [], [flow.Definition]);
        var engine = new ReplayEngine(
            async replay =>
            {
                using var input = JsonDocument.Parse(replay.Input!);
                return (await new ReplayedWorkflow(flow.Definition, new Context(replay)).RunAsync(input.RootElement.Clone(), app.Services)).GetRawText();
            },
            new ReplayOptions { Events = events ?? [], ChildHandler = child });
        var result = await engine.RunAsync("\"in\"", call => new(flow.Answer(call)), TestContext.Current.CancellationToken);
        engine.VerifyReplay();
        return result;
    }

    [EventContract("com.acme.happened", Version = 3)]
    private sealed record Happened(string Id);

    /// <summary>A workflow that is a lambda of the test, over steps from text to text.</summary>
    private sealed class Flow(Func<IWorkflow, string, Task<string>> body)
    {
        private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

        public bool CompensatesOnFailure { get; init; }

        public WorkflowDefinition Definition => new(
            "flow",
            async call => StepCall.Output(await body(call.Flow, call.Input(PrimitiveJson.Default.String)), PrimitiveJson.Default.String),
            [Step("After"), Step("Fail"), Step("Slow"), Step("Do") with { Compensation = new StepCompensation("Undo", TakesResult: false) }, Step("Undo")])
        {
            IsSaga = CompensatesOnFailure,
            CompensatesOnFailure = CompensatesOnFailure,
            Payloads = [PrimitiveJson.Default.String, Options.GetTypeInfo(typeof(Happened))],
        };

        public StepReply Answer(StepInvocation call)
        {
            var request = StepRequest.Parse(Encoding.UTF8.GetBytes(call.Input));
            var input = Encoding.UTF8.GetString(request.Input.Span);
            return request.Step switch
            {
                "Fail" => StepReply.Fail(input.Trim('"')),
                "Slow" => StepReply.Success(input, TimeSpan.FromSeconds(10)),
                _ => StepReply.Success(input),
            };
        }

        private static StepDefinition Step(string name) =>
            new(name, RetryPolicy.Once, PrimitiveJson.Default.String, PrimitiveJson.Default.String, _ => throw new InvalidOperationException("Activities run elsewhere."));
    }

    private sealed class Context(ReplayContext replay) : IReplayContext
    {
        public string RunId => replay.InstanceId;

        public DateTime UtcNow => replay.CurrentUtcDateTime;

        public Guid NewGuid() => replay.NewGuid();

        public async Task<JsonElement> CallActivity(string name, JsonElement input) => Parse(await replay.CallActivityAsync(name, input.GetRawText()));

        public Task WaitUntil(DateTime due, CancellationToken cancellation) => replay.CreateTimer(due, cancellation);

        public async Task<JsonElement> WaitForEvent(string name) => Parse(await replay.WaitForExternalEvent(name));

        public async Task<JsonElement> RunChild(string workflow, string runId, JsonElement input) => Parse(await replay.CallSubOrchestratorAsync(workflow, input.GetRawText(), runId));

        public StepFailure? FailureOf(Exception exception) => exception is ReplayTaskFailedException failed ? StepFailure.Find(failed.Failure.ErrorMessage) : null;

        private static JsonElement Parse(string json)
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
    }
}
