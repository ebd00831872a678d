using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.DurableTask;
using Portable.Runtime;
using Portable.Testing;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests;

/// <summary>What only Durable has: the emitted classes and functions, and the timeout of a run.</summary>
public sealed class DurableTests
{
    private const string Order = """{"id":"o1","totalCents":1000,"tags":[]}""";

    public static TheoryData<string> Workflows => [.. Compiled.CaseNames];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Emitted_code_compiles_without_warnings(string workflow)
    {
        var diagnostics = DurableBridge.CompilationOf(Compiled.Case(workflow)).GetDiagnostics(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_fails()
    {
        var script = new StepScript().Returns("Pay", "true").Takes("Pay", TimeSpan.FromHours(2));
        var result = await DurableBridge.RunAsync(Compiled.Case("branches"), new UserWorkflow(Compiled.Case("branches"), script.Handler, limited: true), Order);
        Assert.Equal(new StepFailure("Timeout", "The run took longer than 3600 s."), result.Error?.Failure);
        Assert.Equal(TimeSpan.FromHours(1), result.Elapsed);
    }

    [Fact]
    public async Task A_run_that_ends_in_time_leaves_no_timer_behind()
    {
        var script = new StepScript().Returns("Pay", "true").Takes("Pay", TimeSpan.FromMinutes(59));
        var result = await DurableBridge.RunAsync(Compiled.Case("branches"), new UserWorkflow(Compiled.Case("branches"), script.Handler, limited: true), Order);
        Assert.True(result.Succeeded);
        Assert.Equal(TimeSpan.FromMinutes(59), result.Elapsed);
    }

    [Fact]
    public async Task Retries_wait_as_their_policy_says()
    {
        var model = Compiled.Case("retry-all");
        var script = new StepScript().Returns("Log", "null").FailsAlways("Charge", "X");
        var result = await DurableBridge.RunAsync(model, new UserWorkflow(model, script.Handler), """{"orderId":"o","totalCents":1,"weight":1,"insured":false}""");
        Assert.Equal([0.0, 2, 5, 9], result.Calls.Where(call => call.Name == "retry-all-Charge").Select(call => call.At.TotalSeconds));
    }

    [Fact]
    public async Task An_emitted_activity_runs_its_step_and_carries_its_failure_in_the_message()
    {
        var model = Compiled.Case("linear");
        var script = new StepScript().Fails("Charge", 1, "CardDeclined", "no: funds", "[1]").Returns("Charge", """{"id":"c1","status":"charged"}""");
        using var run = DurableBridge.Begin(new UserWorkflow(model, script.Handler));
        var activity = (ITaskActivity)Activator.CreateInstance(DurableBridge.TypeOf(model, "Activity"), "Charge")!;
        var quote = JsonDocument.Parse("""{"step":"Charge","input":{"orderId":"o1","totalCents":1,"weight":1,"insured":false},"run":"run-1","attempt":1}""").RootElement;

        var failed = await Assert.ThrowsAnyAsync<Exception>(() => activity.RunAsync(new ActivityContext(), quote));
        Assert.StartsWith("StepFailed: {", failed.Message, StringComparison.Ordinal);
        Assert.Equal(new StepFailure("CardDeclined", "no: funds", "[1]"), StepFailure.Find(failed.Message));

        var output = (JsonElement)(await activity.RunAsync(new ActivityContext(), quote))!;
        Assert.Equal("c1", output.GetProperty("id").GetString());
    }

    [Fact]
    public void The_activity_that_publishes_has_the_name_that_the_runtime_calls() =>
        Assert.Equal(Portable.Azure.ReplayedWorkflow.PublishSuffix, Portable.Generator.Workflows.Durable.DurableEmitter.PublishSuffix);

    [Fact]
    public void The_worker_enters_every_step_and_the_orchestrator_by_name()
    {
        var type = DurableBridge.TypeOf(Compiled.Case("catching"), "Durable");
        var functions = type.GetMethods()
            .SelectMany(method => method.GetCustomAttributes(inherit: false).OfType<Microsoft.Azure.Functions.Worker.FunctionAttribute>())
            .Select(function => function.Name);
        Assert.Equal(["catching", "catching-Charge", "catching-Confirm", "catching-Refund"], functions.Order(StringComparer.Ordinal));
    }

    private sealed class ActivityContext : TaskActivityContext
    {
        public override TaskName Name => "linear-Charge";

        public override string InstanceId => "run-1";
    }
}
