namespace Portable.Testing.GoogleWorkflows;

/// <summary>Evaluates expressions. Every argument is evaluated before its function is called, <c>if</c> and <c>default</c> included.</summary>
internal sealed class GoogleEvaluator(GoogleLibrary library, Func<string, object?> named)
{
    public object? Evaluate(GoogleTemplate template, GoogleScope scope)
    {
        switch (template)
        {
            case GoogleTemplate.Constant constant:
                return constant.Value;
            case GoogleTemplate.Computed computed:
                return Evaluate(computed.Expression, scope);
            case GoogleTemplate.Items items:
                return items.Values.Select(item => Evaluate(item, scope)).ToList();
            default:
                var map = new GoogleMap();
                foreach (var (key, value) in ((GoogleTemplate.Members)template).Values)
                {
                    map[Evaluate(key, scope) as string ?? throw GoogleError.Of("TypeError", "A key of a map is a string.")] = Evaluate(value, scope);
                }

                return map;
        }
    }

    public object? Evaluate(GoogleExpression expression, GoogleScope scope) => expression switch
    {
        GoogleExpression.Constant constant => constant.Value,
        GoogleExpression.Variable variable => scope.TryGet(variable.Name, out var value) ? value
            : named(variable.Name) ?? throw GoogleError.Of("KeyError", $"variable '{variable.Name}' is not defined"),
        GoogleExpression.Member { Target: GoogleExpression.Variable module } member when !scope.TryGet(module.Name, out _) && named($"{module.Name}.{member.Name}") is { } known => known,
        GoogleExpression.Member member => Item(Evaluate(member.Target, scope), member.Name),
        GoogleExpression.Index index => Item(Evaluate(index.Target, scope), Evaluate(index.Key, scope)),
        GoogleExpression.Items items => items.Values.Select(item => Evaluate(item, scope)).ToList(),
        GoogleExpression.Unary { Symbol: "not" } not => !Boolean(Evaluate(not.Operand, scope), "not"),
        GoogleExpression.Unary negate => GoogleOperators.Negate(Evaluate(negate.Operand, scope)),
        GoogleExpression.Binary { Symbol: "and" or "or" } logical => Logical(logical, scope),
        GoogleExpression.Binary binary => GoogleOperators.Apply(binary.Symbol, Evaluate(binary.Left, scope), Evaluate(binary.Right, scope)),
        GoogleExpression.Call call => library.Call(call.Function, [.. call.Arguments.Select(argument => Evaluate(argument, scope))]),
        _ => throw new GoogleNotSimulatedException(expression.GetType().Name),
    };

    /// <summary>A member of a map or an item of a list.</summary>
    public static object? Item(object? target, object? key) => (target, key) switch
    {
        (GoogleMap map, string name) => map.TryGet(name, out var value) ? value : throw GoogleError.Of("KeyError", $"key not found: {name}"),
        (List<object?> list, long index) when index >= 0 && index < list.Count => list[(int)index],
        (List<object?>, < 0L) => throw new GoogleNotSimulatedException("a negative index"),
        (List<object?> list, long index) => throw GoogleError.Of("IndexError", $"index {index} is out of range of {list.Count}"),
        (GoogleMap or List<object?>, _) => throw GoogleError.Of("TypeError", $"{GoogleLibrary.TypeName(key)} is no key of a {GoogleLibrary.TypeName(target)}"),
        _ => throw GoogleError.Of("TypeError", $"a {GoogleLibrary.TypeName(target)} has no members"),
    };

    public static bool Boolean(object? value, string where) =>
        value as bool? ?? throw GoogleError.Of("TypeError", $"'{where}' takes booleans, not {GoogleLibrary.TypeName(value)}");

    private bool Logical(GoogleExpression.Binary node, GoogleScope scope)
    {
        var left = Boolean(Evaluate(node.Left, scope), node.Symbol);
        bool right;
        try
        {
            right = Boolean(Evaluate(node.Right, scope), node.Symbol);
        }
        catch (GoogleError e) when (left == (node.Symbol == "or"))
        {
            // Whether the right side is evaluated at all is not documented.
            throw new GoogleNotSimulatedException($"the left side of '{node.Symbol}' decides, but the right side fails: {e.Message}");
        }

        return node.Symbol == "and" ? left && right : left || right;
    }
}

/// <summary>Operators. What the documentation leaves open is refused.</summary>
internal static class GoogleOperators
{
    public static object Negate(object? operand) => operand switch
    {
        long integer => (object)checked(-integer),
        double number => -number,
        _ => throw GoogleError.Of("TypeError", $"a {GoogleLibrary.TypeName(operand)} cannot be negated"),
    };

    public static object? Apply(string symbol, object? left, object? right) => symbol switch
    {
        "==" => Same(left, right),
        "!=" => !Same(left, right),
        "in" => In(left, right),
        "<" => Order(symbol, left, right) < 0,
        "<=" => Order(symbol, left, right) <= 0,
        ">" => Order(symbol, left, right) > 0,
        ">=" => Order(symbol, left, right) >= 0,
        "+" when left is string && right is string => (string)left + (string)right,
        "+" when left is string || right is string => throw new GoogleNotSimulatedException("'+' of a string and something else; convert it with string()"),
        _ => Arithmetic(symbol, left, right),
    };

    public static bool Same(object? left, object? right)
    {
        switch (left, right)
        {
            case (long a, double b):
                return a == b;
            case (double a, long b):
                return a == b;
            case (List<object?> a, List<object?> b):
                return a.Count == b.Count && a.Zip(b).All(static pair => Same(pair.First, pair.Second));
            case (GoogleMap a, GoogleMap b):
                return a.Count == b.Count && a.Members.All(member => b.TryGet(member.Key, out var other) && Same(member.Value, other));
            default:
                return Equals(left, right);
        }
    }

    private static bool In(object? left, object? right) => right switch
    {
        GoogleMap map => left is string key ? map.TryGet(key, out _) : throw GoogleError.Of("TypeError", "a key of a map is a string"),
        List<object?> list => list.Exists(item => Same(item, left)),
        _ => throw GoogleError.Of("TypeError", $"'in' looks into maps and lists, not {GoogleLibrary.TypeName(right)}"),
    };

    private static int Order(string symbol, object? left, object? right) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (long or double, long or double) => Double(left).CompareTo(Double(right)),
        (string a, string b) => string.CompareOrdinal(a, b),
        _ => throw GoogleError.Of("TypeError", $"'{symbol}' cannot compare {GoogleLibrary.TypeName(left)} and {GoogleLibrary.TypeName(right)}"),
    };

    private static object Arithmetic(string symbol, object? left, object? right)
    {
        if (left is not (long or double) || right is not (long or double))
        {
            throw GoogleError.Of("TypeError", $"'{symbol}' cannot take {GoogleLibrary.TypeName(left)} and {GoogleLibrary.TypeName(right)}");
        }

        if (symbol is "/" or "//" or "%" && Double(right) == 0)
        {
            throw GoogleError.Of("ZeroDivisionError", "division by zero");
        }

        if (symbol != "/" && left is long a && right is long b)
        {
            try
            {
                return checked(symbol switch
                {
                    "+" => a + b,
                    "-" => a - b,
                    "*" => a * b,
                    "%" => a % b,
                    _ => a < 0 != b < 0 && a % b != 0 ? throw new GoogleNotSimulatedException("'//' with a negative quotient") : a / b,
                });
            }
            catch (OverflowException)
            {
                throw new GoogleNotSimulatedException("an overflow of a 64-bit integer");
            }
        }

        var (x, y) = (Double(left), Double(right));
        return symbol switch
        {
            "+" => x + y,
            "-" => x - y,
            "*" => x * y,
            "/" => x / y,
            _ => throw new GoogleNotSimulatedException($"'{symbol}' on doubles"),
        };
    }

    private static double Double(object? value) => value is long integer ? integer : (double)value!;
}
