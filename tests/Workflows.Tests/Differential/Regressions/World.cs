using Portable.Testing;
using static Portable.Workflows.Tests.Differential.Regressions.Regression;

namespace Portable.Workflows.Tests.Differential.Regressions;

/// <summary>Events, other workflows, published events, keys, and what the engine gives.</summary>
internal static class World
{
    private const string Waits = """
        public async Task<IReadOnlyList<string>> Run(IWorkflow flow, int input)
        {
            IReadOnlyList<string> got = [];
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    var text = await flow.Event<string>("said", TimeSpan.FromSeconds(5));
                    got = [.. got, text];
                }
                catch (StepFailed failure)
                {
                    got = [.. got, failure.Code];
                }

                await flow.Delay(TimeSpan.FromSeconds(input));
            }

            return got;
        }
        """;

    private const string Failing = """
        public async Task<string> Run(IWorkflow flow, int input) => await flow.Step(Work, input);

        [Step] public Task<string> Work(int payload) => throw new InvalidOperationException();
        """;

    public static Regression[] All { get; } =
    [
        new("events-before-the-wait-are-kept", Waits) { Input = "1", Events = [Said("a", 0), Said("b", 0), Said("c", 0.4)], Ends = "returns [\"a\",\"b\",\"c\"]" },
        new("an-event-while-it-is-waited-for", Waits) { Input = "0", Events = [Said("a", 2.5), Said("b", 3.5), Said("c", 4.5)], Ends = "returns [\"a\",\"b\",\"c\"]" },
        new("an-event-that-never-comes", Waits) { Input = "0", Ends = "returns [\"Timeout\",\"Timeout\",\"Timeout\"]" },

        // Google Workflows: the address of the wait that had timed out would still have taken it.
        new("an-event-too-late-is-kept-for-the-next-wait", Waits) { Input = "3", Events = [Said("late", 6.5)], Ends = "returns [\"Timeout\",\"late\",\"Timeout\"]" },
        new("an-event-in-a-branch", """
            public async Task<string> Run(IWorkflow flow, int input)
            {
                var (said, count) = await flow.Parallel(
                    flow.Branch(async () => await flow.Event<string>("said", TimeSpan.FromMinutes(1))),
                    flow.Branch(async () =>
                    {
                        await flow.Delay(TimeSpan.FromSeconds(2));
                        return await flow.Event<int>("count", TimeSpan.FromDays(3));
                    }));
                return $"{said} {count}";
            }
            """) { Input = "1", Events = [Said("a", 30.5), new ScriptedEvent("count", "-7", TimeSpan.FromSeconds(0.5))], Ends = "returns \"a -7\"" },
        new("a-child-fails-as-it-failed", """
            public async Task<string> Run(IWorkflow flow, int input)
            {
                try
                {
                    return await flow.Child<int, string>(Child, input);
                }
                catch (StepFailed failure)
                {
                    return $"{failure.Code}: {failure.Message}: {failure.FailureData}";
                }
            }
            """) { Input = "1", Child = Failing, Faults = [Fails("Work", "Declined", "no: \"é\"", "{\"a\":1}")], Ends = "returns \"Declined: no: \\\"é\\\": {\\\"a\\\":1}\"" },
        new("a-child-in-branches", """
            public async Task<IReadOnlyList<string>> Run(IWorkflow flow, IReadOnlyList<int> input)
            {
                IReadOnlyList<string> all = [];
                foreach (var outcome in await flow.TryMap(input, async number => await flow.Child<int, string>(Child, number)))
                {
                    all = [.. all, outcome.Failure is null ? outcome.Value ?? "" : outcome.Failure.Code];
                }

                return all;
            }
            """) { Input = "[1,2]", Child = Failing, Faults = [Fails("Work", "Own")], Ends = "returns [\"Own\",\"Own\"]" },
        new("a-defect-of-a-child-fails-its-call", """
            public async Task<string> Run(IWorkflow flow, int input)
            {
                try
                {
                    return $"{await flow.Child<int, int>(Child, input)}";
                }
                catch (StepFailed failure)
                {
                    return failure.Code;
                }
            }
            """) { Input = "0", Child = "public async Task<int> Run(IWorkflow flow, int input) => 7 / input;", Ends = "returns \"DivideByZeroException\"" },
        new("a-child-returns-what-lacks-members", """
            public async Task<string> Run(IWorkflow flow, Order input)
            {
                var item = await flow.Child<Item, Item>(Child, input.Main);
                return $"{item.Name} {item.Qty} {(item.Flag ? "yes" : "no")} {item.Note ?? "null"}";
            }
            """)
        {
            Input = """{"id":"a","main":{"name":"b"},"items":[],"numbers":[],"tags":[],"place":{"city":"c"}}""",
            LacksMembers = true,
            Child = "public async Task<Item> Run(IWorkflow flow, Item input) => input;",
            Ends = "returns \"b 0 no null\"",
        },
        new("published-events-have-every-member", """
            public async Task<bool> Run(IWorkflow flow, Place input)
            {
                await flow.Publish(new PlaceLeft(input, Kind.Gift, true));
                await flow.Publish(new ItemChanged("x", new Item("é", -1, null, false), null, ["a"]));
                return true;
            }
            """) { Input = """{"city":"c","floor":1,"kind":0,"size":null}""", Ends = "returns true" },
        new("keys-are-members-as-text", """
            public async Task<bool> Run(IWorkflow flow, Item input)
            {
                await flow.Step(ByName, input);
                await flow.Step(ByCount, input);
                await flow.Step(ByNote, input);
                return true;
            }

            [Step, Idempotent(nameof(Item.Name)), Retry(MaxAttempts = 2)] public Task ByName(Item payload) => throw new InvalidOperationException();
            [Step, Idempotent(nameof(Item.Qty))] public Task ByCount(Item payload) => throw new InvalidOperationException();
            [Step, Idempotent(nameof(Item.Note))] public Task ByNote(Item payload) => throw new InvalidOperationException();
            """) { Input = """{"name":"","qty":-2147483648,"note":null,"flag":true}""", Faults = [Fails("ByName", "Busy", times: 1)], Ends = "returns true" },
        new("identifiers-and-times", """
            public async Task<IReadOnlyList<bool>> Run(IWorkflow flow, int input)
            {
                var begin = flow.UtcNow;
                var one = flow.NewGuid();
                var other = flow.NewGuid();
                await flow.Step(Keep, one);
                await flow.Until(begin.AddSeconds(input));
                return [one == other, one.ToString() == one.ToString("D").ToLowerInvariant(), flow.UtcNow >= begin.AddSeconds(input), flow.RunId == "run-1"];
            }

            [Step] public Task Keep(Guid payload) => throw new InvalidOperationException();
            """) { Input = "60", Ends = "returns [false,true,true,true]" },
        new("an-event-with-a-timeout-below-zero", """
            public async Task<int> Run(IWorkflow flow, int input)
            {
                await flow.Event<int>("paid", TimeSpan.FromSeconds(input - 5));
                return 1;
            }
            """) { Input = "3", Ends = "fails Timeout" },
    ];

    private static ScriptedEvent Said(string text, double seconds) => new("said", $"\"{text}\"", TimeSpan.FromSeconds(seconds));
}
