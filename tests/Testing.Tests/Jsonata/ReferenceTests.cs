using Portable.TestKit.ExternalTools;

namespace Portable.Testing.Tests.Jsonata;

/// <summary>The subset against the reference implementation, over curated traps and a generated corpus.</summary>
public sealed class ReferenceTests(NodeToolsFixture fixture) : IClassFixture<NodeToolsFixture>
{
    public static TheoryData<string> Traps =>
    [
        // Numbers and their texts.
        "7/2", "-7/2", "$floor(-3.5)", "-7 % 3", "9007199254740993", "12345678901234567890", "0.1+0.2", "$string(0.1+0.2)", "1/0", "$string(1/0)", "(1/0) + 1", "0/0", "5 % 0",
        "4 = 4.0", "$round(2.5)", "$round(3.5)", "$round(-2.5)", "$round(123.456, -2)", "$round(1.005, 2)", "1e21", "1e-7", "123456789012345680000", "0.000001", "1.5e300 * 1e10", "1e400", "-0", "$string(-0)",
        "$string(1e21)", "$string(123456.7890123456)", "100000000000000000000000", "5e-324", "1.7976931348623157e308", "-1e-7", "$number(\"0x1F\")", "$number(\"1e3\")", "$number(\" 5\")", "$number(\"\")", "$number(true)",
        // Comparison of types.
        "\"5\"+1", "1+\"5\"", "\"5\"<6", "null < 1", "true < false", "\"a\" < \"B\"", "\"é\" < \"z\"", "null = null", "null = 0", "[1] = 1", "[1,2] = [1,2]", "{\"a\":1} = {\"a\":1.0}", "{\"a\":1,\"b\":2} = {\"b\":2,\"a\":1}",
        // Missing and null.
        "missing = null", "missing != null", "$exists(missing)", "$exists(null)", "$exists(c)", "null & \"\"", "missing & \"x\"", "$not(missing)", "$not(null)", "missing > 1", "missing + 1", "missing and true", "$boolean(missing)",
        "missing ? 1 : 2", "missing ? 1", "missing ?? 1", "c ?? 1", "c ?: 1", "a ?? 9", "{\"a\": missing, \"b\": null}", "[missing, null, 1]", "$count(missing)", "$string(missing)", "$type(missing)", "$type(null)",
        // Booleans of values.
        "$boolean(\"false\")", "$boolean([0])", "$boolean([0,1])", "$boolean([])", "$boolean({})", "$boolean(0)", "$boolean(\"\")", "[] and true", "{} or false", "\"0\" and true", "$boolean(function($v){$v})",
        // Lists that collapse and flatten.
        "items.v", "items[name=\"x\"].v", "items[name=\"x\"].v[]", "[items[name=\"x\"].v]", "items[name=\"none\"]", "[items[name=\"none\"]]", "v", "v[0]", "v.nope", "$map([1], function($i){$i})", "$map([], function($i){$i})",
        "[$map([1], function($i){$i})]", "$filter([1,2,3], function($i){$i > 2})", "$filter([1,2,3], function($i){$i > 1})", "$map([1,2], function($i, $n, $all){$count($all) + $n})", "$map(\"abc\", $uppercase)", "$map([1,2], $string)",
        "items.[v, name]", "items.[v][0]", "items.(v + 1)", "[items.v, 5]", "[[1,2],[3]]", "[[1,2],[3]].$", "[1,[2,3]][1]", "[1..3]", "[1..0]", "[3..1, 5]", "$append(1, 2)", "$append([], 1)", "$append(missing, 1)", "$append([1],[2,[3]])",
        "$keys(items)", "$keys({})", "$keys({\"b\":1,\"2\":1,\"1\":1})", "$merge([{\"a\":1},{\"b\":2},{\"a\":3}])", "$merge([])", "$lookup(items, \"name\")", "$spread({\"a\":1,\"b\":2})", "$distinct([1,1,2])", "$reverse([1])", "$sum([])", "$sum([1,\"2\"])",
        "$max([])", "$average([1,2])", "$join([\"a\",\"b\"], \"-\")", "$join(\"a\")", "$join([])", "$join([1])", "$sort([3,1,2])", "$sort([\"b\",\"a\"])", "$sort([1,\"a\"])", "$sort([3,1,2], function($l,$r){$l < $r})",
        "$reduce([1,2,3], function($i,$j){$i+$j})", "$reduce([], function($i,$j){$i+$j})", "$reduce([1], function($i){$i})", "$single([1,2], function($i){$i=1})", "$single([1,1])", "$sift({\"a\":1,\"b\":2}, function($v){$v>1})", "$each({\"a\":1}, function($v,$k){$k})",
        // Texts.
        "$length(\"😀\")", "$length(\"a😀b\")", "$substring(\"a😀b\", 1, 1)", "$substring(\"hello\", -3)", "$substring(\"hello\", -3, 2)", "$substring(\"hello\", 3, -1)", "$substring(\"hello\", -10)", "$substring(\"hello\", 1.7)",
        "$substringBefore(\"a-b\", \"-\")", "$substringBefore(\"ab\", \"-\")", "$substringAfter(\"a-b-c\", \"-\")", "$contains(\"abc\", \"\")", "$contains(\"abc\", \"bc\")", "$trim(\"  a \\n b \")", "$pad(\"a\", 3)", "$pad(\"a\", -3, \"xy\")", "$split(\"a,b,c\", \",\", 2)",
        "$split(\"abc\", \"\")", "$split(\"\", \",\")", "$uppercase(\"aé\")", "$base64encode(\"hi\")", "$base64decode(\"aGk=\")", "$string([1, 0.1+0.2, \"x\", null])", "$string({\"a\": [1, {\"b\": \"\\u0001\\n\\\"\"}]})", "'single\\u00e9'", "\"tab\\tend\"",
        // Blocks, variables and functions.
        "($q := 1; $q + 1)", "($q := 1; ($q := 2); $q)", "()", "(1; 2)", "($f := function($n){ $n < 2 ? 1 : $n * $f($n - 1) }; $f(5))", "function($z){$z}(3)", "(function($z, $w){$exists($w)})(3)", "$map([1,2], function($i){$filter([], function($j){true})})", "$map([1,2], function($i){($x; $map([1], function($j){$j}))})", "$map([1], function($i){$i = 1 ? $keys({}) : 2})", "λ($z){$z}(4)", "\"x\" ~> $uppercase()", "\"x\" ~> $uppercase", "[1,2] ~> $map(function($i){$i*2})",
        "1 ~> 2", "$x(1)", "string(1)", "$$.a", "$$", "$", "`a`", "a.\"b\"", "\"a\".b", "$states", "$string()", "items.$string(v)", "items.$length(name)", "and", "or and in", "{\"and\": and}", "a.b.c.d.e",
        "{\"a\": 1, \"a\": 2}", "{1: 2}", "{a: 1}", "{$string(a): 1}", "items{name: v}", "- \"a\"", "-missing", "--1", "1 - -1", "1--1", "a/* comment */+1", "(1", "[1", "{\"a\"}", "1 +", ")", "1 2", "\"open", "a..b", "a.1", "1.a", "$x := 5 + 1", "a := 1", "!a", "$parse(\"[1, {}]\").$count()",
        "$parse(\"nope\")", "$parse(missing)", "$parse(\"null\")", "$parse(1)", "$error(\"boom\")", "$assert(false, \"x\")", "$assert(true)", "$type(function($v){$v})", "$string(function($v){$v})", "function($v){$v}", "[function($v){$v}]", "1 in [1,2]", "null in [null]", "1 in 1", "[1] in [[1]]",
        "$count(1)", "$count([1,2])", "$count(null)", "$sqrt(-1)", "$power(2, 0.5)", "$power(10, 400)", "$abs(\"1\")", "$length(1)", "$length(missing)", "$uppercase(null)", "$floor(missing)", "$substring(1, 1)", "$sum(\"a\")", "$sum(5)",
    ];

    [Theory]
    [MemberData(nameof(Traps))]
    public void Traps_agree(string expression)
    {
        var tools = fixture.Tools;
        foreach (var document in new[]
        {
            """{"a":1,"b":"two","c":null,"v":[1],"items":[{"v":1,"name":"x"},{"v":2,"name":"y"},{"name":"z"}]}""",
            "[1,2]",
            "null",
        })
        {
            var ours = Agreement.Ours(expression, document);
            if (!ours.StartsWith("not simulated", StringComparison.Ordinal))
            {
                Assert.Equal(Agreement.Reference(tools, expression, document), ours);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void A_generated_corpus_agrees(int seed)
    {
        var tools = fixture.Tools;
        var generator = new ExpressionGenerator(seed);
        List<string> differences = [];
        var skipped = 0;
        const int Count = 4_000;
        for (var i = 0; i < Count; i++)
        {
            var expression = generator.Expression(i % 4 + 1);
            var document = generator.Document();
            var ours = Agreement.Ours(expression, document);
            if (ours.StartsWith("not simulated", StringComparison.Ordinal))
            {
                skipped++;
                continue;
            }

            var reference = Agreement.Reference(tools, expression, document);
            if (!Agreement.Same(expression, document, ours, reference))
            {
                differences.Add($"{expression}\n  on {document}\n  ours      {ours}\n  reference {reference}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {Count} differ:\n{string.Join('\n', differences.OrderBy(static text => text.Length).Take(25))}");
        Assert.True(skipped < Count / 20, $"{skipped} of {Count} were not simulated.");
    }
}
