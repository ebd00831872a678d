using System.Globalization;
using System.Text;

namespace Portable.Testing.GoogleWorkflows;

/// <summary>A node of an expression.</summary>
internal abstract record GoogleExpression
{
    public sealed record Constant(object? Value) : GoogleExpression;

    public sealed record Variable(string Name) : GoogleExpression;

    public sealed record Member(GoogleExpression Target, string Name) : GoogleExpression;

    public sealed record Index(GoogleExpression Target, GoogleExpression Key) : GoogleExpression;

    public sealed record Items(IReadOnlyList<GoogleExpression> Values) : GoogleExpression;

    public sealed record Unary(string Symbol, GoogleExpression Operand) : GoogleExpression;

    public sealed record Binary(string Symbol, GoogleExpression Left, GoogleExpression Right) : GoogleExpression;

    /// <summary>A call of a library function by its full name.</summary>
    public sealed record Call(string Function, IReadOnlyList<GoogleExpression> Arguments) : GoogleExpression;
}

/// <summary>
/// Reads an expression. Precedence as documented, tightest first: parentheses, members, items, <c>not</c>, unary minus,
/// <c>* / // %</c>, <c>+ -</c>, comparisons and <c>in</c>, <c>and</c>, <c>or</c>.
/// </summary>
internal sealed class GoogleExpressionParser
{
    private readonly List<(string Kind, string Text)> _tokens;
    private readonly string _source;
    private int _next;

    private GoogleExpressionParser(string source)
    {
        _source = source;
        _tokens = Tokens(source);
    }

    public static GoogleExpression Parse(string source)
    {
        var parser = new GoogleExpressionParser(source);
        var expression = parser.Or();
        return parser._next == parser._tokens.Count ? expression : throw parser.Unexpected();
    }

    private (string Kind, string Text) Current => _next < _tokens.Count ? _tokens[_next] : ("end", "");

    private GoogleExpression Or()
    {
        var left = And();
        while (Take("or"))
        {
            left = new GoogleExpression.Binary("or", left, And());
        }

        return left;
    }

    private GoogleExpression And()
    {
        var left = Comparison();
        while (Take("and"))
        {
            left = new GoogleExpression.Binary("and", left, Comparison());
        }

        return left;
    }

    private GoogleExpression Comparison()
    {
        var left = Sum();
        while (Any("==", "!=", "<=", ">=", "<", ">", "in") is { } symbol)
        {
            left = new GoogleExpression.Binary(symbol, left, Sum());
        }

        return left;
    }

    private GoogleExpression Sum()
    {
        var left = Product();
        while (Any("+", "-") is { } symbol)
        {
            left = new GoogleExpression.Binary(symbol, left, Product());
        }

        return left;
    }

    private GoogleExpression Product()
    {
        var left = Negation();
        while (Any("*", "//", "/", "%") is { } symbol)
        {
            left = new GoogleExpression.Binary(symbol, left, Negation());
        }

        return left;
    }

    private GoogleExpression Negation() => Take("-") ? new GoogleExpression.Unary("-", Negation()) : Not();

    private GoogleExpression Not() => Take("not") ? new GoogleExpression.Unary("not", Not()) : Postfix();

    private GoogleExpression Postfix()
    {
        var target = Primary();
        while (true)
        {
            if (Take("."))
            {
                target = new GoogleExpression.Member(target, Name());
            }
            else if (Take("["))
            {
                var key = Or();
                Expect("]");
                target = new GoogleExpression.Index(target, key);
            }
            else if (Take("("))
            {
                target = new GoogleExpression.Call(FunctionName(target), Arguments(")"));
            }
            else
            {
                return target;
            }
        }
    }

    private GoogleExpression Primary()
    {
        var (kind, text) = Current;
        _next++;
        switch (kind)
        {
            case "text":
                return new GoogleExpression.Constant(text);
            case "integer":
                return new GoogleExpression.Constant(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var integer)
                    ? integer
                    : throw new FormatException($"{text} is no 64-bit integer."));
            case "double":
                return new GoogleExpression.Constant(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
            case "name":
                return text switch
                {
                    "true" or "True" or "TRUE" => new GoogleExpression.Constant(true),
                    "false" or "False" or "FALSE" => new GoogleExpression.Constant(false),
                    "null" => new GoogleExpression.Constant(null),
                    _ => new GoogleExpression.Variable(text),
                };
            case "symbol" when text == "(":
                var inner = Or();
                Expect(")");
                return inner;
            case "symbol" when text == "[":
                return new GoogleExpression.Items(Arguments("]"));
            case "symbol" when text == "{":
                throw new FormatException("A map cannot be written inside an expression.");
            default:
                _next--;
                throw Unexpected();
        }
    }

    private List<GoogleExpression> Arguments(string end)
    {
        List<GoogleExpression> arguments = [];
        while (!Take(end))
        {
            if (arguments.Count > 0)
            {
                Expect(",");
            }

            arguments.Add(Or());
        }

        return arguments;
    }

    private static string FunctionName(GoogleExpression target) => target switch
    {
        GoogleExpression.Variable variable => variable.Name,
        GoogleExpression.Member { Target: GoogleExpression.Variable module } member => $"{module.Name}.{member.Name}",
        _ => throw new FormatException("Only a function of the library can be called in an expression."),
    };

    private string Name()
    {
        var (kind, text) = Current;
        if (kind != "name" && !(kind == "symbol" && char.IsLetter(text[0])))
        {
            throw Unexpected();
        }

        _next++;
        return text;
    }

    private bool Take(string symbol)
    {
        if (Current != ("symbol", symbol))
        {
            return false;
        }

        _next++;
        return true;
    }

    private string? Any(params ReadOnlySpan<string> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (Take(symbol))
            {
                return symbol;
            }
        }

        return null;
    }

    private void Expect(string symbol)
    {
        if (!Take(symbol))
        {
            throw new FormatException($"'{symbol}' is expected before '{Current.Text}' in ${{{_source}}}.");
        }
    }

    private FormatException Unexpected() => new($"'{Current.Text}' is not expected in ${{{_source}}}.");

    private static List<(string Kind, string Text)> Tokens(string source)
    {
        List<(string, string)> tokens = [];
        for (var i = 0; i < source.Length;)
        {
            var c = source[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c is '"' or '\'')
            {
                tokens.Add(("text", Quoted(source, ref i)));
            }
            else if (char.IsAsciiDigit(c))
            {
                tokens.Add(Number(source, ref i));
            }
            else if (char.IsLetter(c) || c == '_')
            {
                var start = i;
                while (i < source.Length && (char.IsLetterOrDigit(source[i]) || source[i] == '_'))
                {
                    i++;
                }

                var word = source[start..i];
                tokens.Add(word is "and" or "or" or "not" or "in" or "AND" or "OR" or "NOT" ? ("symbol", word.ToLowerInvariant()) : ("name", word));
            }
            else if (i + 1 < source.Length && source.Substring(i, 2) is "==" or "!=" or "<=" or ">=" or "//")
            {
                tokens.Add(("symbol", source.Substring(i, 2)));
                i += 2;
            }
            else if ("+-*/%<>()[]{}.,:".Contains(c, StringComparison.Ordinal))
            {
                tokens.Add(("symbol", c.ToString()));
                i++;
            }
            else
            {
                throw new FormatException($"'{c}' is not expected in ${{{source}}}.");
            }
        }

        return tokens;
    }

    private static string Quoted(string source, ref int i)
    {
        var quote = source[i];
        var text = new StringBuilder();
        for (i++; i < source.Length; i++)
        {
            if (source[i] == quote)
            {
                i++;
                return text.ToString();
            }

            if (source[i] == '\\' && i + 1 < source.Length)
            {
                i++;
                text.Append(source[i] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    '"' or '\'' or '\\' => source[i],
                    _ => throw new FormatException($"The escape \\{source[i]} is not simulated."),
                });
            }
            else
            {
                text.Append(source[i]);
            }
        }

        throw new FormatException($"A text has no end in ${{{source}}}.");
    }

    private static (string Kind, string Text) Number(string source, ref int i)
    {
        var start = i;
        var kind = "integer";
        while (i < source.Length && char.IsAsciiDigit(source[i]))
        {
            i++;
        }

        if (i + 1 < source.Length && source[i] == '.' && char.IsAsciiDigit(source[i + 1]))
        {
            kind = "double";
            for (i++; i < source.Length && char.IsAsciiDigit(source[i]); i++)
            {
            }
        }

        if (i < source.Length && source[i] is 'e' or 'E')
        {
            kind = "double";
            for (i++; i < source.Length && (char.IsAsciiDigit(source[i]) || source[i] is '+' or '-'); i++)
            {
            }
        }

        return (kind, source[start..i]);
    }
}
