using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.Ir;
using Portable.TestKit.ExternalTools;
using Portable.Testing.Jsonata;
using static Portable.Workflows.Tests.Asl.MadeIr;
using JsonNode = System.Text.Json.Nodes.JsonNode;

namespace Portable.Workflows.Tests.Asl;

/// <summary>What printed expressions mean: the value of C#, in the simulator and in the reference implementation of JSONata.</summary>
public sealed class JsonataTests(NodeToolsFixture tools) : IClassFixture<NodeToolsFixture>
{
    private static readonly IrVariable A = Var("a", IrKind.Integer);
    private static readonly IrVariable B = Var("b", IrKind.Integer);
    private static readonly IrVariable Items = Var("items", IrKind.List);
    private static readonly IrVariable O = Var("o");

    private static readonly Dictionary<string, (IrExpression Expression, string Variables, string Expected)> Rows = new(StringComparer.Ordinal)
    {
        ["sum"] = (Add(A, Arithmetic(IrArithmeticOperator.Multiply, B, Add(A, Number(-2)))), """{"a":3,"b":4}""", "7"),
        ["difference"] = (Arithmetic(IrArithmeticOperator.Subtract, A, Arithmetic(IrArithmeticOperator.Subtract, B, Number(-1))), """{"a":3,"b":4}""", "-2"),
        ["remainder"] = (Arithmetic(IrArithmeticOperator.Remainder, A, Arithmetic(IrArithmeticOperator.Multiply, Number(2), B)), """{"a":-7,"b":2}""", "-3"),
        ["remainder zero"] = (Arithmetic(IrArithmeticOperator.Remainder, A, Number(2)), """{"a":-4}""", "0"),
        ["wraps above"] = (Add(A, B, wraps: true), """{"a":2147483647,"b":1}""", "-2147483648"),
        ["wraps below"] = (Add(A, B, wraps: true), """{"a":-2147483648,"b":-1}""", "2147483647"),
        ["wraps not"] = (Add(A, B, wraps: true), """{"a":2147483646,"b":1}""", "2147483647"),
        ["wraps one up"] = (Add(A, Number(1), wraps: true), """{"a":2147483647}""", "-2147483648"),
        ["wraps one down"] = (Arithmetic(IrArithmeticOperator.Subtract, A, Number(1), wraps: true), """{"a":-2147483648}""", "2147483647"),
        ["wraps minus a negative"] = (Arithmetic(IrArithmeticOperator.Subtract, A, Number(-1), wraps: true), """{"a":2147483647}""", "-2147483648"),
        ["wraps plus a negative"] = (Add(A, Number(-1), wraps: true), """{"a":-2147483648}""", "2147483647"),
        ["wraps in wraps"] = (Add(Add(A, Number(1), wraps: true), Var("n", IrKind.Integer), wraps: true), """{"a":2147483647,"n":-1}""", "2147483647"),
        ["quotient"] = (Add(Arithmetic(IrArithmeticOperator.Divide, A, Number(7)), Arithmetic(IrArithmeticOperator.Divide, B, Number(7))), """{"a":-20,"b":9007199254740991}""", "1286742750677282"),
        ["quotient zero"] = (Arithmetic(IrArithmeticOperator.Divide, A, Number(7)), """{"a":-6}""", "0"),
        ["product wraps"] = (Arithmetic(IrArithmeticOperator.Multiply, A, Number(100), wraps: true), """{"a":2147483647}""", "-100"),
        ["product wraps often"] = (Arithmetic(IrArithmeticOperator.Multiply, A, Number(2097152), wraps: true), """{"a":-2147483648}""", "0"),
        ["product wraps not"] = (Arithmetic(IrArithmeticOperator.Multiply, A, Number(-3), wraps: true), """{"a":7}""", "-21"),
        ["large"] = (Add(A, Number(0)), """{"a":9007199254740991}""", "9007199254740991"),
        ["compares sums"] = (Less(Add(A, Number(1)), Arithmetic(IrArithmeticOperator.Multiply, B, Number(2))), """{"a":1,"b":2}""", "true"),
        ["concat"] = (Concat(Text("n="), Add(A, Number(1)), Text("; "), Var("t", IrKind.Text)), """{"a":-5,"t":"ä'\\\""}""", "\"n=-4; ä'\\\\\\\"\""),
        ["concat large"] = (Concat(A, B), """{"a":9007199254740991,"b":0}""", "\"90071992547409910\""),
        ["concat one"] = (Concat(A), """{"a":5}""", "\"5\""),
        ["concat nothing"] = (Concat(), "{}", "\"\""),
        ["concat default"] = (Concat(Text("x"), Member(O, "t", IrKind.Text, Text("?"))), """{"o":{}}""", "\"x?\""),
        ["conditional"] = (new IrConditional(Less(A, B), new IrConditional(Is(A, Number(1)), Text("one"), Text("low"), IrKind.Text), Text("high"), IrKind.Text), """{"a":1,"b":2}""", "\"one\""),
        ["conditional is lazy"] = (new IrConditional(new IrIsNull(O), Text("none"), Member(O, "x", IrKind.Text), IrKind.Text), """{"o":null}""", "\"none\""),
        ["conditional objects"] = (new IrConditional(Is(A, Number(1)), Object(("x y", List())), Object(), IrKind.Object), """{"a":1}""", """{"x y":[]}"""),
        ["coalesce null"] = (new IrCoalesce(Member(O, "t", IrKind.Text, Null), Text("else"), IrKind.Text), """{"o":{"t":null}}""", "\"else\""),
        ["coalesce missing"] = (new IrCoalesce(Member(O, "t", IrKind.Text, Null), Text("else"), IrKind.Text), """{"o":{}}""", "\"else\""),
        ["coalesce present"] = (new IrCoalesce(Member(O, "t", IrKind.Text, Null), Text("else"), IrKind.Text), """{"o":{"t":""}}""", "\"\""),
        ["coalesce chain"] = (new IrCoalesce(Var("t", IrKind.Text), new IrCoalesce(Member(O, "t", IrKind.Text, Null), Text("else"), IrKind.Text), IrKind.Text), """{"o":{"t":"x"},"t":null}""", "\"x\""),
        ["coalesce in a sum"] = (Add(new IrCoalesce(Member(O, "n", IrKind.Integer, Null), Number(2), IrKind.Integer), Number(1)), """{"o":{}}""", "3"),
        ["coalesce lists"] = (new IrCoalesce(Member(O, "l", IrKind.List, Null), List(), IrKind.List), """{"o":{"l":[1]}}""", "[1]"),
        ["count"] = (new IrCount(Member(O, "l", IrKind.List)), """{"o":{"l":[[1,2]]}}""", "1"),
        ["count none"] = (new IrCount(Items), """{"items":[]}""", "0"),
        ["element"] = (new IrElement(Member(O, "l", IrKind.List), Add(A, Number(1)), IrKind.Object), """{"o":{"l":[1,{"x":[1]}]},"a":0}""", """{"x":[1]}"""),
        ["element that is a list"] = (new IrElement(Items, Number(0), IrKind.List), """{"items":[[1]]}""", "[1]"),
        ["element that is empty"] = (new IrElement(Items, A, IrKind.List), """{"items":[[1],[]],"a":1}""", "[]"),
        ["element that is null"] = (new IrElement(Items, A, IrKind.Object), """{"items":[null],"a":0}""", "null"),
        ["element's member"] = (Member(new IrElement(Items, A, IrKind.Object), "l", IrKind.List), """{"items":[{"l":["x"]}],"a":0}""", """["x"]"""),
        ["element's count"] = (new IrCount(Member(new IrElement(Items, A, IrKind.Object), "l", IrKind.List)), """{"items":[{"l":[[]]}],"a":0}""", "1"),
        ["element of a conditional"] = (new IrElement(new IrConditional(Is(A, Number(0)), Items, List(), IrKind.List), A, IrKind.Integer), """{"items":[5],"a":0}""", "5"),
        ["contains"] = (new IrContains(Items, Text("x")), """{"items":["x"]}""", "true"),
        ["contains not"] = (new IrNot(new IrContains(Items, Add(A, Number(1)))), """{"items":[1],"a":1}""", "true"),
        ["contains in none"] = (new IrContains(List(), Text("x")), "{}", "false"),
        ["list"] = (new IrCount(List(Items, List(), Text("x"))), """{"items":[1,2]}""", "3"),
        ["list of lists"] = (new IrElement(List(Items, List(Number(1))), Number(0), IrKind.List), """{"items":[]}""", "[]"),
        ["join"] = (Join(Items, Member(O, "l", IrKind.List)), """{"items":[],"o":{"l":[]}}""", "[]"),
        ["join one"] = (Join(Items, List(O)), """{"items":[],"o":{"l":[]}}""", """[{"l":[]}]"""),
        ["join one and none"] = (Join(Items, List()), """{"items":["x"]}""", """["x"]"""),
        ["join lists of lists"] = (Join(Items, List(Items)), """{"items":[[1]]}""", "[[1],[[1]]]"),
        ["merge"] = (Merge(O, ("b", Null), ("c", List(Number(1)))), """{"o":{"a":[1],"b":2}}""", """{"a":[1],"b":null,"c":[1]}"""),
        ["merge in merge"] = (Member(Merge(Merge(O, ("a", Number(2))), ("b", Number(3))), "a", IrKind.Integer), """{"o":{"a":1}}""", "2"),
        ["object"] = (Object(("l", Items), ("n", Null), ("o", Object(("x", Member(O, "l", IrKind.List))))), """{"items":[],"o":{"l":["y"]}}""", """{"l":[],"n":null,"o":{"x":["y"]}}"""),
    };

    public static TheoryData<string> Names => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_expression_has_the_value_of_C_sharp(string row)
    {
        var (expression, variables, expected) = Rows[row];
        var print = new Jsonata(new Dictionary<string, string>());
        var text = print.Print(expression);
        var values = JsonNode.Parse(variables)!.AsObject().ToDictionary(member => member.Key, member => member.Value?.ToJsonString() ?? "null");
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(JsonataExpression.Parse(text).Evaluate(null, values).Json ?? "\"undefined\"")), $"{text}: {JsonataExpression.Parse(text).Evaluate(null, values).Json}");

        var reference = tools.Tools.Jsonata(text, null, values);
        Assert.False(reference.IsError, reference.ErrorMessage);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(reference.Json ?? "\"undefined\"")), $"{text}: {reference.Json}");
    }
}
