namespace Portable.Workflows.Tests.Differential.Regressions;

/// <summary>What docs/workflows.md says of differences that remain.</summary>
internal static class Documented
{
    public static Regression[] All { get; } =
    [
        new("an-integer-beyond-2-53", "public async Task<long> Run(IWorkflow flow, long input) => input;") { Input = "9007199254740993", Ends = "returns 9007199254740993" },
        new("a-finally-after-a-defect", """
            public async Task<int> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                try
                {
                    return input[9];
                }
                finally
                {
                    await flow.Step(Clean, 1);
                }
            }

            [Step] public Task Clean(int payload) => throw new InvalidOperationException();
            """) { Input = "[]", Ends = "fails ArgumentOutOfRangeException" },
    ];
}
