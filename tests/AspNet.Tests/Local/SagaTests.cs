using Portable.Runtime;

namespace Portable.AspNet.Tests.Local;

/// <summary>Compensation, on the local engine.</summary>
public sealed class SagaTests
{
    [Fact]
    public async Task Compensate_undoes_what_was_done_last_first_and_only_once()
    {
        var app = new FlowApp { IsSaga = true }
            .Step("Reserve", undo: new StepCompensation("Release", TakesResult: true))
            .Step("Charge", undo: new StepCompensation("Refund", TakesResult: false))
            .Step("Release")
            .Step("Refund")
            .Workflow("flow", async (flow, input) =>
            {
                await flow.RunStep<string, string>("Reserve", input);
                await flow.RunStep<string, string>("Charge", input);
                await flow.Compensate();
                await flow.Compensate();
                return "done";
            });
        Assert.Equal("\"done\"", (await app.RunAsync()).Output);
        Assert.Equal(["Reserve(in)", "Charge(in)", "Refund(in)", "Release(Reserve:in)"], app.Called);
    }

    [Fact]
    public async Task Branches_run_to_their_end_and_are_undone_in_order()
    {
        var app = new FlowApp { CompensatesOnFailure = true }
            .Step("Do", undo: new StepCompensation("Undo", TakesResult: false))
            .Step("Undo")
            .Step("Fail", code => throw new StepFailed(code))
            .Workflow("flow", async (flow, _) =>
            {
                await flow.RunStep<string, string>("Do", "0");
                await flow.Parallel(
                    flow.Branch(async () =>
                    {
                        await flow.RunStep<string, string>("Do", "1");
                        await flow.Delay(TimeSpan.FromSeconds(60));
                        await flow.RunStep<string, string>("Do", "2");
                        return await flow.RunStep<string, string>("Fail", "LowestIndex");
                    }),
                    flow.Branch(async () =>
                    {
                        await flow.RunStep<string, string>("Do", "3");
                        return await flow.RunStep<string, string>("Fail", "FirstInTime");
                    }));
                return "no";
            });
        var run = await app.RunAsync();
        Assert.Equal("LowestIndex", run.Failure?.Code);
        Assert.Equal(
            ["Do(0)", "Do(1)", "Do(3)", "Fail(FirstInTime)", "Do(2)", "Fail(LowestIndex)", "Undo(3)", "Undo(2)", "Undo(1)", "Undo(0)"],
            app.Called);
    }

    [Fact]
    public async Task A_branch_that_compensates_undoes_what_it_did_itself()
    {
        var app = new FlowApp { IsSaga = true }
            .Step("Do", undo: new StepCompensation("Undo", TakesResult: false))
            .Step("Undo")
            .Workflow("flow", async (flow, _) =>
            {
                await flow.RunStep<string, string>("Do", "outer");
                await flow.Map(["a", "b"], async item =>
                {
                    await flow.RunStep<string, string>("Do", item);
                    if (item == "b")
                    {
                        await flow.Compensate();
                    }

                    return item;
                }, maxConcurrency: 1);
                return "done";
            });
        await app.RunAsync();
        Assert.Equal(["Do(outer)", "Do(a)", "Do(b)", "Undo(b)"], app.Called);
    }

    [Fact]
    public async Task What_cannot_be_undone_is_said_and_the_rest_is_undone()
    {
        var app = new FlowApp { CompensatesOnFailure = true }
            .Step("A", undo: new StepCompensation("UndoA", TakesResult: false))
            .Step("B", undo: new StepCompensation("UndoB", TakesResult: false))
            .Step("C", undo: new StepCompensation("UndoC", TakesResult: false))
            .Step("UndoA", _ => throw new StepFailed("Late"))
            .Step("UndoB")
            .Step("UndoC", _ => throw new InvalidOperationException("broken"), RetryPolicy.Create(2))
            .Workflow("flow", async (flow, input) =>
            {
                await flow.RunStep<string, string>("A", input);
                await flow.RunStep<string, string>("B", input);
                await flow.RunStep<string, string>("C", input);
                throw new StepFailed("Mine");
            });
        var run = await app.RunAsync();
        Assert.Equal((StepFailed.CompensationCode, "Not undone: UndoC (InvalidOperationException), UndoA (Late)", null), (run.Failure?.Code, run.Failure?.Message, run.Failure?.Data));
        Assert.Equal(["A(in)", "B(in)", "C(in)", "UndoC(in)", "UndoC(in)", "UndoB(in)", "UndoA(in)"], app.Called);
    }
}
