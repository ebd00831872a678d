using System.Text.Encodings.Web;
using System.Text.Json;
using Portable.TestKit;
using Portable.TestKit.ExternalTools;

namespace Portable.Testing.Tests.Jsonata;

/// <summary>
/// Where JSONata surprises. The reference's answers are recorded beside this file, so that the subset is held to them without Node too; a second
/// test holds the record to the reference.
/// </summary>
public sealed class TrapTests(NodeToolsFixture fixture) : IClassFixture<NodeToolsFixture>
{
    private static readonly string s_record = RepositoryFolder.Find("tests/Testing.Tests/Jsonata/Traps.recorded.json")!;

    private static readonly JsonSerializerOptions s_layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] s_documents =
    [
        """{"a":1,"b":"two","c":null,"v":[1],"items":[{"v":1,"name":"x"},{"v":2,"name":"y"},{"name":"z"}]}""",
        "[1,2]",
        "null",
    ];

    private static readonly string[] s_traps =
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

    public static TheoryData<string> Expressions => [.. s_traps];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void Each_gives_what_the_reference_gave(string expression)
    {
        var recorded = Record()[expression];
        for (var i = 0; i < s_documents.Length; i++)
        {
            var ours = Agreement.Ours(expression, s_documents[i]);
            if (!ours.StartsWith("not simulated", StringComparison.Ordinal))
            {
                Assert.Equal(recorded[i], ours);
            }
        }
    }

    [Fact]
    public void The_record_is_what_the_reference_gives()
    {
        var live = s_traps.ToDictionary(static expression => expression, expression => s_documents.Select(document => Agreement.Reference(fixture.Tools, expression, document)).ToArray(), StringComparer.Ordinal);
        var text = JsonSerializer.Serialize(live, s_layout) + "\n";
        if (File.ReadAllText(s_record) != text)
        {
            var received = s_record.Replace(".recorded.", ".received.", StringComparison.Ordinal);
            File.WriteAllText(received, text);
            Assert.Fail($"The record differs from the reference; see {received}.");
        }
    }

    private static Dictionary<string, string[]> Record() => JsonSerializer.Deserialize<Dictionary<string, string[]>>(File.ReadAllText(s_record))!;
}
