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
        new("members-that-a-context-leaves-out", """
            public async Task<IReadOnlyList<string>> Run(IWorkflow flow, int input)
            {
                var whole = await flow.Step(Make, input);
                var texts = new List<string> { $"{whole.Count} {whole.Flag} {whole.Floor} {whole.Note ?? "no note"}" };
                if (whole.Count == 0 && !whole.Flag && whole.When == default && whole.Size == Size.Small && whole.Kind != Kind.Gift)
                {
                    texts.Add("all there");
                }

                foreach (var part in whole.Parts)
                {
                    texts.Add($"{part.Name} {part.Qty + 1} {(part.Flag ? "?" : "no")}");
                }

                var (left, right) = await flow.Parallel(flow.Branch(Make, 1), flow.Branch(async () => await flow.Step(Make, 2)));
                var mapped = await flow.Map(whole.Parts, Again);
                var copy = whole with { Note = "copy" };
                var kept = new Kept(whole, mapped);
                texts.Add($"{left.Count} {right.Count} {mapped[0].Count} {copy.Count} {kept.Whole.Count} {kept.All[0].Floor}");
                await flow.Step(Look, whole);
                var list = await flow.Step(Find, input);
                texts.Add($"{list[0].Qty} {list.Count}");
                return texts;
            }

            public sealed record Kept(Whole Whole, IReadOnlyList<Whole> All);
            public sealed record Whole(string Id, int Count, bool Flag, DateTime When, Size Size, Kind Kind, IReadOnlyList<Item> Parts, string? Note, int Floor = 3);

            [System.Text.Json.Serialization.JsonSourceGenerationOptions(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)]
            [System.Text.Json.Serialization.JsonSerializable(typeof(Whole))]
            [System.Text.Json.Serialization.JsonSerializable(typeof(IReadOnlyList<Item>))]
            public abstract class SparseJson() : System.Text.Json.Serialization.JsonSerializerContext(null);

            [Step] public Task<Whole> Make(int payload) => throw new InvalidOperationException();
            [Step] public Task<Whole> Again(Item payload) => throw new InvalidOperationException();
            [Step, Idempotent(nameof(Whole.Count))] public Task Look(Whole payload) => throw new InvalidOperationException();
            [Step] public Task<IReadOnlyList<Item>> Find(int payload) => throw new InvalidOperationException();
            """)
        {
            Input = "1",
            Results = new()
            {
                ["Make"] = """{"id":"a","parts":[{"name":"b"}]}""",
                ["Again"] = """{"id":"a","parts":[]}""",
                ["Find"] = """[{"name":"b"}]""",
            },
            Ends = """returns ["0 False 3 no note","all there","b 1 no","0 0 0 0 0 3","0 1"]""",
        },
        new("members-that-an-attribute-leaves-out", """
            public async Task<string> Run(IWorkflow flow, int input)
            {
                var made = await flow.Step(Make, input);
                return $"{made.Count} {made.Flag} {made.Place?.City ?? "nowhere"} {made.Place is null}";
            }

            public sealed record Sparse(
                string Id,
                [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)] int Count,
                [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)] bool Flag,
                [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] Place? Place);

            [Step] public Task<Sparse> Make(int payload) => throw new InvalidOperationException();
            """) { Input = "1", Results = new() { ["Make"] = """{"id":"a"}""" }, Ends = "returns \"0 False nowhere True\"" },
        new("a-switch-on-null-itself", """
            public async Task<IReadOnlyList<string>> Run(IWorkflow flow, int input)
            {
                var texts = new List<string>();
                switch ((Size?)null)
                {
                    case Size.ExtraLarge:
                        texts.Add("?");
                        break;
                    default:
                        texts.Add("none");
                        break;
                }

                texts.Add((int?)null switch { > 1 => "?", 1 => "?", null => "null", _ => "?" });
                return texts;
            }
            """) { Input = "1", Ends = """returns ["none","null"]""" },
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
