using System.Text.RegularExpressions;
using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Jsonata.Evaluation;

/// <summary>
/// What a built-in function takes, in the reference's notation: <c>s n b l o a f j x</c> for types, <c>(sn)</c> for a choice,
/// <c>-</c> for "else the context", <c>?</c> for optional, <c>a&lt;n&gt;</c> for an array of numbers.
/// </summary>
internal sealed partial class Signature
{
    private readonly List<Parameter> _parameters;
    private readonly Regex _shape;

    private Signature(List<Parameter> parameters)
    {
        _parameters = parameters;
        _shape = new Regex("^" + string.Concat(parameters.Select(static parameter => $"({parameter.Pattern}{parameter.Suffix})")) + "$", RegexOptions.CultureInvariant);
    }

    public static Signature Parse(string text) => new([.. Parts().Matches(text).Select(static match => new Parameter(
        match.Groups["type"].Value,
        match.Groups["items"].Success ? match.Groups["items"].Value[0] : null,
        match.Groups["mark"].Value))]);

    public object?[] Validate(object?[] arguments, object? context)
    {
        var shape = _shape.Match(string.Concat(arguments.Select(Symbol)));
        if (!shape.Success)
        {
            throw new JsonataException("T0410", "An argument does not match the function's signature.");
        }

        List<object?> result = [];
        var next = 0;
        for (var i = 0; i < _parameters.Count; i++)
        {
            var parameter = _parameters[i];
            var matched = shape.Groups[i + 1].Value;
            if (matched.Length > 0)
            {
                result.Add(Convert(parameter, matched[0], arguments[next]));
                next++;
            }
            else if (parameter.FromContext)
            {
                result.Add(Regex.IsMatch(Symbol(context).ToString(), parameter.Pattern)
                    ? context
                    : throw new JsonataException("T0411", "The context does not match the function's signature."));
            }
            else
            {
                // An absent optional argument does not consume one that follows.
                result.Add(next < arguments.Length ? arguments[next] : null);
                next++;
            }
        }

        return [.. result];
    }

    private static object? Convert(Parameter parameter, char symbol, object? argument)
    {
        if (parameter.Type != "a" || symbol == 'm')
        {
            return argument;
        }

        if (parameter.Items is { } expected)
        {
            var fits = symbol == 'a' ? ((JsonataList)argument!).TrueForAll(item => Symbol(item) == expected) : symbol == expected;
            if (!fits)
            {
                throw new JsonataException("T0412", "An item of an array does not match the function's signature.");
            }
        }

        return symbol == 'a' ? argument : new JsonataList([argument]);
    }

    private static char Symbol(object? value) => value switch
    {
        null => 'm',
        string => 's',
        double => 'n',
        bool => 'b',
        JsonNull => 'l',
        JsonataList => 'a',
        IJsonataFunction => 'f',
        _ => 'o',
    };

    [GeneratedRegex(@"(?<type>[snblofajx]|\([snblofajx]+\))(?:<(?<items>[^>]*)>)?(?<mark>[-?]?)", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    private sealed record Parameter(string Type, char? Items, string Mark)
    {
        public bool FromContext => Mark == "-";

        public string Suffix => Mark.Length > 0 ? "?" : "";

        public string Pattern => Type switch
        {
            "f" => "f",
            "a" or "x" => "[asnblfom]",
            "j" => "[asnblom]",
            _ => "[" + Type.Trim('(', ')') + "m]",
        };
    }
}
