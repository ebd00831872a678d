using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.Ir;
using Portable.Testing;
using static Portable.Workflows.Tests.Asl.MadeIr;

namespace Portable.Workflows.Tests.Asl;

/// <summary>What machines of hand-made IR do when they run.</summary>
public sealed class LoweringTests(AslOracle oracle) : IClassFixture<AslOracle>
{
    private static readonly IrVariable Order = Var("order");

    private static StepScript Echo(params string[] steps) => steps.Aggregate(new StepScript(), (script, step) => script.Answers(step, static input => input));

    private string Output(IrBlock body, string input, StepScript script)
    {
        var result = Run(Workflow(body), input, script);
        Assert.True(result.Succeeded, result.Error?.ToString());
        return result.Output!;
    }

    private SimulationResult Run(WorkflowModel model, string input, StepScript script)
    {
        var definition = AslEmitter.Emit(model)!;
        oracle.Check(definition);
        return AslWorld.Run(definition, input, script);
    }

    [Theory]
    [InlineData("""{"n":0}""", "0")]
    [InlineData("""{"n":1}""", "1")]
    [InlineData("""{"n":4}""", "4")]
    public void A_while_loop(string input, string expected) => Assert.Equal(expected, Output(
        Block(
            Set("i", Number(0)),
            While(Less(Var("i"), Member(Order, "n")), Block(Call("A", Var("i"))), Block(Set("i", Add(Var("i"), Number(1))))),
            Return(Var("i"))),
        input,
        Echo("A")));

    [Fact]
    public void A_while_loop_that_reads_the_input_first() => Assert.Equal("2", Output(
        Block(
            While(Is(Member(Order, "go"), Flag(false)), Block(Break)),
            Call("A", Member(Order, "n"), "n"),
            Return(Var("n"))),
        """{"go":true,"n":2}""",
        Echo("A")));

    [Fact]
    public void A_parameter_that_a_loop_at_the_start_assigns() => Assert.Equal("3", Output(
        Block(
            While(Less(Order, Number(3)), Block(Call("A", Order, "a"), Set("order", Add(Order, Number(1))))),
            Return(Order)),
        "0",
        Echo("A")));

    [Fact]
    public void A_do_loop_with_continue_and_assignments() => Assert.Equal("""{"i":5,"odd":[1,3,5]}""", Output(
        Block(
            Set("i", Number(0)),
            Set("odd", List()),
            Do(
                Block(
                    Set("i", Add(Var("i"), Number(1))),
                    If(Is(Arithmetic(IrArithmeticOperator.Remainder, Var("i"), Number(2)), Number(0)), Block(Continue)),
                    Call("A", Var("i"), "x"),
                    Set("odd", Join(Var("odd"), List(Var("x"))))),
                Less(Var("i"), Number(5))),
            Return(Object(("i", Var("i")), ("odd", Var("odd"))))),
        "null",
        Echo("A")));

    [Fact]
    public void An_endless_loop_with_break() => Assert.Equal("3", Output(
        Block(
            Set("i", Number(0)),
            While(null, Block(Set("i", Add(Var("i"), Number(1))), If(Is(Var("i"), Number(3)), Block(Break)))),
            Return(Var("i"))),
        "null",
        new StepScript()));

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("[1]", "[1]")]
    [InlineData("""["",null,{"a":[1],"b":[]}]""", """["",null,{"a":[1],"b":[]}]""")]
    public void A_foreach_keeps_elements_as_they_are(string items, string expected) => Assert.Equal(expected, Output(
        Block(
            Set("all", List()),
            ForEach("item", Member(Order, "items", IrKind.List), Block(
                Call("A", Var("item"), "x"),
                Set("all", Join(Var("all"), List(Var("x")))))),
            Return(Object(("all", Var("all"))))),
        $$"""{"items":{{items}}}""",
        Echo("A")).Replace("{\"all\":", "", StringComparison.Ordinal)[..^1]);

    [Fact]
    public void The_variables_of_a_foreach_are_its_own() => Assert.Equal("\"mine 2 3\"", Output(
        Block(
            Set("item_index", Text("mine")),
            Set("items", List(Number(2), Number(3))),
            Set("text", Text("")),
            ForEach("item", Var("items", IrKind.List), Block(
                Set("items", List()),
                Call("A", Var("item"), "x"),
                Set("text", Concat(Var("text", IrKind.Text), Text(" "), Var("x", IrKind.Integer))))),
            Return(Concat(Var("item_index", IrKind.Text), Var("text", IrKind.Text)))),
        "null",
        Echo("A")));

    [Fact]
    public void Nested_loops_with_jumps() => Assert.Equal("[11,12,21,22]", Output(
        Block(
            Set("all", List()),
            ForEach("row", Member(Order, "rows", IrKind.List), Block(
                ForEach("cell", Member(Var("row"), "cells", IrKind.List), Block(
                    If(Is(Var("cell"), Number(0)), Block(Continue)),
                    If(Is(Var("cell"), Number(9)), Block(Break)),
                    Call("A", Add(Member(Var("row"), "base"), Var("cell")), "x"),
                    Set("all", Join(Var("all"), List(Var("x")))))))),
            Return(Var("all", IrKind.List))),
        """{"rows":[{"base":10,"cells":[1,0,2,9,3]},{"base":20,"cells":[1,2]},{"base":30,"cells":[]}]}""",
        Echo("A")));

    [Fact]
    public void A_scope_is_left() => Assert.Equal("\"b\"", Output(
        Block(
            Set("x", Text("a")),
            Scope("s", Block(
                If(Is(Order, Number(1)), Block(Set("x", Text("b")), Leave("s"))),
                Call("A", Order, "x"))),
            Return(Var("x"))),
        "1",
        new StepScript()));

    [Theory]
    [InlineData("X", "x X")]
    [InlineData("Y", "x Y")]
    [InlineData("Timeout", "t Timeout")]
    [InlineData("Z", "all Z")]
    public void Filters_by_code_are_catchers(string code, string expected) => Assert.Equal($"\"{expected}\"", Output(
        Block(Try(
            Block(Try(
                Block(Try(Block(Call("A")), Block(Return(Concat(Text("x "), Code()))), Or(Is(Code(), Text("X")), Is(Text("Y"), Code())))),
                Block(Return(Concat(Text("t "), Code("f2")))),
                Is(Code("f2"), Text("Timeout")),
                "f2")),
            Block(Return(Concat(Text("all "), Code("f3")))),
            null,
            "f3")),
        "null",
        new StepScript().FailsAlways("A", code)));

    [Theory]
    [InlineData(true, "\"caught no\"")]
    [InlineData(false, "Z: no")]
    public void Another_filter_is_a_choice(bool holds, string expected)
    {
        var body = Block(
            Call("First"),
            Try(Block(Call("A")), Block(Return(Concat(Text("caught "), Message()))), And(Is(Code(), Text("Z")), Member(Order, "catch"))));
        var result = Run(Workflow(body), $$"""{"catch":{{(holds ? "true" : "false")}}}""", Echo("First").FailsAlways("A", "Z", "no"));
        Assert.Equal(expected, holds ? result.Output : AslWorld.FailureOf(result));
    }

    [Theory]
    [InlineData("A", "\"A: made\"")]
    [InlineData("B", "B: made")]
    public void A_thrown_failure_is_caught_by_its_code(string code, string expected)
    {
        var result = Run(Workflow(Block(Try(Block(Call("S"), Throw(code)), Block(Return(Concat(Code(), Text(": "), Message()))), Is(Code(), Text("A"))))), "null", Echo("S"));
        Assert.Equal(expected, result.Output ?? AslWorld.FailureOf(result));
    }

    [Theory]
    [InlineData("A", "\"outer A\"")]
    [InlineData("B", "\"outer B\"")]
    public void A_caught_failure_is_thrown_again(string code, string expected) => Assert.Equal(expected, Output(
        Block(Try(
            Block(Try(Block(Call("S")), Block(If(Is(Code(), Text("A")), Block(Call("Note", Code()))), Throw(Var("failure"))))),
            Block(Return(Concat(Text("outer "), Code("f2")))),
            null,
            "f2")),
        "null",
        Echo("Note").FailsAlways("S", code)));

    [Theory]
    [InlineData("A", """{"messages":["no A","no A"],"code":"Declined"}""")]
    [InlineData("C", """{"messages":["no C","no C"],"code":"Declined"}""")]
    public void A_failure_that_several_calls_may_have_is_read_where_it_is_needed(string step, string expected) => Assert.Equal(expected, Output(
        Block(
            Try(
                Block(Call("A"), Call("B"), Call("C"), Return(Text("none"))),
                Block(
                    Set("messages", List()),
                    ForEach("item", List(Number(1), Number(2)), Block(Set("messages", Join(Var("messages", IrKind.List), List(Message()))))),
                    Return(Object(("messages", Var("messages", IrKind.List)), ("code", Code())))))),
        "null",
        Echo("A", "B", "C").FailsAlways(step, "Declined", $"no {step}")));

    /// <summary>In managed hosting the error is the name of an exception's type, which there is only for codes that the workflow names.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task The_code_is_read_from_the_failure_and_not_from_the_name_of_the_error(int calls)
    {
        var body = Block(
            Try(
                Block([.. Enumerable.Range(0, calls).Select(static i => Call($"S{i}")), Return(Text("none"))]),
                Block(If(Is(Code(), Text("Declined")), Block(Return(Text("declined")))), Throw(Var("failure")))));
        var machine = Testing.Asl.AslSimulator.Parse(AslEmitter.Emit(Workflow(body))!);
        Assert.Equal("\"declined\"", (await FailingAsync("Declined")).Output);
        Assert.Equal("Lost", (await FailingAsync("Lost")).Error!.Code);

        ValueTask<SimulationResult> FailingAsync(string code) => machine.RunAsync("null", (_, _) => new ValueTask<Testing.Asl.AslTaskResult>(Testing.Asl.AslTaskResult.Failure(
            "OtherFailure",
            $$$"""{"errorType":"OtherFailure","errorMessage":"{\"code\":\"{{{code}}}\",\"message\":\"no\",\"data\":null}","stackTrace":[]}""")), cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void A_failure_thrown_again_ends_the_run_as_it_was()
    {
        var result = Run(Workflow(Block(Try(Block(Call("S")), Block(Call("Note"), Throw(Var("failure")))))), "null", Echo("Note").FailsAlways("S", "Broken", "line\n\"x\"", "[1]"));
        Assert.Equal("Broken: line\n\"x\"", AslWorld.FailureOf(result));
        Assert.Equal("[1]", result.Error!.Failure!.Data);
    }

    [Fact]
    public void No_handler_sees_a_defect() => Assert.Equal("DivideByZeroException: made", AslWorld.FailureOf(Run(
        Workflow(Block(Try(Block(Call("S"), Throw("DivideByZeroException", defect: true)), Block(Return(Text("caught")))))), "null", Echo("S"))));

    [Fact]
    public void No_handler_sees_the_failure_of_a_lifted_step() => Assert.Equal("FormatException: bad", AslWorld.FailureOf(Run(
        Workflow(Block(Try(Block(Call("Lift_1")), Block(Return(Text("caught"))))), Step("Lift_1", lifted: true)), "null", new StepScript().FailsAlways("Lift_1", "FormatException", "bad"))));

    [Fact]
    public void Branches_give_their_results() => Assert.Equal("""{"a":7,"b":[],"c":[[1]]}""", Output(
        Block(
            Parallel(
                "Both",
                (Block(Call("A", Member(Order, "n"), "x"), Return(Var("x"))), "a"),
                (Block(Return(List())), "b"),
                (Block(If(Is(Member(Order, "n"), Number(7)), Block(Return(List(List(Number(1)))))), Return(Null)), "c")),
            Return(Object(("a", Var("a")), ("b", Var("b")), ("c", Var("c"))))),
        """{"n":7}""",
        Echo("A")));

    [Theory]
    [InlineData("X", "\"caught X\"")]
    [InlineData("Y", "Y: no")]
    public void The_failure_of_a_branch_is_that_of_the_statement(string code, string expected)
    {
        var body = Block(Try(
            Block(Parallel("Both", (Block(Call("A")), null), (Block(Call("B")), null))),
            Block(Return(Concat(Text("caught "), Code()))),
            Is(Code(), Text("X"))));
        var result = Run(Workflow(body), "null", Echo("B").FailsAlways("A", code, "no"));
        Assert.Equal(expected, result.Output ?? AslWorld.FailureOf(result));
    }

    [Fact]
    public void A_defect_in_a_branch_fails_the_run()
    {
        var body = Block(Try(
            Block(Parallel("Outer", (Block(Try(Block(Parallel("Inner", (Block(Call("A"), Throw("IndexOutOfRangeException", defect: true)), null), (Block(Call("B")), null))), Block(Call("No")))), null), (Block(Call("C")), null))),
            Block(Return(Text("caught")))));
        var result = Run(Workflow(body), "null", Echo("A", "B", "C"));
        Assert.Equal("IndexOutOfRangeException: made", AslWorld.FailureOf(result));
    }

    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("[1]", "[1]")]
    [InlineData("[1,2,3]", "[1,2,3]")]
    [InlineData("[[],[1],null]", "[[],[1],null]")]
    public void A_map_keeps_order_and_lists(string items, string expected) => Assert.Equal(expected, Output(
        Block(Map("Each", Member(Order, "items", IrKind.List), "item", Block(Call("A", Var("item"), "x"), Return(Var("x"))), "all"), Return(Var("all", IrKind.List))),
        $$"""{"items":{{items}}}""",
        Echo("A")));

    [Fact]
    public void A_map_that_collects()
    {
        var script = new StepScript().Answers("A", static input => input).Returns("Check", "true").Fails("A", 1, "Bad", "first");
        var body = Block(
            Map("Each", Member(Order, "items", IrKind.List), "item", Block(Call("A", Var("item"), "x"), If(Is(Var("item"), Number(2)), Block(Throw("Two"))), Return(Var("x"))), "all", collects: true, concurrency: 1),
            Return(Var("all", IrKind.List)));
        Assert.Equal(
            """[{"value":null,"failure":{"code":"Bad","message":"first","data":null}},{"value":null,"failure":{"code":"Two","message":"made","data":null}},{"value":3,"failure":null}]""",
            Output(body, """{"items":[1,2,3]}""", script));
    }

    [Fact]
    public void A_defect_is_not_collected() => Assert.Equal("Oops: made", AslWorld.FailureOf(Run(
        Workflow(Block(Map("Each", Var("order", IrKind.List), "item", Block(Throw("Oops", defect: true)), "all", collects: true), Return(Var("all")))), "[1]", new StepScript())));

    [Fact]
    public void A_map_in_a_map_reads_the_outer_element() => Assert.Equal("[[11,12],[]]", Output(
        Block(
            Map("Rows", Var("order", IrKind.List), "row", Block(
                Map("Cells", Member(Var("row"), "cells", IrKind.List), "cell", Block(Call("A", Add(Member(Var("row"), "base"), Var("cell")), "x"), Return(Var("x"))), "inner"),
                Return(Var("inner"))), "all"),
            Return(Var("all"))),
        """[{"base":10,"cells":[1,2]},{"base":0,"cells":[]}]""",
        Echo("A")));

    [Fact]
    public void Waits_take_their_time()
    {
        var body = Block(Wait("Wait", Number(5)), Wait("Wait_2", Member(Order, "s")), Wait("Wait_3", Number(-3)), new IrWait("Until", null, Member(Order, "t", IrKind.Text), IrSource.None), Return(Text("done")));
        var result = Run(Workflow(body), """{"s":-7,"t":"2026-01-01T00:01:00+00:00"}""", new StepScript());
        Assert.Equal(("\"done\"", TimeSpan.FromMinutes(1), 3), (result.Output, result.Elapsed, result.Transitions));
    }

    [Fact]
    public void An_event_comes_or_does_not()
    {
        var body = Block(Try(Block(Event("Approval", "approved", 60, "by")), Block(Return(Code()))), Return(Var("by")));
        Assert.Equal("\"Ada\"", Output(body, "null", new StepScript().Returns("event:approved", "\"Ada\"")));
        Assert.Equal("\"Timeout\"", Output(body, "null", new StepScript().FailsAlways("event:approved", "Timeout")));
    }

    [Theory]
    [InlineData("X", "\"caught X no [1]\"")]
    [InlineData("Y", "Y: no")]
    public void The_failure_of_a_child_is_that_of_the_statement(string code, string expected)
    {
        var body = Block(Try(
            Block(Child("Ship", "ship-parcel", Order, "r"), Return(Var("r"))),
            Block(Return(Concat(Text("caught "), Code(), Text(" "), Message(), Text(" "), new IrFailurePart("failure", IrFailureField.Data)))),
            Is(Code(), Text("X"))));
        Assert.Equal("[5]", Output(body, "[5]", Echo("child:${ShipParcelStateMachineArn}")));
        var result = Run(Workflow(body), "null", new StepScript().FailsAlways("child:${ShipParcelStateMachineArn}", code, "no", "[1]"));
        Assert.Equal(expected, result.Output ?? AslWorld.FailureOf(result));
    }

    [Fact]
    public void The_failure_of_a_child_in_a_branch_keeps_its_code()
    {
        var body = Block(Try(Block(Parallel("P", (Block(Child("C", "c")), null), (Block(Call("A")), null))), Block(Return(Message())), Is(Code(), Text("X"))));
        Assert.Equal("\"no\"", Output(body, "null", Echo("A").FailsAlways("child:${CStateMachineArn}", "X", "no")));
    }

    [Fact]
    public void Publishing()
    {
        var body = Block(Publish("Placed", "com.acme.order.placed", Object(("id", Member(Order, "id"))), version: 2), Return(Text("ok")));
        var result = Run(Workflow(body), """{"id":"o1"}""", new StepScript().Answers("publish:com.acme.order.placed.v2", static detail => detail == """{"id":"o1"}""" ? "null" : throw new InvalidOperationException(detail)));
        Assert.Equal("\"ok\"", result.Output);
    }

    [Fact]
    public void Time_and_identifiers_are_taken_once() => Assert.Equal("""{"same":true,"id":"00000000-0000-4000-8000-000000000000"}""", Output(
        Block(
            Take(IrTaken.NewGuid, "id"),
            Take(IrTaken.UtcNow, "now"),
            Set("copy", Var("now")),
            Wait("W", Number(1)),
            Call("A", Var("now"), "x"),
            Return(Object(("same", Is(Var("x"), Var("copy"))), ("id", Var("id"))))),
        "null",
        Echo("A")));

    [Fact]
    public void Steps_that_complete_by_token_are_isolated_and_keyed()
    {
        var body = Block(Call("Slow", Order, "x", key: Member(Order, "id")), Return(Var("x")));
        var model = Workflow(body, Step("Slow", Retry(2, "Timeout"), timeout: 600, heartbeat: 30, isolated: true));
        var definition = AslEmitter.Emit(model)!;
        Assert.Contains("\"FunctionName\": \"${SlowFunctionArn}\"", definition);
        Assert.Contains("\"HeartbeatSeconds\": 30", definition);
        Assert.Contains("\"key\": \"{% $states.input.id %}\"", definition);
        var result = Run(model, """{"id":"o1"}""", new StepScript().Fails("Slow", 1, "Timeout").Answers("Slow", static input => input));
        Assert.Equal("""{"id":"o1"}""", result.Output);
        Assert.DoesNotContain("waitForTaskToken", AslEmitter.Emit(model with { IsExpress = true })!);
    }

    [Theory]
    [InlineData(null, "7")]
    [InlineData("InferenceFailed", "\"InferenceFailed\"")]
    [InlineData("Timeout", "\"Timeout\"")]
    public async Task An_endpoint_that_is_no_SageMaker_endpoint_is_called_by_an_HTTP_task(string? failure, string expected)
    {
        var body = Block(Try(Block(Call("Score", Order, "x"), Return(Var("x"))), Block(Return(Code()))));
        var definition = AslEmitter.Emit(Workflow(body, Step("Score", timeout: 5, endpoint: "risk-model") with { IsHttp = true }))!;
        oracle.Check(definition);
        Assert.Contains("\"ApiEndpoint\": \"${RiskModelEndpoint}\"", definition);
        Assert.Contains("\"ConnectionArn\": \"${RiskModelConnectionArn}\"", definition);
        var script = new StepScript().Returns("Score", "7");
        var steps = Testing.Asl.AslTasks.FromSteps((failure is null ? script : script.FailsAlways("Score", failure)).Handler, new Dictionary<string, string> { ["${RiskModelEndpoint}"] = "Score" });
        var result = await Testing.Asl.AslSimulator.Parse(definition).RunAsync("""{"id":"o1"}""", steps, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected, result.Output);
    }
}
