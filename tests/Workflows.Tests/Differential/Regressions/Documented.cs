namespace Portable.Workflows.Tests.Differential.Regressions;

/// <summary>What docs/workflows.md says of differences that remain.</summary>
internal static class Documented
{
    public static Regression[] All { get; } =
    [
        new("an-integer-beyond-2-53", "public async Task<long> Run(IWorkflow flow, long input) => input;") { Input = "9007199254740993", Ends = "returns 9007199254740993" },
        new("a-child-in-a-branch-that-stops", """
            public async Task<int> Run(IWorkflow flow, int input)
            {
                var (a, b) = await flow.Parallel(flow.Branch(async () => await flow.Child<int, int>(Child, input)), flow.Branch(Fails, input));
                return a + b;
            }

            [Step] public Task<int> Fails(int payload) => throw new InvalidOperationException();
            """)
        {
            Input = "1",
            Faults = [Regression.Fails("Fails", "Declined")],
            Child = """
                public async Task<int> Run(IWorkflow flow, int input)
                {
                    await flow.Delay(TimeSpan.FromHours(1));
                    return await flow.Step(Work, input);
                }

                [Step] public Task<int> Work(int payload) => throw new InvalidOperationException();
                """,
            Ends = "fails Declined",
        },
    ];
}
