using Portable.Testing.GoogleWorkflows;

namespace Portable.Testing.Tests.GoogleWorkflows;

/// <summary>Expressions, their types and their errors.</summary>
public sealed class ExpressionTests
{
    [Theory]
    // Numbers.
    [InlineData("7/2", "3.5")]
    [InlineData("7//2", "3")]
    [InlineData("-7 % 3", "-1")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("9007199254740992 + 1", "9007199254740993")]
    [InlineData("json.decode(\"[9007199254740993, 1.0]\")", "[9007199254740993,1]")]
    [InlineData("math.abs(-9007199254740993)", "9007199254740993")]
    [InlineData("0.1+0.2", "0.30000000000000004")]
    [InlineData("2 + 3 * 4", "14")]
    [InlineData("(2 + 3) * 4", "20")]
    [InlineData("-2 + 1", "-1")]
    [InlineData("27 * 9/5 + 32", "80.6")]
    [InlineData("4 == 4.0", "true")]
    [InlineData("string(1.0)", "\"1.0\"")]
    [InlineData("json.encode_to_string(1.0)", "\"1\"")]
    [InlineData("int(\"12\") + int(3.9)", "15")]
    [InlineData("double(\"1.5\") + 1", "2.5")]
    // Comparisons and logic.
    [InlineData("\"a\" < \"B\"", "false")]
    [InlineData("1 < 2 and not (2 < 1)", "true")]
    [InlineData("not false == true", "true")]
    [InlineData("true OR FALSE", "true")]
    [InlineData("null == null", "true")]
    [InlineData("args == null", "true")]
    [InlineData("\"1\" == 1", "false")]
    [InlineData("[1, 2] == [1, 2.0]", "true")]
    [InlineData("2 in [1, 2]", "true")]
    // Functions.
    [InlineData("default(null, 5)", "5")]
    [InlineData("default(map.get(args, \"x\"), 5)", "5")]
    [InlineData("if(1 < 2, \"yes\", \"no\")", "\"yes\"")]
    [InlineData("len([1, 2]) + len(\"abc\")", "5")]
    [InlineData("get_type(1.5)", "\"double\"")]
    [InlineData("map.get(json.decode(\"{\\\"a\\\": {\\\"b\\\": 1}}\"), [\"a\", \"b\"])", "1")]
    [InlineData("map.get(json.decode(\"{\\\"a\\\": 1}\"), [\"a\", \"b\", \"c\"])", "null")]
    [InlineData("map.get(5, \"a\")", "null")]
    [InlineData("keys(json.decode(\"{\\\"b\\\": 1, \\\"a\\\": 2}\"))", "[\"b\",\"a\"]")]
    [InlineData("map.merge(json.decode(\"{\\\"a\\\": 1}\"), json.decode(\"{\\\"a\\\": 2, \\\"b\\\": 3}\"))", "{\"a\":2,\"b\":3}")]
    [InlineData("list.concat([1], 2)", "[1,2]")]
    [InlineData("text.split(\"a,b\", \",\")", "[\"a\",\"b\"]")]
    [InlineData("text.substring(\"hello\", 1, 3)", "\"el\"")]
    [InlineData("text.replace_all(\"a-b\", \"-\", \"+\")", "\"a+b\"")]
    [InlineData("math.max(1, 2.5)", "2.5")]
    [InlineData("json.encode_to_string([1, null, \"é\"])", "\"[1,null,\\\"é\\\"]\"")]
    [InlineData("\"a\" + 'b' + \"\\n\\\"\"", "\"ab\\n\\\"\"")]
    [InlineData("[[1, 2], [3]][0][1]", "2")]
    public async Task Values(string expression, string expected)
    {
        var result = await Flows.Evaluate(expression);
        Assert.Equal(expected, result.Output);
    }

    [Theory]
    [InlineData("args.nope", "KeyError")]
    [InlineData("args[\"nope\"]", "KeyError")]
    [InlineData("[1][1]", "IndexError")]
    [InlineData("1/0", "ZeroDivisionError")]
    [InlineData("null < 1", "TypeError")]
    [InlineData("\"5\" < 6", "TypeError")]
    [InlineData("null + 1", "TypeError")]
    [InlineData("not 1", "TypeError")]
    [InlineData("true and null", "TypeError")]
    [InlineData("args.a.b", "TypeError")]
    [InlineData("len(1)", "TypeError")]
    [InlineData("int(\"x\")", "ValueError")]
    [InlineData("int(null)", "TypeError")]
    [InlineData("json.decode(\"{\")", "ValueError")]
    [InlineData("sys.get_env(\"NOPE\")", "KeyError")]
    [InlineData("len()", "TypeError")]
    [InlineData("http.get(\"x\")", "TypeError")]
    // Every argument is evaluated first.
    [InlineData("if(true, 1, args.nope)", "KeyError")]
    [InlineData("default(args.nope, 1)", "KeyError")]
    public async Task Errors(string expression, string tag)
    {
        var result = await Flows.Evaluate(expression, """{"a":1}""");
        Assert.Equal(tag, result.Error?.Code);
        Assert.StartsWith(tag + ": ", result.Error!.Message, StringComparison.Ordinal);
        Assert.Contains($"\"tags\":[\"{tag}\"]", result.Error.Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\" + 1")]
    [InlineData("-7 // 2")]
    [InlineData("9223372036854775807 + 1")]
    [InlineData("len(\"é\")")]
    [InlineData("string(true)")]
    [InlineData("string(null)")]
    [InlineData("false and args.nope")]
    [InlineData("true or args.nope")]
    [InlineData("[1][-1]")]
    [InlineData("map.get(args, \"a\", 1)")]
    [InlineData("googleapis.x(1)")]
    public async Task What_is_not_documented_is_refused_instead_of_guessed(string expression) =>
        await Assert.ThrowsAsync<GoogleNotSimulatedException>(() => Flows.Evaluate(expression, """{"a":1}"""));

    [Theory]
    [InlineData("1 +")]
    [InlineData("(1")]
    [InlineData("{\"a\": 1}")]
    [InlineData("a ? b : c")]
    [InlineData("\"open")]
    [InlineData("a && b")]
    [InlineData("99999999999999999999")]
    [InlineData("f(1)(2)")]
    public void What_is_no_expression_is_refused_when_the_definition_is_read(string expression) =>
        Assert.Throws<GoogleWorkflowDefinitionException>(() => GoogleWorkflowSimulator.Parse($"- only:\n    return: '${{{expression}}}'"));

    [Fact]
    public void An_expression_has_at_most_400_characters()
    {
        var fits = "- only:\n    return: ${" + string.Join("+", Enumerable.Repeat("1", 200)) + " }";
        Assert.Single(GoogleWorkflowSimulator.Parse(fits).Expressions);
        var tooLong = "- only:\n    return: ${" + string.Join("+", Enumerable.Repeat("1", 201)) + "}";
        Assert.Contains("401", Assert.Throws<GoogleWorkflowDefinitionException>(() => GoogleWorkflowSimulator.Parse(tooLong)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base64.encode(json.encode(args))", "\"eyJhIjoxfQ==\"")]
    [InlineData("json.decode(base64.decode(\"eyJhIjoxfQ==\"))", "{\"a\":1}")]
    [InlineData("get_type(json.encode(args))", "\"bytes\"")]
    [InlineData("text.decode(text.encode(\"x\"))", "\"x\"")]
    [InlineData("time.format(1720788633)", "\"2024-07-12T12:50:33.000000Z\"")]
    [InlineData("time.format(1720788633, \"GMT\")", "\"2024-07-12T12:50:33.000000Z\"")]
    [InlineData("time.format(1720788633, \"Europe/Paris\")", "\"2024-07-12T14:50:33.000000+02:00\"")]
    [InlineData("time.format(sys.now())", "\"2026-01-01T00:00:00.000000Z\"")]
    [InlineData("time.parse(\"2024-07-12T14:50:33+02:00\")", "1720788633")]
    [InlineData("uuid.generate() == uuid.generate()", "false")]
    [InlineData("sys.get_env(\"GOOGLE_CLOUD_PROJECT_ID\") + sys.get_env(\"GOOGLE_CLOUD_LOCATION\") + sys.get_env(\"GOOGLE_CLOUD_WORKFLOW_ID\")", "\"projectus-central1workflow\"")]
    public async Task Library(string expression, string value) => Assert.Equal(value, (await Flows.Evaluate(expression, """{"a":1}""")).Output);

    [Theory]
    [InlineData("time.parse(\"yesterday\")", "ValueError")]
    [InlineData("time.parse(1)", "TypeError")]
    [InlineData("base64.decode(\"?\")", "ValueError")]
    [InlineData("time.format(\"x\")", "TypeError")]
    [InlineData("json.encode_to_string(json.encode(1))", "TypeError")]
    public async Task Library_errors(string expression, string tag) => Assert.Equal(tag, (await Flows.Evaluate(expression)).Error?.Code);

    [Fact]
    public void An_expression_is_a_whole_text() =>
        Assert.Throws<GoogleWorkflowDefinitionException>(() => GoogleWorkflowSimulator.Parse("- only:\n    return: \"sum ${1 + 1}\""));

    [Fact]
    public async Task Environment_and_execution_are_known()
    {
        var options = new GoogleWorkflowOptions { Environment = new Dictionary<string, string> { ["URL"] = "https://x" }, ExecutionId = "run-7" };
        var result = await Flows.Run("- only:\n    return: ${[sys.get_env(\"URL\"), sys.get_env(\"GOOGLE_CLOUD_WORKFLOW_EXECUTION_ID\"), sys.get_env(\"NO\", \"fallback\")]}", options: options);
        Assert.Equal("""["https://x","run-7","fallback"]""", result.Output);
    }

    [Fact]
    public async Task Scalars_are_typed_by_yaml_1_2_core_and_quotes_make_texts()
    {
        var result = await Flows.Run("""
            - only:
                return: [1, 1.5, -3, 0x1f, 0o17, "1", '2', true, "true", null, ~, yes, no, on, 1e3, 12:30, 2026-01-01, +4, .5]
            """);
        Assert.Equal("""[1,1.5,-3,31,15,"1","2",true,"true",null,null,"yes","no","on",1000,"12:30","2026-01-01",4,0.5]""", result.Output);
    }
}
