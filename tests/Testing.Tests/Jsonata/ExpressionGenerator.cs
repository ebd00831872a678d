namespace Portable.Testing.Tests.Jsonata;

/// <summary>Expressions of the subset, at random but repeatable. Types are mixed on purpose: errors have to agree too.</summary>
internal sealed class ExpressionGenerator(int seed)
{
    private static readonly string[] s_names = ["a", "b", "c", "v", "items", "name", "nope"];
    private static readonly string[] s_variables = ["x", "y", "n", "s", "list", "missing"];
    private static readonly string[] s_literals =
    [
        "0", "1", "2", "-1", "3.5", "0.1", "2.5", "1e3", "9007199254740993", "\"\"", "\"a\"", "\"B\"", "\"false\"", "\"é\"", "\"5\"", "'q\\u0041'", "true", "false", "null",
    ];

    private static readonly string[] s_documents =
    [
        "{}", "[]", "null", "1", "\"text\"", "[1,2,3]", "[[1],[2,3]]",
        """{"a":1,"b":"two","c":null,"v":[1],"items":[{"v":1,"name":"x"},{"v":2,"name":"y"},{"name":"z"}]}""",
        """{"a":{"b":{"c":5}},"b":[{"a":1},{"a":[2,3]},{"a":[]}],"v":[],"items":[],"name":""}""",
        """{"a":[1,[2,[3]]],"b":false,"c":[null,0,"",{}],"items":[{"v":[1,2]},{"v":[3]}],"name":{"a":1,"2":2,"1":1}}""",
        """[{"a":1,"v":[1,2]},{"a":2},{"b":3}]""",
    ];

    private static readonly string[] s_binary = ["+", "-", "*", "/", "%", "=", "!=", "<", "<=", ">", ">=", "and", "or", "&", "in", "??", "?:"];
    private static readonly (string Name, int Arguments)[] s_functions =
    [
        ("exists", 1), ("string", 1), ("number", 1), ("not", 1), ("boolean", 1), ("parse", 1), ("length", 1), ("count", 1), ("sum", 1), ("max", 1), ("min", 1), ("average", 1),
        ("contains", 2), ("substring", 2), ("substring", 3), ("substringBefore", 2), ("substringAfter", 2), ("join", 1), ("join", 2), ("merge", 1), ("lookup", 2), ("keys", 1),
        ("type", 1), ("append", 2), ("floor", 1), ("ceil", 1), ("abs", 1), ("round", 1), ("round", 2), ("sqrt", 1), ("power", 2), ("reverse", 1), ("distinct", 1), ("spread", 1),
        ("sort", 1), ("trim", 1), ("pad", 2), ("pad", 3), ("split", 2), ("lowercase", 1), ("uppercase", 1), ("string", 0), ("length", 0), ("number", 0), ("keys", 0), ("nothing", 1),
    ];

    private static readonly string[] s_callbacks = ["map", "filter", "single", "each", "sift", "sort", "reduce"];
    private readonly Random _random = new(seed);

    public string Document() => Pick(s_documents);

    public string Expression(int depth)
    {
        if (depth <= 0)
        {
            return Leaf();
        }

        switch (_random.Next(16))
        {
            case 0 or 1:
                return $"{Expression(depth - 1)} {Pick(s_binary)} {Expression(depth - 1)}";
            case 2 or 3:
                return $"{Step(depth - 1)}.{Step(depth - 1)}";
            case 4:
                return $"{Step(depth - 1)}[{Expression(depth - 1)}]";
            case 5:
                return $"{Step(depth - 1)}[]";
            case 6 or 7:
                var (name, arguments) = s_functions[_random.Next(s_functions.Length)];
                return $"${name}({string.Join(", ", Enumerable.Range(0, arguments).Select(_ => Expression(depth - 1)))})";
            case 8:
                return $"[{Many(depth, 3)}]";
            case 9:
                return $"{{{string.Join(", ", Enumerable.Range(0, _random.Next(3)).Select(i => $"\"k{i}\": {Expression(depth - 1)}"))}}}";
            case 10:
                return $"({Expression(depth - 1)} ? {Expression(depth - 1)}{(_random.Next(4) == 0 ? "" : " : " + Expression(depth - 1))})";
            case 11:
                return $"($x := {Expression(depth - 1)}; {Expression(depth - 1)})";
            case 12:
                var parameters = _random.Next(1, 4);
                var list = string.Join(", ", new[] { "$x", "$y", "$n" }.Take(parameters));
                return $"${Pick(s_callbacks)}({Expression(depth - 1)}, function({list}) {{ {Expression(depth - 1)} }})";
            case 13:
                return $"({Expression(depth - 1)})";
            case 14:
                return $"[{_random.Next(-2, 3)}..{_random.Next(-1, 5)}]";
            default:
                return $"-{Step(depth - 1)}";
        }
    }

    private string Step(int depth) => _random.Next(6) switch
    {
        0 => "$" + Pick(s_variables),
        1 => $"({Expression(depth)})",
        2 => $"[{Many(depth, 2)}]",
        3 => $"{Pick(s_names)}[{_random.Next(-2, 3)}]",
        4 => "$",
        _ => Pick(s_names),
    };

    private string Leaf() => _random.Next(4) switch
    {
        0 => Pick(s_names),
        1 => "$" + Pick(s_variables),
        2 => _random.Next(5) == 0 ? "$" : Pick(s_names) + "." + Pick(s_names),
        _ => Pick(s_literals),
    };

    private string Many(int depth, int most) => string.Join(", ", Enumerable.Range(0, _random.Next(most + 1)).Select(_ => Expression(depth - 1)));

    private T Pick<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
