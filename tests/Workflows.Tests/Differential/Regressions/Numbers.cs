namespace Portable.Workflows.Tests.Differential.Regressions;

/// <summary>JavaScript's doubles and Google's 64 bits against C#'s integers.</summary>
internal static class Numbers
{
    public static Regression[] All { get; } =
    [
        new("integers-wrap-at-2-31", """
            public async Task<IReadOnlyList<int>> Run(IWorkflow flow, int input)
            {
                var sum = input;
                sum += 1;
                var product = input * 2;
                var back = int.MinValue;
                back--;
                return [sum, product, -(input + 1), back];
            }
            """) { Input = "2147483647", Ends = "returns [-2147483648,-2,-2147483648,2147483647]" },
        new("division-goes-towards-zero", """
            public async Task<IReadOnlyList<int>> Run(IWorkflow flow, int input) => [input / 2, input % 3, -input / 2, -input % 3];
            """) { Input = "-7", Ends = "returns [-3,-1,3,1]" },
        new("integers-up-to-2-53", """
            public async Task<IReadOnlyList<long>> Run(IWorkflow flow, long input)
            {
                var echoed = await flow.Step(Echo, input);
                return [input, echoed, echoed / 4, 9007199254740991L];
            }

            [Step] public Task<long> Echo(long payload) => throw new InvalidOperationException();
            """) { Input = "-9007199254740991", Results = new() { ["Echo"] = "9007199254740992" }, Ends = "returns [-9007199254740991,9007199254740992,2251799813685248,9007199254740991]" },
        new("decimals-are-no-doubles", """
            public async Task<bool> Run(IWorkflow flow, decimal input) => input + 0.2m == 0.3m;
            """) { Input = "0.1", Ends = "returns true" },
    ];
}
