using static Portable.Workflows.Tests.Differential.Regressions.Regression;

namespace Portable.Workflows.Tests.Differential.Regressions;

/// <summary>Failures and defects, and what goes on beside them.</summary>
internal static class Failures
{
    public static Regression[] All { get; } =
    [
        // The comparison once took every code that ends so for a defect.
        new("a-code-that-ends-like-an-exception", """
            public async Task<string> Run(IWorkflow flow, int input)
            {
                try
                {
                    await flow.Step(Work, input);
                    return "";
                }
                catch (StepFailed failure) when (failure.Code == "InvalidOperationException")
                {
                    return failure.Message + failure.FailureData;
                }
            }

            [Step] public Task Work(int payload) => throw new InvalidOperationException();
            """) { Input = "1", Faults = [Fails("Work", "InvalidOperationException", "told: \"x\"", "{\"a\":[1]}")], Ends = "returns \"told: \\\"x\\\"{\\\"a\\\":[1]}\"" },
        new("a-step-that-calls-itself-timed-out", """
            public async Task<int> Run(IWorkflow flow, int input) => await flow.Step(Work, input);

            [Step, Retry(MaxAttempts = 2, On = ["Timeout"])] public Task<int> Work(int payload) => throw new InvalidOperationException();
            """) { Input = "1", Faults = [Fails("Work", "Timeout", "my own message")], Ends = "fails Timeout" },
        new("what-a-filter-refuses-goes-to-the-handler-around", """
            public async Task<string> Run(IWorkflow flow, int input)
            {
                try
                {
                    try
                    {
                        await flow.Step(Work, input);
                        return "";
                    }
                    catch (StepFailed failure) when (failure.Code != "Stock")
                    {
                        return "inner " + failure.Code;
                    }
                }
                catch (StepFailed failure)
                {
                    return "outer " + failure.Code;
                }
            }

            [Step] public Task Work(int payload) => throw new InvalidOperationException();
            """) { Input = "1", Faults = [Fails("Work", "Stock")], Ends = "returns \"outer Stock\"" },
        new("a-filter-looks-at-what-the-handler-does-not", """
            public async Task<string> Run(IWorkflow flow, IReadOnlyList<string> input)
            {
                var seen = "";
                foreach (var message in input)
                {
                    try
                    {
                        try
                        {
                            await flow.Step(Log, message);
                            throw new StepFailed("Told", message);
                        }
                        catch (StepFailed failure) when (failure.Message == "known")
                        {
                            seen += "known ";
                        }
                    }
                    catch (StepFailed)
                    {
                        seen += "other ";
                    }
                }

                return seen;
            }

            [Step] public Task Log(string payload) => throw new InvalidOperationException();
            """) { Input = """["known","new","known"]""", Ends = "returns \"known other known \"" },
        new("no-handler-sees-a-defect", """
            public async Task<int> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                try
                {
                    return input[1];
                }
                catch (StepFailed)
                {
                    return await flow.Step(Never, 0);
                }
            }

            [Step] public Task<int> Never(int payload) => throw new InvalidOperationException();
            """) { Input = "[1]", Ends = "fails ArgumentOutOfRangeException" },
        new("no-handler-sees-a-defect-of-a-branch", """
            public async Task<int> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                try
                {
                    var (a, b) = await flow.Parallel(flow.Branch(async () => 10 / input[0]), flow.Branch(Work, 1));
                    return a + b;
                }
                catch (StepFailed)
                {
                    return await flow.Step(Work, 2);
                }
            }

            [Step] public Task<int> Work(int payload) => throw new InvalidOperationException();
            """) { Input = "[0]", Ends = "fails DivideByZeroException" },
        new("a-failure-stops-the-other-elements", """
            public async Task<string> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                try
                {
                    await flow.Map(input, async number =>
                    {
                        await flow.Step(First, number);
                        return await flow.Step(Second, number);
                    }, maxConcurrency: 2);
                    return "";
                }
                catch (StepFailed failure)
                {
                    return failure.Code;
                }
            }

            [Step] public Task First(int payload) => throw new InvalidOperationException();
            [Step] public Task<int> Second(int payload) => throw new InvalidOperationException();
            """) { Input = "[1,2,3,4]", Faults = [Fails("First", "Declined")], Ends = "returns \"Declined\"" },
        new("a-fork-that-cannot-fail-in-one-that-does", """
            public async Task<int> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                var (a, b) = await flow.Parallel(
                    flow.Branch(async () => (await flow.Map(input, Slow, maxConcurrency: 1)).Count),
                    flow.Branch(Fails, 1));
                return a + b;
            }

            [Step] public Task<int> Slow(int payload) => throw new InvalidOperationException();
            [Step] public Task<int> Fails(int payload) => throw new InvalidOperationException();
            """) { Input = "[1,2,3,4,5]", Faults = [Fails("Fails", "Declined")], Ends = "fails Declined" },
        new("outcomes-of-elements", """
            public async Task<IReadOnlyList<string>> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                IReadOnlyList<string> all = [];
                foreach (var outcome in await flow.TryMap(input, Name))
                {
                    all = [.. all, outcome.Failure is null ? outcome.Value ?? "null" : outcome.Failure.Code + outcome.Failure.Message];
                }

                return all;
            }

            [Step] public Task<string?> Name(int payload) => throw new InvalidOperationException();
            """) { Input = "[1]", Faults = [Fails("Name", "Own", "because")], Ends = "returns [\"Ownbecause\"]" },
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
        new("a-finally-in-a-finally-after-a-lifted-defect", """
            public async Task<int> Run(IWorkflow flow, int input)
            {
                try
                {
                    try
                    {
                        var quotient = 10 / input;
                        return await flow.Step(Clean, quotient);
                    }
                    catch (StepFailed)
                    {
                        return -1;
                    }
                    finally
                    {
                        await flow.Step(Clean, 1);
                    }
                }
                finally
                {
                    await flow.Step(Clean, 2);
                }
            }

            [Step] public Task<int> Clean(int payload) => throw new InvalidOperationException();
            """) { Input = "0", Ends = "fails DivideByZeroException" },
        new("a-finally-in-a-branch-after-a-defect", """
            public async Task<int> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                try
                {
                    var all = await flow.Map(input, async one =>
                    {
                        try
                        {
                            return input[one];
                        }
                        finally
                        {
                            await flow.Step(Clean, one);
                        }
                    }, maxConcurrency: 1);
                    return all.Count;
                }
                catch (StepFailed)
                {
                    return -1;
                }
                finally
                {
                    await flow.Step(Clean, -1);
                }
            }

            [Step] public Task Clean(int payload) => throw new InvalidOperationException();
            """) { Input = "[7,8]", Ends = "fails ArgumentOutOfRangeException" },
        new("a-failure-in-a-finally-after-a-defect", """
            public async Task<int> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                try
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
                catch (StepFailed failure)
                {
                    return failure.Code.Length;
                }
            }

            [Step] public Task Clean(int payload) => throw new InvalidOperationException();
            """) { Input = "[]", Faults = [Fails("Clean", "Declined")], Ends = "returns 8" },
        new("a-finally-after-a-failure-or-a-defect", """
            public async Task<int> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                try
                {
                    await flow.Step(Fails, 1);
                    return input[9];
                }
                finally
                {
                    await flow.Step(Clean, 1);
                }
            }

            [Step] public Task Fails(int payload) => throw new InvalidOperationException();
            [Step] public Task Clean(int payload) => throw new InvalidOperationException();
            """) { Input = "[]", Faults = [Fails("Fails", "Declined")], Ends = "fails Declined" },
        new("a-finally-of-what-did-not-happen", """
            public async Task<int> Run(IWorkflow flow, IReadOnlyList<string> input)
            {
                var n = 0;
                foreach (var text in input)
                {
                    if (text != "c")
                    {
                        try
                        {
                            if (text == "a")
                            {
                                n += text.Trim().Length;
                            }
                        }
                        finally
                        {
                            n++;
                        }
                    }
                }

                return n;
            }
            """) { Input = """["a","b","c"]""", Ends = "returns 3" },
        new("a-return-out-of-a-handler-that-nothing-reaches", """
            public async Task<int> Run(IWorkflow flow, int input)
            {
                var n = input;
                try
                {
                    n++;
                }
                catch (StepFailed)
                {
                    if (input / 2 == 3)
                    {
                        return 7;
                    }
                }
                finally
                {
                    await flow.Step(Clean, n);
                }

                return n;
            }

            [Step] public Task Clean(int payload) => throw new InvalidOperationException();
            """) { Input = "1", Ends = "returns 2" },
        new("a-kept-failure-that-is-null", """
            public async Task<string> Run(IWorkflow flow, Order input)
            {
                StepFailed? last = null;
                Item? found = null;
                if (input.Express)
                {
                    try
                    {
                        found = await flow.Step(Seek, 1);
                    }
                    catch (StepFailed failure)
                    {
                        last = failure;
                    }
                }

                if (last is not null && last.Message == "m" || found is not null && found.Name == "a")
                {
                    return "never";
                }

                return last?.Code ?? found?.Note ?? "none";
            }

            [Step] public Task<Item?> Seek(int payload) => throw new InvalidOperationException();
            """)
        {
            Input = """{"id":"a","main":{"name":"b"},"items":[],"numbers":[],"tags":[],"place":{"city":"c"}}""",
            LacksMembers = true,
            Ends = "returns \"none\"",
        },
    ];
}
