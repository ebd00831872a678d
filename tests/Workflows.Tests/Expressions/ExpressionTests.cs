using Portable.Generator.Workflows.Ir;

namespace Portable.Workflows.Tests.Expressions;

/// <summary>The same expression, evaluated by C# and by every engine's definition, gives the same value or the same defect.</summary>
public sealed class ExpressionTests
{
    private const string Types = """
        using Portable;
        using System.Text.Json.Serialization;
        namespace App;

        [JsonConverter(typeof(JsonStringEnumConverter<Color>))]
        public enum Color { Red, Green, Blue }
        public enum Size { Small, Large = 5 }
        public sealed record Line(string Sku, int Quantity, decimal Price);
        public sealed record Inner(string Name, int? Rank, Inner? Next);
        public sealed record Pair(string Left, int Right);
        public sealed record In(
            string Id, int A, int B, byte Small, long Big, decimal Price, bool Flag, int? Maybe, bool? Perhaps, string? Note, Inner? Inner, List<Line> Lines, string[] Tags,
            Color Color, Size Size, DateTimeOffset At, Guid Key)
        {
            public string Shout => Id.ToUpperInvariant() + "!";
        }
        public static class Rules
        {
            [System.Diagnostics.Contracts.Pure] public static decimal Vat(decimal price) => price * 0.19m;
        }

        """;

    private static readonly string[] Inputs =
    [
        Input(),
        Input(a: 7, b: -3, small: 255, big: 40, price: "12.50", flag: true, maybe: "5", perhaps: "true", note: "\"n\"", inner: """{"name":"x","rank":3,"next":{"name":"y","rank":null,"next":null}}""",
            lines: """[{"sku":"a","quantity":2,"price":1.10},{"sku":"b","quantity":1,"price":2}]""", tags: "[\"x\",\"\"]", color: "Blue", size: 5),
        Input(a: int.MaxValue, b: int.MaxValue, small: 9, big: 1L << 40, perhaps: "false", note: "\"\"", lines: """[{"sku":"s","quantity":-1,"price":0}]""", tags: "[\"tag\"]", color: "Green", size: 3),
        Input(a: int.MinValue, b: -1, maybe: "-7", note: "\"it's \\\"x\\\" {0} $ \\\\ ü\"", inner: """{"name":"z"}"""),
    ];

    // native: no step; lifted: one step; parts: more than one.
    private static readonly (string Tier, string Type, string Body)[] Cases =
    [
        .. Native(
            ("int", "input.A / 2"), ("int", "input.B / 12"), ("int", "input.A / 1"), ("int", "input.B * 7 / 3"), ("int", "(input.A + input.B) / 1000 % 7"), ("long", "(long)input.B / 2147483648L"),
            ("int", "input.A * 2"), ("int", "input.B * -3"), ("int", "input.A * 100"), ("int", "1048575 * input.B"), ("int", "input.A * 2097152"), ("int", "input.A * 3 * 5 - 1"), ("int", "input.Small * 100000000"),
            ("int", "input.A + 1"), ("int", "input.A + input.B"), ("int", "input.A - input.B - 5"), ("int", "-input.A"), ("int", "input.Small * 1000 - 3"), ("int", "input.A % 3"), ("int", "input.B % -4"),
            ("int", "input.Lines.Count + 1"), ("int", "input.Tags.Length % 2"), ("long", "input.A + 1L"), ("long", "(long)input.A * input.Small"), ("int", "+input.A"), ("int", "(input.A + 1) % 10 - input.Small"),
            ("bool", "input.A + 1 > input.B"), ("bool", "input.A == 7 ^ input.Flag"), ("bool", "input.Flag & input.A > 1"), ("bool", "!(input.A > 1)"),
            ("int", "input.Flag ? input.A : input.B"), ("string", "input.A > 5 ? \"big\" : input.A < 0 ? \"negative\" : \"small\""), ("string", "input.Note ?? \"none\""), ("int", "input.Maybe ?? input.B"),
            ("string?", "input.Inner?.Name"), ("string?", "input.Inner?.Next?.Name"), ("int?", "input.Inner?.Rank"), ("string", "input.Inner?.Next?.Name ?? input.Note ?? \"none\""), ("bool", "input.Inner?.Rank > 2"),
            ("bool", "input.Inner?.Name == \"x\""), ("bool", "input.Inner is null || input.Inner.Next is null"), ("bool", "input.Inner != null && input.Inner.Rank > 2"),
            ("string", "$\"{input.Id}:{input.A} {input.Flag} {input.Note} {input.Maybe} {input.Perhaps}.\""), ("string", "input.Id + input.A + input.Note + '-' + true + null"), ("string", "\"\" + input.Note"), ("string", "input.A.ToString()"),
            ("bool", "string.IsNullOrEmpty(input.Note)"), ("bool", "!string.IsNullOrEmpty(input.Note) && input.Flag"), ("bool", "string.Equals(input.Note, input.Id)"), ("bool", "input.Id.Equals(\"id\", StringComparison.Ordinal)"),
            ("bool", "input.Lines.Any()"), ("int", "input.Lines.Count()"), ("bool", "input.Tags.Contains(\"x\")"), ("bool", "input.Tags.Contains(input.Id)"), ("string", "input.Tags[0]"), ("string", "input.Lines[input.A - 6].Sku"), ("int", "input.Lines[0].Quantity + 1"),
            ("bool", "input.Tags.Length > 0 && input.Tags[0] == \"x\""), ("string", "input.Tags.Length > 0 ? input.Tags[0] : \"no tag\""),
            ("Pair", "new Pair(input.Id, input.A)"), ("Pair", "new(input.Note ?? \"none\", 5)"), ("Pair", "new Pair(\"l\", 1) with { Right = input.B }"), ("Inner", "new Inner(\"n\", input.Maybe, input.Inner) with { Name = \"m\" }"),
            ("List<int>", "[1, input.A, 3]"), ("int[]", "new[] { input.A, 2 }"), ("List<string>", "new List<string> { input.Id, \"b\" }"), ("List<string>", "[\"first\", ..input.Tags, \"last\"]"), ("string[]", "[]"), ("List<Line>", "new()"), ("List<int>", "[input.A]"),
            ("string", "input.A switch { 7 => \"seven\", > 100 => \"large\", < 0 => \"negative\", _ => \"other\" }"), ("string", "input.Note switch { null => \"null\", \"\" => \"empty\", \"n\" or \"m\" => \"letter\", _ => input.Note }"),
            ("string", "input switch { { Flag: true, A: > 5 } => \"both\", { Flag: true } => \"flag\", _ when input.B < 0 => \"below\", _ => \"none\" }"),
            ("bool", "input.A is > 0 and < 10"), ("bool", "input.A is not (7 or 8)"), ("bool", "input.Note is not null and not \"\""), ("bool", "input.Inner is { Name: \"x\", Rank: > 2 }"), ("bool", "input.Inner is { Next.Name: \"y\" }"), ("bool", "input.Inner is { }"), ("bool", "input.Maybe is 5"), ("bool", "input.Maybe is >= 5"),
            ("string", "input.Note is { } note ? note + \"!\" : \"none\""), ("bool", "input.Inner is { Rank: { } rank } && rank == 3"), ("bool", "input.Maybe is int number && number > 0"),
            ("bool", "input.Maybe.HasValue"), ("int", "input.Maybe.HasValue ? input.Maybe.Value : -1"), ("int", "input.Maybe.GetValueOrDefault()"), ("int", "input.Maybe.GetValueOrDefault(9)"), ("string", "input.Inner!.Name"), ("int", "input.Maybe!.Value + 1"),
            ("bool", "input.Color == Color.Blue"), ("Color", "input.Flag ? Color.Green : input.Color"), ("bool", "input.Size == Size.Large"), ("bool", "input.Size > Size.Small"), ("Size", "Size.Large"), ("string", "input.Color switch { Color.Red => \"r\", Color.Blue => \"b\", _ => \"?\" }"),
            ("string", "input.Color switch { Color.Red => \"r\", Color.Blue => \"b\", Color.Green => \"g\" }"), ("string", "input.Lines.Count > 1 ? input.Lines[^1].Sku : \"few\""), ("bool", "default(bool)"), ("string?", "default"), ("int?", "null"), ("decimal", "input.Price"), ("decimal", "5"), ("double", "0.5"), ("bool", "input.Perhaps == true"), ("bool", "input.Perhaps ?? input.Flag"), ("DateTimeOffset", "input.At"), ("Guid", "input.Key")),
        .. Lifted(
            ("int", "input.A / -2"), ("int", "input.A * 4194305"), ("int", "input.A / input.B"), ("int", "input.A / (input.Small - 9)"), ("int", "input.A * input.B"), ("long", "input.Big + 1"), ("int", "checked(input.A + input.B)"), ("int?", "input.Maybe + 1"), ("int", "input.A % input.B"), ("int", "input.A & 6"), ("int", "input.A << 2"),
            ("decimal", "input.Price * 1.19m"), ("decimal", "Math.Round(input.Price / 3, 2)"), ("bool", "input.Price > 5m"), ("bool", "input.Price == 12.5m && input.Flag"), ("bool", "input.Flag && input.Price == 12.5m"), ("decimal", "input.Lines.Sum(l => l.Price * l.Quantity)"),
            ("int", "input.Lines.Where(l => l.Quantity > 1).Select(l => l.Sku).ToList().Count"), ("List<string>", "input.Lines.Select(l => l.Sku).OrderBy(s => s, StringComparer.Ordinal).ToList()"), ("string?", "input.Lines.FirstOrDefault(l => l.Quantity < 2)?.Sku"), ("bool", "input.Lines.Any(l => l.Quantity > 1)"), ("bool", "input.Lines.All(l => l.Price >= 0)"),
            ("string", "input.Id.ToUpperInvariant()"), ("int", "input.Id.Length"), ("string", "input.Id.Substring(1)"), ("string", "$\"{input.Price:F2} of {input.Id,5}\""), ("string", "$\"{input.Price:0.##}\""), ("string", "string.Join(\",\", input.Tags)"), ("string", "input.Shout"), ("bool", "input.Note?.StartsWith(\"it\", StringComparison.Ordinal) ?? false"),
            ("bool", "input.At > new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)"), ("DateTimeOffset", "input.At.AddDays(1)"), ("bool", "input.Key == Guid.Empty"), ("string", "input.Key.ToString(\"N\")"), ("Guid", "default"), ("decimal", "Rules.Vat(input.Price)"), ("int", "int.Parse(\"5\") + input.A"),
            ("string", "input.Color.ToString()"), ("bool", "input.A is > 0 && input.Price is > 2m and < 20m"),
            ("int", "int.TryParse(input.Note, out var parsed) ? parsed : -1"), ("decimal", "input.Flag ? input.Price * 2 : 0"), ("string", "input.Note ?? input.Id.Trim()"), ("Pair", "new Pair(input.Id.Trim(), input.A / input.B)"), ("List<int>", "[input.A / 3, input.B / input.A, 1]"), ("decimal[]", "input.Lines.Select(x => x.Price).ToArray()"), ("string", "nameof(Pair) + input.Id.Length"),
            ("bool", "new Pair(\"a\", 1) == new Pair(input.Id, 1)"), ("Inner?", "input.Inner is { } i ? i with { Name = i.Name.Trim() } : null"), ("long", "input.Lines.Count * 3000000000L"), ("decimal", "input.Lines[0].Price / 0"), ("int", "input.Lines.Max(l => l.Quantity)"), ("Dictionary<string, int>", "input.Lines.ToDictionary(l => l.Sku, l => l.Quantity)")),
        ("native", "int", "var sum = 0; for (var i = 0; i < input.Lines.Count; i++) { sum += input.Lines[i].Quantity; } return sum;"),
        ("native", "int", "var n = input.A; n++; n -= input.B; ++n; n--; return n;"),
        ("native", "string", "var s = \"\"; foreach (var tag in input.Tags) { s += tag + \",\"; } return s;"),
        ("native", "int", "var last = 0; for (var i = 0; i <= input.Small % 4; i++) { last = i * 1000; } return last;"),
        ("native", "string", "return input.Note ?? throw new StepFailed(\"NoNote\", \"no note\");"),
        ("native", "string", "return input.Flag ? input.Id : throw new StepFailed(\"NoFlag\", input.Id);"),
        ("native", "string", "return (await flow.Step(Echo, input.Id)) + \"!\";"),
        ("native", "bool", "return input.Flag && (await flow.Step(Echo, \"x\")) == \"x\";"),
        ("native", "List<int>", "var list = new List<int> { 1 }; list.Add(input.A); list.AddRange([2, 3]); return list;"),
        ("lifted", "decimal", "decimal total = 0; foreach (var line in input.Lines) { total += line.Price * line.Quantity; } return total;"),
        ("lifted", "long", "var big = input.Big; big++; return big;"),
        ("lifted", "string", "try { await flow.Step(Fail, \"CardDeclined\"); return \"\"; } catch (StepFailed failure) { return failure.Code.StartsWith(\"Card\", StringComparison.Ordinal) ? failure.Message.ToUpperInvariant() : \"other\"; }"),
        ("lifted", "List<string>", "return input.Lines.GroupBy(l => l.Sku).Select(g => new { g.Key, Count = g.Count() }).Where(x => x.Count > 0).Select(x => x.Key).ToList();"),
        ("lifted", "string", "const string Suffix = \"!\"; return input.Id.Trim() + Suffix;"),
        ("lifted", "int", "try { return input.A / input.Lines.Count; } catch (StepFailed) { return -1; }"),
        ("parts", "bool", "var later = flow.UtcNow.AddDays(1); return later > flow.UtcNow;"),
        ("parts", "int", "int n = input.Small; var rounds = 0; while (n / -2 != 0) { n = n / -2; rounds++; } return rounds;"),
        ("parts", "string", "return input.Flag ? input.Id.Trim() : input.Id.ToUpperInvariant();"),
        ("parts", "Pair", "var n = input.A / -2; var t = input.Id.Trim(); return new Pair(t, n);"),
    ];

    private static readonly Lazy<ExpressionBench> Bench = new(() => new ExpressionBench(Types, [.. Cases.Select(row => (row.Type, row.Body))]));

    public static TheoryData<int, string> Rows => [.. Cases.Select((row, index) => (index, row.Body))];

    [Theory, MemberData(nameof(Rows))]
    public async Task Every_engine_computes_the_same(int index, string body)
    {
        Assert.Equal("", Bench.Value.Findings[index]);
        foreach (var input in Inputs)
        {
            var (local, stepFunctions, google) = await Bench.Value.RunAsync(index, input);
            Assert.True(local == stepFunctions && local == google, $"{body}\nC#: {local}\nStep Functions: {stepFunctions}\nGoogle Workflows: {google}\n{input}");
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void Nothing_is_lifted_without_need(int index, string body)
    {
        var lifted = Bench.Value.Model(index).Steps.Count(step => step.Lifted is not null);
        Assert.True(Cases[index].Tier switch { "native" => lifted == 0, "lifted" => lifted == 1, _ => lifted > 1 }, $"{body}: {lifted}");
        Assert.Equal(lifted, IrSteps.Of(Bench.Value.Model(index).Body).Count(step => step.Step.StartsWith("Lift_", StringComparison.Ordinal)));
    }

    [Fact]
    public void Emitted_code_has_no_warnings() => Assert.Empty(Bench.Value.Warnings);

    private static IEnumerable<(string, string, string)> Native(params (string Type, string Expression)[] rows) => rows.Select(row => ("native", row.Type, $"return {row.Expression};"));

    private static IEnumerable<(string, string, string)> Lifted(params (string Type, string Expression)[] rows) => rows.Select(row => ("lifted", row.Type, $"return {row.Expression};"));

    private static string Input(
        int a = 0, int b = 1, int small = 0, long big = -1, string price = "0", bool flag = false, string maybe = "null", string perhaps = "null", string note = "null", string inner = "null", string lines = "[]",
        string tags = "[]", string color = "Red", int size = 0) => $$"""
        {"id":"id","a":{{a}},"b":{{b}},"small":{{small}},"big":{{big}},"price":{{price}},"flag":{{(flag ? "true" : "false")}},"maybe":{{maybe}},"perhaps":{{perhaps}},"note":{{note}},"inner":{{inner}},"lines":{{lines}},"tags":{{tags}},
        "color":"{{color}}","size":{{size}},"at":"2026-03-01T10:00:00+01:00","key":"7f0c9f7e-4a4b-4a59-9c0a-0a1b2c3d4e5f"}
        """;
}
