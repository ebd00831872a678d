using static Portable.Workflows.Tests.Differential.Regressions.Regression;

namespace Portable.Workflows.Tests.Differential.Regressions;

/// <summary>What is undone, and how branches of a workflow that compensates end.</summary>
internal static class Sagas
{
    private const string OnFailure = ", CompensateOnFailure = true";

    private const string Steps = """

        [Step, Compensate(nameof(Undo))] public Task<string> Do(string payload) => throw new InvalidOperationException();
        [Step, Retry(MaxAttempts = 2)] public Task Undo(string payload) => throw new InvalidOperationException();
        [Step] public Task<int> Work(int payload) => throw new InvalidOperationException();
        """;

    public static Regression[] All { get; } =
    [
        // Google Workflows: the other elements went on to their end.
        new("the-key-of-an-undo-that-the-payload-lacks", """
            public async Task<int> Run(IWorkflow flow, Item input)
            {
                await flow.Step(Book, input);
                return await flow.Step(Fail, 1);
            }

            [Step, Compensate(nameof(Cancel))] public Task Book(Item payload) => throw new InvalidOperationException();
            [Step, Idempotent(nameof(Item.Qty))] public Task Cancel(Item payload) => throw new InvalidOperationException();
            [Step] public Task<int> Fail(int payload) => throw new InvalidOperationException();
            """) { Input = """{"name":"a"}""", Arguments = OnFailure, Faults = [Regression.Fails("Fail", "Full")], Ends = "fails Full" },
        new("a-defect-stops-the-others-of-a-saga", """
            public async Task<int> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                var all = await flow.Map(input, async number =>
                {
                    await flow.Step(Work, number);
                    if (number == 1)
                    {
                        return input[9];
                    }

                    await flow.Step(Work, number + 10);
                    await flow.Step(Work, number + 20);
                    return await flow.Step(Work, number + 30);
                });
                return all.Count;
            }
            """ + Steps) { Arguments = OnFailure, Input = "[1,2,3]", Ends = "fails ArgumentOutOfRangeException" },

        // Google Workflows: the defect of the lowest index, not the first in time.
        new("the-first-of-two-defects-of-a-saga", """
            public async Task<int> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                var all = await flow.Map(input, async number =>
                {
                    await flow.Step(Work, number % number);
                    return input[9];
                });
                return all.Count;
            }
            """ + Steps) { Arguments = OnFailure, Input = "[1,0]", Ends = "fails DivideByZeroException" },
        new("branches-of-a-saga-run-to-their-end", """
            public async Task<int> Run(IWorkflow flow, int input)
            {
                var (a, b) = await flow.Parallel(
                    flow.Branch(async () =>
                    {
                        await flow.Step(Do, "a");
                        return await flow.Step(Work, 1);
                    }),
                    flow.Branch(async () =>
                    {
                        await flow.Step(Do, "b");
                        await flow.Step(Do, "c");
                        return 1;
                    }));
                return a + b;
            }
            """ + Steps) { Arguments = OnFailure, Faults = [Fails("Work", "Declined")], Input = "1", Ends = "fails Declined" },

        // Steps that could be undone do not make a saga: nothing undoes them, so branches fail fast.
        new("what-nobody-undoes-is-no-saga", """
            public async Task<int> Run(IWorkflow flow, int input)
            {
                var (a, b) = await flow.Parallel(
                    flow.Branch(Work, 1),
                    flow.Branch(async () =>
                    {
                        await flow.Step(Do, "a");
                        await flow.Step(Do, "b");
                        await flow.Step(Do, "c");
                        await flow.Step(Do, "d");
                        return 1;
                    }));
                return a + b;
            }
            """ + Steps) { Faults = [Fails("Work", "Declined")], Input = "1", Ends = "fails Declined" },
        new("nothing-is-undone-twice", """
            public async Task<int> Run(IWorkflow flow, int input)
            {
                await flow.Step(Do, "a");
                await flow.Compensate();
                await flow.Step(Do, "b");
                return await flow.Step(Work, 1);
            }
            """ + Steps) { Arguments = OnFailure, Faults = [Fails("Work", "Declined")], Input = "1", Results = new() { ["Do"] = "\"done\"" }, Ends = "fails Declined" },
        new("what-could-not-be-undone-is-told", """
            public async Task<string> Run(IWorkflow flow, int input)
            {
                await flow.Step(Do, "a");
                await flow.Step(Do, "b");
                try
                {
                    await flow.Compensate();
                    return "";
                }
                catch (StepFailed failure)
                {
                    return failure.Message;
                }
            }
            """ + Steps) { Faults = [Fails("Undo", "Declined")], Input = "1", Ends = "returns \"Not undone: Undo (Declined), Undo (Declined)\"" },
        new("a-branch-undoes-its-own", """
            public async Task<int> Run(IWorkflow flow, int input)
            {
                await flow.Step(Do, "outside");
                var (a, b) = await flow.Parallel(
                    flow.Branch(async () =>
                    {
                        await flow.Step(Do, "a");
                        await flow.Compensate();
                        return 1;
                    }),
                    flow.Branch(async () =>
                    {
                        await flow.Step(Do, "b");
                        return 2;
                    }));
                throw new StepFailed("Own", $"{a + b}");
            }
            """ + Steps) { Arguments = OnFailure, Input = "1", Ends = "fails Own" },
    ];
}
