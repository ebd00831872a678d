using Portable.Testing.Asl;
using static Portable.Testing.Tests.Asl.Machines;

namespace Portable.Testing.Tests.Asl;

/// <summary>States, data and variables.</summary>
public sealed class StateTests
{
    [Fact]
    public async Task A_pass_state_hands_its_input_on_without_output()
    {
        var result = await Run(Of("\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"},\"B\":{\"Type\":\"Succeed\"}"), """{"x":1}""");
        Assert.Equal("""{"x":1}""", result.Output);
        Assert.Equal(2, result.Transitions);
    }

    [Fact]
    public async Task Output_mixes_constants_and_expressions()
    {
        var result = await Run(Of("""
            "A":{"Type":"Pass","Output":{"sum":"{% $states.input.a + 1 %}","list":[1,"{% $states.input.b %}"],"text":"plain","null":null},"End":true}
            """), """{"a":1,"b":{"c":[]}}""");
        Assert.Equal("""{"sum":2,"list":[1,{"c":[]}],"text":"plain","null":null}""", result.Output);
    }

    [Fact]
    public async Task Variables_outlive_their_state_and_output_sees_them_as_they_were()
    {
        var result = await Run(Of("""
            "A":{"Type":"Pass","Assign":{"n":1},"Next":"B"},
            "B":{"Type":"Pass","Assign":{"n":"{% $n + 1 %}","m":"{% $n %}"},"Output":"{% $n %}","Next":"C"},
            "C":{"Type":"Pass","Output":["{% $n %}","{% $m %}","{% $states.input %}"],"End":true}
            """));
        Assert.Equal("[2,1,1]", result.Output);
    }

    [Theory]
    [InlineData("$states.input.missing")]
    [InlineData("1 + \"a\"")]
    [InlineData("1 / 0")]
    [InlineData("$parse(\"no\")")]
    [InlineData("$unknown(1)")]
    public async Task An_expression_without_a_json_value_fails_the_run(string expression)
    {
        var result = await Run(Of($$"""
            "A":{"Type":"Pass","Output":"{% {{expression.Replace("\"", "\\\"", StringComparison.Ordinal)}} %}","End":true}
            """));
        Assert.Equal("States.QueryEvaluationError", result.Error!.Code);
    }

    [Fact]
    public async Task Choice_takes_the_first_rule_that_holds_else_the_default()
    {
        var definition = Of("""
            "A":{"Type":"Choice","Choices":[
              {"Condition":"{% $states.input.n > 10 %}","Next":"Big","Assign":{"why":"big"}},
              {"Condition":"{% $states.input.n > 5 %}","Next":"Mid","Output":"{% $states.input.n * 2 %}"}],"Default":"Small","Assign":{"why":"default"}},
            "Big":{"Type":"Pass","Output":"{% $why %}","End":true},
            "Mid":{"Type":"Pass","End":true},
            "Small":{"Type":"Pass","Output":"{% $why %}","End":true}
            """);
        Assert.Equal("\"big\"", (await Run(definition, """{"n":11}""")).Output);
        Assert.Equal("12", (await Run(definition, """{"n":6}""")).Output);
        Assert.Equal("\"default\"", (await Run(definition, """{"n":1}""")).Output);
    }

    [Fact]
    public async Task Choice_without_a_match_or_with_a_condition_that_is_no_boolean_fails()
    {
        var noMatch = await Run(Of("\"A\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"{% false %}\",\"Next\":\"B\"}]},\"B\":{\"Type\":\"Succeed\"}"));
        Assert.Equal("States.NoChoiceMatched", noMatch.Error!.Code);
        var text = await Run(Of("\"A\":{\"Type\":\"Choice\",\"Choices\":[{\"Condition\":\"{% 'true' %}\",\"Next\":\"B\"}]},\"B\":{\"Type\":\"Succeed\"}"));
        Assert.Equal("States.QueryEvaluationError", text.Error!.Code);
    }

    [Fact]
    public async Task Wait_takes_virtual_time_only()
    {
        var result = await Run(Of("""
            "A":{"Type":"Wait","Seconds":"{% $states.input.s %}","Next":"B"},
            "B":{"Type":"Wait","Timestamp":"2026-01-01T00:02:00Z","End":true}
            """), """{"s":90}""");
        Assert.Equal(TimeSpan.FromMinutes(2), result.Elapsed);
    }

    [Fact]
    public async Task Fail_ends_with_its_error_and_cause()
    {
        var result = await Run(Of("""
            "A":{"Type":"Fail","Error":"{% 'E' & $states.input.n %}","Cause":"because"}
            """), """{"n":1}""");
        Assert.Equal(("E1", "because"), (result.Error!.Code, result.Error.Message));
        Assert.Null(result.Output);
    }

    [Fact]
    public async Task The_context_names_execution_and_state()
    {
        var result = await Run(
            Of("""
            "A":{"Type":"Pass","Output":"{% [$states.context.Execution.Name, $states.context.State.Name, $states.context.State.RetryCount, $states.context.Execution.Input.x, $now()] %}","End":true}
            """),
            """{"x":true}""",
            options: new AslOptions { ExecutionName = "mine" });
        Assert.Equal("""["mine","A",0,true,"2026-01-01T00:00:00.000Z"]""", result.Output);
    }

    [Fact]
    public async Task A_payload_beyond_256_KiB_ends_the_run_even_when_all_errors_are_caught()
    {
        var script = new StepScript().Answers("Big", _ => "\"" + new string('x', 262_144) + "\"");
        var result = await Run(Of("\"A\":" + Machines.Task("Big", "\"End\":true,\"Catch\":[{\"ErrorEquals\":[\"States.ALL\"],\"Next\":\"B\"}]") + ",\"B\":{\"Type\":\"Succeed\"}"), script: script);
        Assert.Equal("States.DataLimitExceeded", result.Error!.Code);
    }

    [Fact]
    public async Task A_run_that_never_ends_is_given_up()
    {
        var simulator = AslSimulator.Parse(Of("\"A\":{\"Type\":\"Pass\",\"Next\":\"A\"}"));
        await Assert.ThrowsAsync<SimulationLimitException>(async () => await simulator.RunAsync("1", AslTasks.FromSteps(new StepScript().Handler), new AslOptions { MaxTransitions = 10 }, Token));
    }

    [Fact]
    public async Task The_machine_itself_can_time_out()
    {
        var result = await Run(Of("\"A\":{\"Type\":\"Wait\",\"Seconds\":11,\"Next\":\"B\"},\"B\":{\"Type\":\"Succeed\"}", more: "\"TimeoutSeconds\":10,"));
        Assert.Equal("States.Timeout", result.Error!.Code);
    }

    [Fact]
    public void Every_expression_is_listed_with_its_place()
    {
        var simulator = AslSimulator.Parse(Of("\"A\":{\"Type\":\"Pass\",\"Output\":{\"x\":[\"{% 1 %}\"]},\"Assign\":{\"y\":\"{% 2 %}\"},\"End\":true}"));
        Assert.Equal([new AslExpression("A/Output/x[0]", "1"), new AslExpression("A/Assign/y", "2")], simulator.Expressions);
    }

    [Theory]
    [InlineData("\"A\":{\"Type\":\"Pass\"}", "either 'Next' or 'End'")]
    [InlineData("\"A\":{\"Type\":\"Pass\",\"Next\":\"B\"}", "no state 'B'")]
    [InlineData("\"A\":{\"Type\":\"Pass\",\"Result\":1,\"End\":true}", "no field 'Result'")]
    [InlineData("\"A\":{\"Type\":\"Pass\",\"QueryLanguage\":\"JSONPath\",\"End\":true}", "Only JSONata")]
    [InlineData("\"A\":{\"Type\":\"Pass\",\"Output\":\"{% 1 + %}\",\"End\":true}", "S0207")]
    [InlineData("\"A\":{\"Type\":\"Pass\",\"Assign\":{\"states\":1},\"End\":true}", "no name for a variable")]
    [InlineData("\"A\":{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"States.ALL\",\"X\"]}]}", "stands alone")]
    [InlineData("\"A\":{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"States.ALL\"]},{\"ErrorEquals\":[\"X\"]}]}", "last retrier")]
    [InlineData("\"A\":{\"Type\":\"Task\",\"Resource\":\"r\",\"End\":true,\"Retry\":[{\"ErrorEquals\":[\"X\"],\"IntervalSeconds\":0}]}", "at least 1")]
    [InlineData("\"A\":{\"Type\":\"Nap\",\"End\":true}", "no type of state")]
    public void A_definition_that_cannot_run_is_refused(string states, string reason) =>
        Assert.Contains(reason, Assert.Throws<AslDefinitionException>(() => AslSimulator.Parse(Of(states))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_json_path_machine_is_refused() =>
        Assert.Throws<AslDefinitionException>(() => AslSimulator.Parse("""{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}"""));
}
