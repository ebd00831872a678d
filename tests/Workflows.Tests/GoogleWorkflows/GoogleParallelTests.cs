using Portable.Generator.Model;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Ir;
using Portable.Testing;
using static Portable.Workflows.Tests.GoogleWorkflows.Build;

namespace Portable.Workflows.Tests.GoogleWorkflows;

/// <summary>Branches and maps: order, the first failure, what still runs after it, and what no handler sees.</summary>
public sealed class GoogleParallelTests
{
    [Fact]
    public async Task Branches_give_their_values()
    {
        var body = Block(
            Parallel("both", false, Branch("left", Block(Step("A", Int(1), "x"), Return(Var("x"))), "a"), Branch("right", Block(If(Bool(true), Block(Return(Int(5)))), Return(Int(6))), "b")),
            Return(List(Var("a"), Var("b"))));
        var result = await RunAsync(body, new StepScript().Returns("A", "4"));
        Assert.Equal("[4,5]", result.Output);
    }

    [Fact]
    public async Task After_a_failure_the_others_finish_their_step_and_stop()
    {
        var body = Block(
            Parallel("both", false, Branch("left", Block(Step("Fails"))), Branch("right", Block(Step("Slow"), Step("Next")))),
            Return(Int(1)));
        var result = await RunAsync(body, new StepScript().FailsAlways("Fails", "No").Takes("Fails", TimeSpan.FromSeconds(1)).Returns("Slow", "1").Takes("Slow", TimeSpan.FromSeconds(3)));
        Assert.Equal("No", result.Error!.Code);
        Assert.Equal(0, result.CallsOf("Next"));
        Assert.Equal(TimeSpan.FromSeconds(3), result.Elapsed);
    }

    [Fact]
    public async Task The_first_failure_in_time_counts()
    {
        var body = Block(Parallel("both", false, Branch("left", Block(Step("Late"))), Branch("right", Block(Step("Early")))));
        var script = new StepScript().FailsAlways("Late", "Late").Takes("Late", TimeSpan.FromSeconds(2)).FailsAlways("Early", "Early").Takes("Early", TimeSpan.FromSeconds(1));
        Assert.Equal("Early", (await RunAsync(body, script)).Error!.Code);
    }

    [Fact]
    public async Task A_stopped_branch_makes_no_further_attempt_and_runs_no_handler()
    {
        var body = Block(Parallel(
            "both", false,
            Branch("left", Block(Step("Fails"))),
            Branch("right", Block(Try(Block(Step("Retried")), "e", Block(Step("Handler")))))));
        var script = new StepScript().FailsAlways("Fails", "No").Takes("Fails", TimeSpan.FromSeconds(1)).FailsAlways("Retried", "Busy").Takes("Retried", TimeSpan.FromSeconds(3)).Returns("Handler", "1");
        foreach (var codes in new[] { Array.Empty<string>(), ["Busy"] })
        {
            var result = await RunAsync(body, script, StepOf("Retried", Retry(5, 1, codes)));
            Assert.Equal("No", result.Error!.Code);
            Assert.Equal(1, result.CallsOf("Retried"));
            Assert.Equal(0, result.CallsOf("Handler"));
        }
    }

    [Fact]
    public async Task A_branch_that_tries_for_ever_stops()
    {
        var body = Block(Parallel(
            "both", false,
            Branch("left", Block(Step("Fails"))),
            Branch("right", Block(While(null, Block(Try(Block(Step("Again"), Break()), "e", Block())))))));
        var script = new StepScript().FailsAlways("Fails", "No").Takes("Fails", TimeSpan.FromSeconds(2)).FailsAlways("Again", "Busy").Takes("Again", TimeSpan.FromSeconds(1));
        var result = await RunAsync(body, script);
        Assert.Equal("No", result.Error!.Code);
        Assert.InRange(result.CallsOf("Again"), 2, 3);
    }

    [Fact]
    public async Task A_handler_around_sees_the_failure_of_the_branch()
    {
        var body = Block(
            Set("a", Text("before")),
            Try(
                Block(Parallel("both", false, Branch("left", Block(Step("Ok", null, "x"), Return(Var("x"))), "a"), Branch("right", Block(Step("Fails"))))),
                "e", Block(Return(Object(("code", new IrFailurePart("e", IrFailureField.Code)), ("a", Var("a", IrKind.Text)))))),
            Return(Var("a", IrKind.Text)));
        var result = await RunAsync(body, new StepScript().Returns("Ok", "\"done\"").FailsAlways("Fails", "No").Takes("Fails", TimeSpan.FromSeconds(1)));
        Assert.Equal("""{"code":"No","a":"before"}""", result.Output);
    }

    [Fact]
    public async Task Nested_branches_stop_with_the_outer_one()
    {
        var body = Block(Parallel(
            "outer", false,
            Branch("fails", Block(Step("Fails"))),
            Branch("nests", Block(Map("inner", List(Int(1), Int(2), Int(3)), "x", Block(Step("Item", Var("x")), Step("Then", Var("x")))), Step("Last")))));
        var script = new StepScript().FailsAlways("Fails", "No").Takes("Fails", TimeSpan.FromSeconds(1)).Returns("Item", "1").Takes("Item", TimeSpan.FromSeconds(2));
        var result = await RunAsync(body, script);
        Assert.Equal("No", result.Error!.Code);
        Assert.Equal((3, 0, 0), (result.CallsOf("Item"), result.CallsOf("Then"), result.CallsOf("Last")));
    }

    [Fact]
    public async Task Results_of_a_map_keep_the_order_of_the_elements()
    {
        var body = Block(Map("all", List(Int(3), Int(1), Int(2)), "x", Block(Step("Wait", Var("x"), "y"), Return(Plus(Var("y"), Int(10)))), "list"), Return(Var("list", IrKind.List)));
        var result = await Simulation.RunAsync(Emit(body), call => new(StepReply.Success(call.Input, TimeSpan.FromSeconds(int.Parse(call.Input, System.Globalization.CultureInfo.InvariantCulture)))));
        Assert.Equal("[13,11,12]", result.Output);
        Assert.Equal(TimeSpan.FromSeconds(3), result.Elapsed);
    }

    [Fact]
    public async Task A_map_runs_so_many_at_a_time_and_starts_none_after_a_failure()
    {
        var body = Block(Map("all", List(Int(1), Int(2), Int(3), Int(4), Int(5)), "x", Block(Step("Item", Var("x"))), null, 2));
        var result = await Simulation.RunAsync(Emit(body), call => new(call.Input == "2" ? StepReply.Fail("No", duration: TimeSpan.FromSeconds(1)) : StepReply.Success("1", TimeSpan.FromSeconds(2))));
        Assert.Equal("No", result.Error!.Code);
        Assert.Equal(["1", "2"], result.Calls.Select(call => call.Input));
    }

    [Fact]
    public async Task A_map_that_collects_keeps_failures_beside_values()
    {
        var body = Block(Map("all", List(Int(1), Int(2), Int(3)), "x", Block(Step("Item", Var("x"), "y"), Return(Var("y"))), "list", collects: true), Return(Var("list", IrKind.List)));
        var result = await Simulation.RunAsync(Emit(body), call => new(call.Input == "2" ? StepReply.Fail("No", "why") : StepReply.Success(call.Input + "0")));
        Assert.Equal("""[{"value":10,"failure":null},{"value":null,"failure":{"code":"No","message":"why","data":null}},{"value":30,"failure":null}]""", result.Output);
    }

    [Fact]
    public async Task In_a_saga_all_run_to_their_end_and_the_first_in_order_counts()
    {
        var branches = Block(Parallel("both", true, Branch("left", Block(Step("Late"))), Branch("right", Block(Step("Early"))), Branch("more", Block(Step("Ok"), Step("Then")))));
        var script = new StepScript().FailsAlways("Late", "Late").Takes("Late", TimeSpan.FromSeconds(2)).FailsAlways("Early", "Early").Returns("Ok", "1").Takes("Ok", TimeSpan.FromSeconds(5)).Returns("Then", "1");
        var result = await RunAsync(branches, script);
        Assert.Equal("Late", result.Error!.Code);
        Assert.Equal(1, result.CallsOf("Then"));

        var map = Block(Map("all", List(Int(1), Int(2), Int(3)), "x", Block(Step("Item", Var("x")), Step("Then")), settles: true));
        result = await Simulation.RunAsync(Emit(map), call => new(call.Step == "Then" || call.Input == "1" ? StepReply.Success("1", TimeSpan.FromSeconds(9)) : StepReply.Fail("No" + call.Input, duration: TimeSpan.FromSeconds(5 - int.Parse(call.Input, System.Globalization.CultureInfo.InvariantCulture)))));
        Assert.Equal("No2", result.Error!.Code);
        Assert.Equal(1, result.CallsOf("Then"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_defect_in_a_branch_reaches_no_handler(bool settles, bool collects)
    {
        IrBlock Around(IrStatement inner) => Block(Try(Block(Step("Ok"), inner), "e", Block(Return(Text("handled")))));
        var script = new StepScript().Returns("Ok", "1").FailsAlways("Fails", "No");
        var map = Map("all", List(Int(1), Int(2)), "x", Block(Step("Ok"), If(Same(Var("x"), Int(2)), Block(Throw("DivideByZeroException", "zero", defect: true)))), null, collects: collects, settles: settles);
        Assert.Equal("DivideByZeroException", (await RunAsync(Around(map), script)).Error?.Code);
        if (!collects)
        {
            var parallel = Parallel("both", settles, Branch("left", Block(Step("Ok"))), Branch("right", Block(Throw("DivideByZeroException", "zero", defect: true))));
            Assert.Equal("DivideByZeroException", (await RunAsync(Around(parallel), script)).Error?.Code);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_defect_in_a_branch_of_a_saga_stops_the_others(bool retried)
    {
        var script = new StepScript().Returns("Quick", "1").Takes("Quick", TimeSpan.FromSeconds(1)).Takes("Slow", TimeSpan.FromSeconds(3)).Returns("Next", "1");
        script = retried ? script.FailsAlways("Slow", "Busy") : script.Returns("Slow", "1");
        var body = Block(Parallel(
            "both", true,
            Branch("left", Block(Step("Quick"), Throw("DivideByZeroException", defect: true))),
            Branch("right", Block(Try(Block(Step("Slow")), "e", Block(Step("Handler"))), Step("Next")))));
        var result = await RunAsync(body, script, StepOf("Slow", Retry(5)));
        Assert.Equal("DivideByZeroException", result.Error?.Code);
        Assert.Equal((1, 0, 0), (result.CallsOf("Slow"), result.CallsOf("Handler"), result.CallsOf("Next")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_defect_of_an_item_stops_the_others_though_a_failure_does_not(bool collects)
    {
        var body = Block(Map(
            "all", List(Int(1), Int(2), Int(3), Int(4)), "x",
            Block(Step("Item", Var("x")), If(Same(Var("x"), Int(2)), Block(Throw("DivideByZeroException", defect: true))), Step("Then", Var("x"))),
            null, 3, collects, settles: !collects));
        var result = await Simulation.RunAsync(Emit(body), call => new((call.Step, call.Input) switch
        {
            ("Item", "1") => StepReply.Fail("No"),
            ("Item", "2") => StepReply.Success("1", TimeSpan.FromSeconds(1)),
            _ => StepReply.Success("1", TimeSpan.FromSeconds(3)),
        }));
        Assert.Equal("DivideByZeroException", result.Error?.Code);
        Assert.Equal(["Item 1", "Item 2", "Item 3", "Item 4"], result.Calls.Select(call => $"{call.Name} {call.Input}"));
    }

    [Fact]
    public async Task Of_two_defects_in_a_saga_the_first_in_time_counts()
    {
        var script = new StepScript().Returns("Late", "1").Takes("Late", TimeSpan.FromSeconds(2)).Returns("Early", "1").Takes("Early", TimeSpan.FromSeconds(1));
        var branches = Block(Parallel(
            "both", true,
            Branch("left", Block(Step("Late"), Throw("DivideByZeroException", defect: true))),
            Branch("right", Block(Step("Early"), Throw("ArgumentOutOfRangeException", defect: true))),
            Branch("more", Block(Step("Fails")))));
        Assert.Equal("ArgumentOutOfRangeException", (await RunAsync(branches, script.FailsAlways("Fails", "No"))).Error?.Code);
        var map = Block(Map(
            "all", List(Int(1), Int(2)), "x",
            Block(
                If(Same(Var("x"), Int(1)), Block(Step("Late"), Throw("DivideByZeroException", defect: true))),
                Step("Early"),
                Throw("ArgumentOutOfRangeException", defect: true)),
            settles: true));
        Assert.Equal("ArgumentOutOfRangeException", (await RunAsync(map, script)).Error?.Code);
    }

    [Fact]
    public async Task A_defect_deep_in_a_saga_stops_everything_around_it()
    {
        var body = Block(Parallel(
            "outer", true,
            Branch("nests", Block(Map("inner", List(Int(1), Int(2)), "x", Block(Step("Item", Var("x")), If(Same(Var("x"), Int(1)), Block(Throw("DivideByZeroException", defect: true)))), settles: true), Step("Last"))),
            Branch("waits", Block(Map("others", List(Int(1), Int(2)), "y", Block(Step("Slow", Var("y")), Step("Then", Var("y"))), settles: true), Step("Last", null, null, "Last_2")))));
        var script = new StepScript().Returns("Item", "1").Takes("Item", TimeSpan.FromSeconds(1)).Returns("Slow", "1").Takes("Slow", TimeSpan.FromSeconds(2)).Returns("Then", "1").Returns("Last", "1");
        var result = await RunAsync(body, script);
        Assert.Equal("DivideByZeroException", result.Error?.Code);
        Assert.Equal((2, 2, 0, 0), (result.CallsOf("Item"), result.CallsOf("Slow"), result.CallsOf("Then"), result.CallsOf("Last")));
    }

    [Fact]
    public void A_saga_looks_for_defects_only_where_there_can_be_one()
    {
        IrBlock Saga(IrStatement last) => Block(Parallel("both", true, Branch("left", Block(Step("A"), Step("B"))), Branch("right", Block(Step("C"), last))));
        Assert.Contains("both_defect != null", Emit(Saga(Throw("DivideByZeroException", defect: true))), StringComparison.Ordinal);
        Assert.DoesNotContain("defect", Emit(Saga(Throw("No"))), StringComparison.Ordinal);

        // What cannot raise anything needs nobody who takes it.
        var yaml = Emit(Block(Parallel("both", true, Branch("left", Block(Try(Block(Step("A")), "e", Block()))), Branch("right", Block(Wait("W", Int(1)))))));
        Assert.DoesNotContain("both_end", yaml, StringComparison.Ordinal);
        Assert.DoesNotContain("left_run", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generated_steps_failure_is_a_defect()
    {
        var body = Block(Try(Block(Step("Lift_1"), Step("Ok")), "e", Block(Return(Text("handled")))));
        var result = await RunAsync(body, new StepScript().FailsAlways("Lift_1", "DivideByZeroException"), StepOf("Lift_1", lifted: true));
        Assert.Equal("DivideByZeroException", result.Error?.Code);
    }

    [Fact]
    public async Task An_error_of_the_engine_reaches_no_handler()
    {
        // C# says that the member is there.
        var body = Block(Try(Block(Step("Ok", null, "x"), Step("Ok", Member(Member(Var("x", IrKind.Object), "inner", IrKind.Object), "id"), null, "Ok_2")), "e", Block(Return(Text("handled")))));
        var result = await RunAsync(body, new StepScript().Returns("Ok", "{}"));
        Assert.Equal("KeyError", result.Error?.Code);
    }

    [Theory]
    [InlineData("A", "\"handled A\"")]
    [InlineData("B", "\"outer B\"")]
    public async Task A_filter_that_refuses_lets_the_failure_go_on(string code, string expected)
    {
        var inner = Try(Block(Step("Fails")), "e", Block(Return(Concat(Text("handled "), new IrFailurePart("e", IrFailureField.Code)))), Same(new IrFailurePart("e", IrFailureField.Code), Text("A")));
        var body = Block(Try(Block(inner), "o", Block(Return(Concat(Text("outer "), new IrFailurePart("o", IrFailureField.Code))))));
        Assert.Equal(expected, (await RunAsync(body, new StepScript().FailsAlways("Fails", code))).Output);
    }

    private static string Emit(IrBlock body, params StepModel[] steps) => GoogleWorkflowsEmitter.Emit(Workflow(body, null, steps))!;

    private static Task<SimulationResult> RunAsync(IrBlock body, StepScript script, params StepModel[] steps)
    {
        script.Reset();
        return Simulation.RunAsync(Emit(body, steps), script.Handler);
    }
}
