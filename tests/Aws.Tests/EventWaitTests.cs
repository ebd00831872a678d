using System.Net;
using System.Text;
using System.Text.Json;
using Portable.Aws.Services;
using Portable.Aws.Workflows;
using Portable.Runtime;
using Portable.Runtime.Json;
using Portable.TestKit;
using Xunit;

namespace Portable.Aws.Tests;

/// <summary>Waiting for events on Lambda, and the client of Step Functions, against a service written from its API reference.</summary>
public sealed class EventWaitTests
{
    private readonly FakeStepFunctions _states = new();
    private readonly PortableApp _app;
    private readonly ManualTimeProvider _time = new(DateTimeOffset.UnixEpoch);
    private readonly TaskCompletionSource<ReadOnlyMemory<byte>> _step = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EventWaitTests()
    {
        Environment.SetEnvironmentVariable("PORTABLE_WORKFLOW_AWS_CLIENT_ARN", "arn:aws:states:eu-west-1:123456789012:stateMachine:aws-client");
        var api = new AwsApi(new HttpClient(_states), _time, static () => new AwsCredentials("key", "secret", null), "eu-west-1");
        var workflow = new WorkflowDefinition("aws-client", static _ => throw new InvalidOperationException(), []) { Input = PrimitiveJson.Default.String, Payloads = [PrimitiveJson.Default.String] };
        var step = new StepDefinition("Long", RetryPolicy.Once, null, null, async _ => await _step.Task, HeartbeatSeconds: 30);
        _app = PortableApp.WithoutServices("aws", [new StepsFunction("aws-client-steps", [step])], [workflow], _time, backend: new AwsWorkflows(api, new MemoryMailboxStore()));
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private IWorkflowClient Client => _app.Backend!.CreateClient(_app);

    [Fact]
    public async Task An_event_completes_the_task_that_waits()
    {
        Assert.Equal("null", await WaitAsync("token-1"));
        Assert.Empty(_states.Completed);

        await Client.Raise("run-1", "approval", "yes", Token);

        Assert.Equal([("token-1", "\"yes\"")], _states.Completed);
    }

    [Fact]
    public async Task An_event_raised_before_the_wait_completes_the_task_at_once()
    {
        await Client.Raise("run-1", "approval", "yes", Token);

        Assert.Equal("null", await WaitAsync("token-1"));

        Assert.Equal([("token-1", "\"yes\"")], _states.Completed);
    }

    [Fact]
    public async Task An_event_after_the_wait_timed_out_is_kept_for_the_next()
    {
        await WaitAsync("token-1");
        _states.Forgotten.Add("token-1");
        await Client.Raise("run-1", "approval", "yes", Token);

        await WaitAsync("token-2");

        Assert.Equal([("token-2", "\"yes\"")], _states.Completed);
    }

    [Fact]
    [Supports("Signs of life of long steps", "Step Functions")]
    public async Task A_step_with_a_heartbeat_gives_signs_of_life_and_completes_its_task()
    {
        var invocation = InvokeAsync("""{"step":"Long","input":null,"run":"run-1","attempt":1,"token":"token-1"}""");
        _time.Advance(TimeSpan.FromSeconds(10));
        await _states.Beaten.Task.WaitAsync(Token);
        Assert.Empty(_states.Completed);

        _step.SetResult("\"done\""u8.ToArray());

        Assert.Equal("null", await invocation);
        Assert.Equal([("token-1", "\"done\"")], _states.Completed);
    }

    [Fact]
    public async Task A_step_with_a_heartbeat_that_fails_fails_its_task()
    {
        _step.SetException(new StepFailed("CardDeclined", "no"));

        await InvokeAsync("""{"step":"Long","input":null,"run":"run-1","attempt":1,"token":"token-1"}""");

        Assert.Equal([("token-1", "CardDeclined", "{\"code\":\"CardDeclined\",\"message\":\"no\",\"data\":null}")], _states.Failed);
    }

    [Fact]
    public async Task A_run_is_started_once_under_its_name()
    {
        Assert.Equal("order-1", await Client.Start("aws-client", "in", "order-1", Token));
        Assert.Equal("order-1", await Client.Start("aws-client", "in", "order-1", Token));

        Assert.Equal(["order-1"], _states.Executions.Keys);
    }

    [Theory]
    [InlineData("""{"status":"RUNNING"}""", WorkflowStatus.Running, null, null)]
    [InlineData("""{"status":"SUCCEEDED","output":"{\"a\":1}"}""", WorkflowStatus.Succeeded, "{\"a\":1}", null)]
    [InlineData("""{"status":"FAILED","error":"CardDeclined","cause":"{\"code\":\"CardDeclined\",\"message\":\"no\",\"data\":null}"}""", WorkflowStatus.Failed, null, "CardDeclined")]
    [InlineData("""{"status":"TIMED_OUT"}""", WorkflowStatus.Failed, null, "Timeout")]
    public async Task A_run_says_where_it_stands(string described, WorkflowStatus status, string? output, string? code)
    {
        _states.Executions["order-1"] = described;

        var run = await Client.Get("aws-client", "order-1", Token);

        Assert.Equal((status, output, code), (run!.Status, run.Output, run.Failure?.Code));
        Assert.Null(await Client.Get("aws-client", "unknown", Token));
    }

    private Task<string> WaitAsync(string token) => InvokeAsync($$"""{"event":"approval","run":"run-1","token":"{{token}}"}""");

    private async Task<string> InvokeAsync(string json)
    {
        var request = Encoding.UTF8.GetBytes(json);
        await using var answer = await new LambdaFunction(_app, "aws-client-steps").InvokeAsync(new MemoryStream(request, 0, request.Length, false, true), "id", TimeSpan.FromMinutes(1));
        return await new StreamReader(answer).ReadToEndAsync(Token);
    }

    private sealed class FakeStepFunctions : HttpMessageHandler
    {
        public List<(string Token, string Output)> Completed { get; } = [];

        public List<(string Token, string Error, string Cause)> Failed { get; } = [];

        public TaskCompletionSource Beaten { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HashSet<string> Forgotten { get; } = [];

        public Dictionary<string, string> Executions { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var document = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            var body = document.RootElement;
            Assert.StartsWith("AWS4-HMAC-SHA256 Credential=key/19700101/eu-west-1/states/aws4_request", request.Headers.NonValidated["authorization"].ToString(), StringComparison.Ordinal);
            switch (request.Headers.NonValidated["x-amz-target"].ToString())
            {
                case "AWSStepFunctions.SendTaskSuccess":
                    var token = body.GetProperty("taskToken").GetString()!;
                    if (Forgotten.Contains(token))
                    {
                        return Error("TaskTimedOut");
                    }

                    Completed.Add((token, body.GetProperty("output").GetString()!));
                    return Answer("{}");
                case "AWSStepFunctions.SendTaskFailure":
                    Failed.Add((body.GetProperty("taskToken").GetString()!, body.GetProperty("error").GetString()!, body.GetProperty("cause").GetString()!));
                    return Answer("{}");
                case "AWSStepFunctions.SendTaskHeartbeat":
                    Beaten.TrySetResult();
                    return Answer("{}");
                case "AWSStepFunctions.StartExecution":
                    return Executions.TryAdd(body.GetProperty("name").GetString()!, """{"status":"RUNNING"}""") ? Answer("{}") : Error("ExecutionAlreadyExists");
                case "AWSStepFunctions.DescribeExecution":
                    var arn = body.GetProperty("executionArn").GetString()!;
                    Assert.StartsWith("arn:aws:states:eu-west-1:123456789012:execution:aws-client:", arn, StringComparison.Ordinal);
                    return Executions.TryGetValue(arn[(arn.LastIndexOf(':') + 1)..], out var described) ? Answer(described) : Error("ExecutionDoesNotExist");
                default:
                    return Error("UnknownOperationException");
            }
        }

        private static HttpResponseMessage Error(string type) => new(HttpStatusCode.BadRequest) { Content = new StringContent($$"""{"__type":"{{type}}","message":"m"}""") };

        private static HttpResponseMessage Answer(string body) => new(HttpStatusCode.OK) { Content = new StringContent(body) };
    }
}
