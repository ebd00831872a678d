namespace Portable.Workflows.Tests.Differential.Regressions;

/// <summary>Null, nothing, lists of one element, and what an engine evaluates although C# does not.</summary>
internal static class Data
{
    private const string Items = """[{"name":"a","qty":2,"note":null,"flag":true}]""";

    public static Regression[] All { get; } =
    [
        new("a-list-of-one-element-stays-a-list", """
            public async Task<IReadOnlyList<int>> Run(IWorkflow flow, IReadOnlyList<Item> input)
            {
                var mapped = await flow.Map(input, Count);
                return [.. mapped];
            }

            [Step] public Task<int> Count(Item payload) => throw new InvalidOperationException();
            """) { Input = Items, Results = new() { ["Count"] = "2" }, Ends = "returns [2]" },
        new("an-empty-list-stays-a-list", """
            public async Task<IReadOnlyList<int>> Run(IWorkflow flow, IReadOnlyList<Item> input)
            {
                var mapped = await flow.Map(input, Count);
                return [.. mapped];
            }

            [Step] public Task<int> Count(Item payload) => throw new InvalidOperationException();
            """) { Input = "[]", Ends = "returns []" },
        new("one-side-of-a-condition-is-evaluated", """
            public async Task<IReadOnlyList<string>> Run(IWorkflow flow, IReadOnlyList<Item> input) =>
                [input.Count > 1 ? input[1].Name : "none", input.Count > 0 && input[0].Flag ? input[0].Name : "no", input[0].Note ?? input[0].Name];
            """) { Input = Items, Ends = "returns [\"none\",\"a\",\"a\"]" },
        new("a-result-that-is-null", """
            public async Task<IReadOnlyList<bool>> Run(IWorkflow flow, int input)
            {
                var text = await flow.Step(Text, input);
                var item = await flow.Step(Item, input);
                return [text is null, item is null, item?.Note == text, (item?.Name ?? "x") == "x"];
            }

            [Step] public Task<string?> Text(int payload) => throw new InvalidOperationException();
            [Step] public Task<Item?> Item(int payload) => throw new InvalidOperationException();
            """) { Input = "1", Results = new() { ["Text"] = "null", ["Item"] = "null" }, Ends = "returns [true,true,true,true]" },
        new("members-that-the-input-lacks", """
            public async Task<IReadOnlyList<string>> Run(IWorkflow flow, Order input)
            {
                await flow.Step(Look, input.Place);
                return [$"{input.Count} {input.Main.Qty}", input.Note ?? "no note", input.Place.Floor == 3 ? "3" : "?", input.Place.Kind == Kind.Rush ? "rush" : "?", input.Size == Size.Small ? "small" : "?",
                    input.Extra is null ? "null" : "?", input.Express || input.Main.Flag ? "?" : "no"];
            }

            [Step] public Task Look(Place payload) => throw new InvalidOperationException();
            """)
        {
            Input = """{"id":"a","main":{"name":"b"},"items":[],"numbers":[],"tags":[],"place":{"city":"c"}}""",
            LacksMembers = true,
            Ends = """returns ["0 0","no note","3","rush","small","null","no"]""",
        },
        new("nulls-that-a-result-lacks", """
            public async Task<string> Run(IWorkflow flow, int input)
            {
                var item = await flow.Step(Make, input);
                return item.Note ?? (item.Note is null ? "null" : "?");
            }

            [Step] public Task<Item> Make(int payload) => throw new InvalidOperationException();
            """) { Input = "1", LacksMembers = true, Results = new() { ["Make"] = """{"name":"a","qty":1,"flag":true}""" }, Ends = "returns \"null\"" },
        new("enums-as-numbers-and-texts", """
            public async Task<IReadOnlyList<string>> Run(IWorkflow flow, Place input)
            {
                var moved = input with { Kind = Kind.Gift, Size = Size.ExtraLarge };
                var size = input.Size switch { Size.Large => "large", null => "none", _ => "other" };
                return [size, moved.Kind == Kind.Gift ? "gift" : "?", $"{moved.Kind} {moved.Size}"];
            }
            """) { Input = """{"city":"c","floor":1,"kind":0,"size":null}""", Ends = """returns ["none","gift","Gift ExtraLarge"]""" },
        new("records-compared-where-net-computes", """
            public async Task<IReadOnlyList<int>> Run(IWorkflow flow, Order input) =>
                [input.Tags.Count(tag => tag == "a" && input.Other == null), input.Tags.Count(tag => input.Other != input.Place), input.Tags.Count(tag => input.Place == new Place(tag))];
            """)
        {
            Input = """{"id":"a","main":{"name":"b"},"items":[],"numbers":[],"tags":["a","c"],"place":{"city":"c"}}""",
            LacksMembers = true,
            Ends = "returns [1,2,1]",
        },
    ];
}
