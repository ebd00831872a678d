using System.Text.Json;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Ir;
using Portable.Testing;
using Portable.Testing.GoogleWorkflows;
using static Portable.Workflows.Tests.GoogleWorkflows.Build;

namespace Portable.Workflows.Tests.GoogleWorkflows;

/// <summary>Random programs mean the same before the transformations, after them, and as what is printed.</summary>
public sealed class StructuredExitsTests
{
    private const int Batches = 20;
    private const int PerBatch = 50;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Batches)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Jumps_keep_their_meaning(int batch)
    {
        foreach (var (seed, body) in Programs(batch))
        {
            var expected = new IrInterpreter(Answer, false);
            var expectedOutcome = expected.Run(body);
            var lowered = Lower(body);
            var actual = new IrInterpreter(Answer, true);
            string actualOutcome;
            try
            {
                actualOutcome = actual.Run(lowered);
            }
            catch (InvalidOperationException e)
            {
                throw new Xunit.Sdk.XunitException($"seed {seed}: {e.Message}\n{Show(body)}\n---\n{Show(lowered)}");
            }

            Assert.True(
                expectedOutcome == actualOutcome && expected.Trace.SequenceEqual(actual.Trace),
                $"seed {seed}: expected {expectedOutcome}, got {actualOutcome}\n{string.Join("\n", expected.Trace)}\n---\n{string.Join("\n", actual.Trace)}\n---\n{Show(body)}\n---\n{Show(lowered)}");
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Definitions_do_what_the_programs_say(int batch)
    {
        foreach (var (seed, body) in Programs(batch))
        {
            var expected = new IrInterpreter(Answer, false);
            var expectedOutcome = expected.Run(body);
            var yaml = GoogleWorkflowsEmitter.Emit(Workflow(body))!;
            if (System.Text.Encoding.UTF8.GetByteCount(yaml) > 128 * 1024)
            {
                continue; // such a one could not be deployed
            }

            SimulationResult result;
            try
            {
                result = await Simulation.RunAsync(yaml, call => Reply(call.Step, call.Input));
            }
            catch (Exception e) when (e is GoogleWorkflowDefinitionException or GoogleNotSimulatedException)
            {
                throw new Xunit.Sdk.XunitException($"seed {seed}: {e.Message}\n{yaml}");
            }

            var actualOutcome = result.Output ?? $"{(result.Error!.Data?.Contains("\"defect\":true", StringComparison.Ordinal) == true ? "defect" : "failure")} {result.Error.Code}";
            // Branches take turns in the simulation. A defect stops the others where they are; the interpreter runs them one after the other to their ends.
            var calls = result.Calls.Select(call => $"{call.Name}({call.Input})").Order(StringComparer.Ordinal).ToList();
            var fits = expectedOutcome.StartsWith("defect", StringComparison.Ordinal)
                ? calls.CountBy(call => call).All(made => made.Value <= expected.Trace.Count(call => call == made.Key))
                : expected.Trace.Order(StringComparer.Ordinal).SequenceEqual(calls);
            Assert.True(
                expectedOutcome == actualOutcome && fits,
                $"seed {seed}: expected {expectedOutcome}, got {actualOutcome} {result.Error}\n{string.Join("\n", expected.Trace)}\n---\n{string.Join("\n", calls)}\n---\n{Show(body)}\n---\n{yaml}");
        }
    }

    [Fact]
    public void Easy_jumps_stay()
    {
        var body = Block(
            ForEach("x", List(Int(1)), Block(If(Same(Var("x"), Int(1)), Block(Continue())), Step("A"), If(Same(Var("x"), Int(2)), Block(Break())), Step("A", label: "A_2"))),
            If(Bool(true), Block(Return(Int(1)))),
            Scope("s", Block(If(Bool(false), Block(Leave("s"))), Step("B"))),
            Return(Int(2)));
        Assert.Equal(body, Lower(body));
    }

    [Fact]
    public void A_return_in_a_try_stays_and_a_break_notes_where_to_go()
    {
        var lowered = Lower(Block(ForEach("x", List(Int(1)), Block(
            Try(Block(Step("A"), If(Bool(true), Block(Break())), Step("B"), Return(Int(1))), "e", Block(Step("C"))),
            Step("D")))));
        var statements = IrWalk.All(lowered).ToList();
        Assert.Single(statements.OfType<IrReturn>());
        Assert.Contains(statements, statement => statement is IrAssign { Variable: "exit", Value: IrLiteral { Text: "break" } });
        Assert.IsType<IrBreak>(Assert.Single(statements, statement => statement is IrBreak));
    }

    [Fact]
    public void A_return_at_the_end_of_a_branch_is_an_assignment()
    {
        var lowered = Lower(Block(Parallel("p", false, Branch("a", Block(Step("A", null, "x"), Return(Var("x"))), "r"), Branch("b", Block(Step("B"))))));
        var parallel = Assert.IsType<IrParallel>(lowered.Statements[0]);
        Assert.Equal(Set("r", Var("x")) with { Source = From("return ...;") }, parallel.Branches[0].Body.Statements[1]);
        Assert.Equal(2, parallel.Branches[0].Body.Statements.Count);
    }

    [Fact]
    public void What_a_handler_sets_and_others_read_is_declared_before()
    {
        var lowered = Lower(Block(Try(Block(Step("A", null, "x")), "e", Block(Set("x", Int(1)), Set("y", Int(2)), Step("B", Var("y")))), Step("C", Var("x"))));
        Assert.Equal(["x"], lowered.Statements.TakeWhile(statement => statement is IrAssign).Cast<IrAssign>().Select(assign => assign.Variable));
    }

    private static IrBlock Lower(IrBlock body)
    {
        var names = new GoogleNames(body, null);
        return Declarations.Apply(StructuredExits.Apply(SharedResults.Apply(body, names, null), names), null);
    }

    private static IEnumerable<(int Seed, IrBlock Body)> Programs(int batch) =>
        Enumerable.Range(batch * PerBatch, PerBatch).Select(seed => (seed, new RandomPrograms(seed, seed % 3 == 0).Next()));

    private static object? Answer(string step, object? input)
    {
        var number = Hash(step + JsonSerializer.Serialize(input));
        return number % 5 == 0
            ? throw new IrFailure(new() { ["code"] = number % 2 == 0 ? "A" : "B", ["message"] = "scripted", ["data"] = null }, false)
            : (long)(number % 4);
    }

    private static ValueTask<StepReply> Reply(string step, string input)
    {
        var number = Hash(step + input);
        return new(number % 5 == 0 ? StepReply.Fail(number % 2 == 0 ? "A" : "B") : StepReply.Success($"{number % 4}"));
    }

    private static uint Hash(string text) => text.Aggregate(2166136261, static (hash, c) => unchecked((hash ^ c) * 16777619)) >> 3;

    private static string Show(IrBlock block, int indent = 0) => string.Join("\n", block.Statements.Select(statement =>
    {
        var head = new string(' ', indent) + statement switch
        {
            IrStep step => $"{step.Result} = {step.Step}",
            IrAssign assign => $"{assign.Variable} = {GoogleExpression.Print(assign.Value)}",
            IrIf branch => $"if {GoogleExpression.Print(branch.Condition)}",
            IrTry attempt => $"try {attempt.Failure} when {(attempt.Filter is null ? "" : GoogleExpression.Print(attempt.Filter))}",
            IrForEach loop => $"foreach {loop.Item}",
            IrLoop loop => $"loop {(loop.Condition is null ? "" : GoogleExpression.Print(loop.Condition))} after={loop.TestsAfter}",
            IrScope scope => $"scope {scope.Name}",
            IrLeave leave => $"leave {leave.Name}",
            IrParallel parallel => $"parallel {string.Join(",", parallel.Branches.Select(branch => branch.Result))}",
            IrMap map => $"map {map.Result} collects={map.Collects}",
            IrThrow thrown => $"throw {thrown.IsDefect}",
            _ => statement.GetType().Name,
        };
        return string.Join("\n" + new string(' ', indent) + "..\n", IrWalk.Blocks(statement).Select(inner => Show(inner, indent + 2)).Prepend(head));
    }));
}
