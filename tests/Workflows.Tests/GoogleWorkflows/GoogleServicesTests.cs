using System.Text.Json.Nodes;
using Portable.Generator.Model;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Ir;
using Portable.Testing;
using Portable.Testing.GoogleWorkflows;
using static Portable.Workflows.Tests.GoogleWorkflows.Build;

namespace Portable.Workflows.Tests.GoogleWorkflows;

/// <summary>Events, children, publishing, waits, and what goes along with a step's call.</summary>
public sealed class GoogleServicesTests
{
    private static readonly IrEvent s_paid = Printed.Paid;

    [Fact]
    public async Task An_event_comes_while_the_run_waits()
    {
        var result = await RunAsync(Block(s_paid, Return(Var("payment", IrKind.Object))), options => options with { Events = [new ScriptedEvent("paid", """{"cents":5}""", TimeSpan.FromSeconds(20))] });
        Assert.Equal("""{"cents":5}""", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(20), result.Elapsed);
    }

    [Fact]
    public async Task An_event_has_come_already()
    {
        var body = Block(Wait("Pause", Int(30)), s_paid, Return(Var("payment", IrKind.Object)));
        var result = await RunAsync(body, options => options with { Events = [new ScriptedEvent("paid", "7", TimeSpan.FromSeconds(5))] });
        Assert.Equal("7", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(30), result.Elapsed);
    }

    [Fact]
    public async Task An_event_that_does_not_come_is_a_failure_with_the_code_Timeout()
    {
        var result = await RunAsync(Block(Try(Block(s_paid), "e", Block(Return(new IrFailurePart("e", IrFailureField.Code)))), Return(Var("payment", IrKind.Object))));
        Assert.Equal("\"Timeout\"", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(60), result.Elapsed);
    }

    [Fact]
    public async Task An_event_after_a_wait_timed_out_is_kept_for_the_next()
    {
        var body = Block(Try(Block(s_paid), "e", Block(Wait("Pause", Int(30)), s_paid)), Return(Var("payment", IrKind.Object)));
        var result = await RunAsync(body, options => options with { Events = [new ScriptedEvent("paid", "7", TimeSpan.FromSeconds(75))] });
        Assert.Equal("7", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(90), result.Elapsed);
    }

    [Fact]
    public async Task A_child_gives_its_result()
    {
        var child = Block(Return(Plus(Member(Var("input", IrKind.Object), "x"), Int(1))));
        var result = await RunAsync(Block(Child(Object(("x", Int(4)))), Return(Var("r"))), Children(child));
        Assert.Equal("5", result.Output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_childs_failure_comes_through(bool defect)
    {
        var child = Block(new IrThrow(Object(("code", Text("Declined")), ("message", Text("no \"x\"")), ("data", Object(("left", Int(3))))), IrSource.None, defect));
        var result = await RunAsync(
            Block(Try(Block(Child(Null)), "e", Block(Return(Object(
                ("code", new IrFailurePart("e", IrFailureField.Code)), ("message", new IrFailurePart("e", IrFailureField.Message)), ("data", new IrFailurePart("e", IrFailureField.Data))))))),
            Children(child));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"code":"Declined","message":"no \"x\"","data":{"left":3}}"""), JsonNode.Parse(result.Output!)), result.Output);
    }

    [Fact]
    public async Task A_child_that_fails_in_its_engine_has_a_code_as_well()
    {
        var child = Block(Return(Member(Member(Var("input", IrKind.Object), "x", IrKind.Object), "y")));
        var result = await RunAsync(Block(Try(Block(Child(Null)), "e", Block(Return(new IrFailurePart("e", IrFailureField.Code))))), Children(child));
        Assert.Equal("\"WorkflowFailed\"", result.Output);
    }

    [Fact]
    public async Task A_published_event_has_its_attributes()
    {
        var result = await RunAsync(Block(new IrPublish("Publish", "com.acme.order.placed", 2, Object(("id", Text("o-1"))), IrSource.None)));
        var published = Assert.Single(result.Published);
        Assert.Equal(("com.acme.order.placed", """{"id":"o-1"}"""), (published.Type, published.PayloadJson));
        Assert.Equal("portable.hand", published.Source);
        Assert.Equal("2", published.Attributes!["ce-dataversion"]);
    }

    [Fact]
    public async Task Waits_take_their_time_and_none_when_there_is_none_left()
    {
        var body = Block(
            Wait("First", Int(5)), Set("x", Int(-3)), Wait("Second", Var("x")), Wait("Third", Int(-1)), Wait("Fourth", Plus(Var("x"), Int(5))),
            new IrWait("Until", null, Text("2026-01-01T00:00:30Z"), IrSource.None),
            new IrWait("Past", null, Text("2025-01-01T00:00:30+01:00"), IrSource.None));
        Assert.Equal(TimeSpan.FromSeconds(30), (await RunAsync(body)).Elapsed);
    }

    [Fact]
    public async Task The_engine_gives_time_and_identifiers()
    {
        var body = Block(
            new IrTake(IrTaken.UtcNow, "now", IrSource.None), new IrTake(IrTaken.NewGuid, "id", IrSource.None), new IrTake(IrTaken.NewGuid, "other", IrSource.None),
            Return(List(Var("now", IrKind.Text), Var("id", IrKind.Text), Same(Var("id", IrKind.Text), Var("other", IrKind.Text)), new IrRunId())));
        var output = JsonNode.Parse((await RunAsync(body)).Output!)!.AsArray();
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), DateTimeOffset.Parse((string)output[0]!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(Guid.TryParseExact((string)output[1]!, "D", out _));
        Assert.False((bool)output[2]!);
        Assert.Equal("run-1", (string)output[3]!);
    }

    [Fact]
    public async Task A_steps_key_and_its_own_address_go_with_the_call()
    {
        var requests = new List<GoogleHttpRequest>();
        var body = Block(Step("ChargeCard", Object(("id", Text("o-1"))), null, null, Text("o-1")), Step("Plain"));
        var yaml = GoogleWorkflowsEmitter.Emit(Workflow(body, null, StepOf("ChargeCard", isolated: true)))!;
        var options = new GoogleWorkflowOptions { Environment = new Dictionary<string, string>(Simulation.Environment) { ["PORTABLE_STEP_URL_CHARGE_CARD"] = "https://charge.example" } };
        await GoogleWorkflowSimulator.Parse(yaml).RunAsync(
            null,
            (request, _) =>
            {
                requests.Add(request);
                return new(GoogleHttpReply.Response(200, "null"));
            },
            options,
            TestContext.Current.CancellationToken);
        Assert.Equal(["https://charge.example", "https://steps.example"], requests.Select(request => request.Url));
        Assert.Equal("""{"step":"ChargeCard","input":{"id":"o-1"},"run":"run-1","attempt":1,"key":"o-1"}""", requests[0].Body);
        Assert.Equal("""{"step":"Plain","input":null,"run":"run-1","attempt":1}""", requests[1].Body);
    }

    [Theory]
    [InlineData("ChargeCard", "CHARGE_CARD")]
    [InlineData("HTTPCall", "HTTP_CALL")]
    [InlineData("step2Go", "STEP2_GO")]
    [InlineData("Already_Split", "ALREADY_SPLIT")]
    [InlineData("X", "X")]
    public void Addresses_of_steps_are_named_in_words(string step, string name) => Assert.Equal("PORTABLE_STEP_URL_" + name, GoogleWorkflowsEmitter.StepVariable(step));

    private static IrChild Child(IrExpression input) => Printed.Child(input);

    private static Func<GoogleWorkflowOptions, GoogleWorkflowOptions> Children(IrBlock child) => options =>
        options with { Children = new Dictionary<string, GoogleWorkflowSimulator> { ["shipping"] = GoogleWorkflowSimulator.Parse(GoogleWorkflowsEmitter.Emit(Workflow(child, "input"))!) } };

    private static string Emit(IrBlock body, params StepModel[] steps) => GoogleWorkflowsEmitter.Emit(Workflow(body, null, steps))!;

    private static async Task<SimulationResult> RunAsync(IrBlock body, Func<GoogleWorkflowOptions, GoogleWorkflowOptions>? configure = null)
    {
        var options = new GoogleWorkflowOptions { Environment = Simulation.Environment };
        return await GoogleWorkflowSimulator.Parse(Emit(body)).RunAsync(null, GoogleHttp.FromSteps(new StepScript().Handler), configure?.Invoke(options) ?? options, TestContext.Current.CancellationToken);
    }
}
