using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Portable.Workflows.Tests.Differential;

/// <summary>Random values as JSON, edges first, and the types they have.</summary>
internal static class Values
{
    /// <summary>The C# of the types.</summary>
    public const string Types = """
        namespace Generated.Types;

        using System.Text.Json.Serialization;
        using Portable;

        public enum Kind { Normal, Rush, Gift = 7 }

        [JsonConverter(typeof(JsonStringEnumConverter<Size>))]
        public enum Size { Small, Large, ExtraLarge }

        public sealed record Place(string City, int Floor = 3, Kind Kind = Kind.Rush, Size? Size = null);

        public sealed record Item(string Name, int Qty, string? Note, bool Flag);

        public sealed record Order(string Id, int Count, long Big, bool Express, string? Note, int? Limit, decimal Price, Item Main, Item? Extra,
            IReadOnlyList<Item> Items, IReadOnlyList<int> Numbers, IReadOnlyList<string> Tags, Kind Kind, Size Size, Place Place, Place? Other);

        public sealed record Report(string Text, int Number, long Big, bool Flag, string? Note, int? Limit, Item? Item,
            IReadOnlyList<int> Numbers, IReadOnlyList<string> Tags, IReadOnlyList<Item> Items, Kind Kind = Kind.Normal, Size? Size = null, Place? Place = null);

        public sealed record Pace(string Name, TimeSpan Wait, TimeSpan Rest);

        [EventContract("com.example.item.changed", Version = 1)]
        public sealed record ItemChanged(string Id, Item Item, int? Limit, IReadOnlyList<string> Tags);

        [EventContract("com.example.place-left", Version = 2)]
        public sealed record PlaceLeft(Place Place, Kind Why, bool Flag);
        """;

    private static readonly string[] s_texts =
    [
        "", "a", "b", "abc", "null", "true", "5", "é", "😀", "Zürich ≠ 東京", "it's \"q\" \\ /", "line\nline", "{% $x %}", "${x}", "A: b # c", " pad ", "\t", "done", "x-y_z",
        "false", "[]", "{\"a\":1}", "e\u0301", "\u2028", "9007199254740993",
    ];

    private static readonly int[] s_ints = [0, 1, -1, 2, 3, 5, 7, 10, 42, -7, 100, 255, -128, 65536, 999_999, -1_000_000, int.MaxValue, int.MinValue, int.MaxValue - 1];

    // 2^53 itself is exact everywhere; what lies beyond is not on Step Functions (see the regressions of numbers).
    private static readonly long[] s_longs = [0, 1, -1, 7, 1L << 31, -(1L << 31) - 1, 1L << 32, (1L << 53) - 1, -(1L << 53) + 1, 1L << 53, -(1L << 53)];

    private static readonly string[] s_spans = ["00:00:01", "00:00:02", "00:00:03", "00:00:01.5000000", "00:00:00", "-00:00:02", "00:01:00", "1.00:00:00", "00:00:00.0000001"];

    // What JSON may lack: members that may be null or have a value to begin with.
    private static readonly HashSet<string> s_optional = ["note", "limit", "extra", "other", "qty", "flag", "count", "express", "big", "price", "floor", "kind", "size"];

    public static string CSharp(Ty type) => type switch
    {
        Ty.Int => "int",
        Ty.Long => "long",
        Ty.Bool => "bool",
        Ty.Text => "string",
        Ty.MaybeText => "string?",
        Ty.MaybeInt => "int?",
        Ty.Item => "Item",
        Ty.MaybeItem => "Item?",
        Ty.Ints => "IReadOnlyList<int>",
        Ty.Texts => "IReadOnlyList<string>",
        Ty.Items => "IReadOnlyList<Item>",
        Ty.Order => "Order",
        Ty.Decimal => "decimal",
        Ty.Kind => "Kind",
        Ty.Size => "Size",
        Ty.MaybeSize => "Size?",
        Ty.Place => "Place",
        Ty.MaybePlace => "Place?",
        Ty.Report => "Report",
        Ty.Time => "DateTimeOffset",
        Ty.Guid => "Guid",
        Ty.Span => "TimeSpan",
        Ty.Pace => "Pace",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    public static string Text(Random random) => s_texts[random.Next(s_texts.Length)];

    // Small numbers far more often than edges, so that conditions hold now and then.
    public static int Int(Random random) => random.Next(3) == 0 ? s_ints[random.Next(s_ints.Length)] : random.Next(-3, 8);

    public static long Long(Random random) => random.Next(2) == 0 ? s_longs[random.Next(s_longs.Length)] : Int(random);

    public static decimal Decimal(Random random) => random.Next(-20_000, 100_000) / 100m;

    public static JsonNode? Json(Ty type, Random random) => type switch
    {
        Ty.Int => Int(random),
        Ty.Long => Long(random),
        Ty.Bool => random.Next(2) == 0,
        Ty.Text => Text(random),
        Ty.MaybeText => random.Next(3) == 0 ? null : Text(random),
        Ty.MaybeInt => random.Next(3) == 0 ? null : Int(random),
        Ty.Decimal => Decimal(random),
        Ty.Item => Item(random),
        Ty.MaybeItem => random.Next(3) == 0 ? null : Item(random),
        Ty.Ints => List(Ty.Int, random),
        Ty.Texts => List(Ty.Text, random),
        Ty.Items => List(Ty.Item, random),
        Ty.Order => Order(random),
        Ty.Kind => random.Next(3) switch { 0 => 0, 1 => 1, _ => 7 },
        Ty.Size => random.Next(3) switch { 0 => "Small", 1 => "Large", _ => "ExtraLarge" },
        Ty.MaybeSize => random.Next(3) == 0 ? null : Json(Ty.Size, random),
        Ty.Place => Place(random),
        Ty.MaybePlace => random.Next(3) == 0 ? null : Place(random),
        Ty.Span => s_spans[random.Next(s_spans.Length)],
        Ty.Pace => new JsonObject { ["name"] = Text(random), ["wait"] = Json(Ty.Span, random), ["rest"] = Json(Ty.Span, random) },
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    /// <summary>Leaves out some of the members that JSON may lack, which changes their values.</summary>
    /// <param name="node">The JSON.</param>
    /// <param name="random">Chooses.</param>
    /// <param name="onlyNulls">Whether only members go that are null: what a serializer that ignores nulls leaves out.</param>
    public static JsonNode? Without(JsonNode? node, Random random, bool onlyNulls = false)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (onlyNulls ? value is null && random.Next(2) == 0 : s_optional.Contains(name) && random.Next(3) == 0)
                    {
                        members.Remove(name);
                    }
                    else
                    {
                        Without(value, random, onlyNulls);
                    }
                }

                break;
            case JsonArray list:
                foreach (var element in list)
                {
                    Without(element, random, onlyNulls);
                }

                break;
        }

        return node;
    }

    /// <summary>A literal of a type, as C#.</summary>
    public static string Literal(Ty type, Random random) => type switch
    {
        Ty.Int => Parenthesised(Int(random)),
        Ty.Long => $"({Math.Clamp(Long(random), -(1L << 53) + 1, (1L << 53) - 1).ToString(CultureInfo.InvariantCulture)}L)", // code beyond it is an error
        Ty.Bool => random.Next(2) == 0 ? "true" : "false",
        Ty.Text => Quote(Text(random)),
        Ty.Decimal => Decimal(random).ToString(CultureInfo.InvariantCulture) + "m",
        Ty.MaybeText => "(string?)null",
        Ty.MaybeInt => "(int?)null",
        Ty.MaybeItem => "(Item?)null",
        Ty.MaybePlace => "(Place?)null",
        Ty.MaybeSize => "(Size?)null",
        Ty.Kind => random.Next(3) switch { 0 => "Kind.Normal", 1 => "Kind.Rush", _ => "Kind.Gift" },
        Ty.Size => random.Next(3) switch { 0 => "Size.Small", 1 => "Size.Large", _ => "Size.ExtraLarge" },
        Ty.Span => random.Next(4) switch { 0 => "TimeSpan.Zero", 1 => "new TimeSpan(0, 0, 1)", 2 => "TimeSpan.FromMinutes(1)", _ => $"TimeSpan.FromSeconds({random.Next(1, 5)})" },
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\t' => "\\t",
                '\u2028' => "\\u2028",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    private static string Parenthesised(long number) => number == int.MinValue ? "int.MinValue" : number < 0 ? $"({number.ToString(CultureInfo.InvariantCulture)})" : number.ToString(CultureInfo.InvariantCulture);

    private static JsonArray List(Ty element, Random random)
    {
        var count = random.Next(8) switch { 0 or 1 => 0, 2 or 3 => 1, 4 or 5 => 2, 6 => 3, _ => 5 };
        return [.. Enumerable.Range(0, count).Select(_ => Json(element, random))];
    }

    private static JsonObject Item(Random random) => new()
    {
        ["name"] = Text(random),
        ["qty"] = Int(random),
        ["note"] = Json(Ty.MaybeText, random),
        ["flag"] = random.Next(2) == 0,
    };

    private static JsonObject Place(Random random) => new()
    {
        ["city"] = Text(random),
        ["floor"] = Int(random),
        ["kind"] = Json(Ty.Kind, random),
        ["size"] = Json(Ty.MaybeSize, random),
    };

    private static JsonObject Order(Random random) => new()
    {
        ["id"] = Text(random),
        ["count"] = Int(random),
        ["big"] = Long(random),
        ["express"] = random.Next(2) == 0,
        ["note"] = Json(Ty.MaybeText, random),
        ["limit"] = Json(Ty.MaybeInt, random),
        ["price"] = Decimal(random),
        ["main"] = Item(random),
        ["extra"] = Json(Ty.MaybeItem, random),
        ["items"] = List(Ty.Item, random),
        ["numbers"] = List(Ty.Int, random),
        ["tags"] = List(Ty.Text, random),
        ["kind"] = Json(Ty.Kind, random),
        ["size"] = Json(Ty.Size, random),
        ["place"] = Place(random),
        ["other"] = Json(Ty.MaybePlace, random),
    };
}
