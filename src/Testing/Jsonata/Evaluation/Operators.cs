using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Jsonata.Evaluation;

/// <summary>Operators and the conversions they share with functions.</summary>
internal static class Operators
{
    private const double LongestRange = 1e7;

    public static object? Apply(string symbol, object? left, object? right, int position) => symbol switch
    {
        "=" => left is not null && right is not null && DeepEquals(left, right),
        "!=" => left is not null && right is not null && !DeepEquals(left, right),
        "<" or "<=" or ">" or ">=" => Compare(symbol, left, right, position),
        "&" => (ToText(left) ?? "") + (ToText(right) ?? ""),
        "in" => left is not null && right is not null && JsonataList.Of(right).Exists(item => SameValue(item, left)),
        ".." => Range(left, right, position),
        _ => Arithmetic(symbol, left, right, position),
    };

    /// <summary>Whether the value is a number that can be reckoned with.</summary>
    /// <exception cref="JsonataException">The number is infinite: an earlier operation overflowed or divided by zero.</exception>
    public static bool IsNumber(object? value) => value is double number && !double.IsNaN(number)
        && (!double.IsInfinity(number) ? true : throw new JsonataException("D1001", "The number is out of range."));

    /// <summary>The effective boolean; undefined stays undefined.</summary>
    public static bool? ToBoolean(object? value) => value switch
    {
        null => null,
        JsonataList list => list.Count switch
        {
            0 => false,
            1 => ToBoolean(list[0]),
            _ => Any(list),
        },
        string text => text.Length > 0,
        double => IsNumber(value) && (double)value != 0,
        bool boolean => boolean,
        JsonataObject members => members.Count > 0,
        _ => false,
    };

    public static bool IsTrue(object? value) => ToBoolean(value) is true;

    /// <summary>JavaScript's own notion of truth, which the reference applies to comparators: lists and objects are always true.</summary>
    public static bool IsTruthy(object? value) => value switch
    {
        null or JsonNull or false or "" => false,
        double number => number != 0 && !double.IsNaN(number),
        _ => true,
    };

    /// <summary>The text of a value as <c>$string</c> gives it; undefined stays undefined.</summary>
    public static string? ToText(object? value) => value switch
    {
        null => null,
        string text => text,
        IJsonataFunction => "",
        double number when !double.IsFinite(number) => throw new JsonataException("D3001", "An infinite number has no text."),
        JsonataList { IsOuterWrapper: true } wrapper => JsonataJson.WriteForString(wrapper[0]!),
        _ => JsonataJson.WriteForString(value),
    };

    public static bool DeepEquals(object? left, object? right)
    {
        switch (left, right)
        {
            case (JsonataList a, JsonataList b):
                return a.Count == b.Count && Enumerable.Range(0, a.Count).All(i => DeepEquals(a[i], b[i]));
            case (JsonataObject a, JsonataObject b):
                return a.Count == b.Count && a.Names.All(name => b.Contains(name) && DeepEquals(a[name], b[name]));
            default:
                return SameValue(left, right);
        }
    }

    private static bool Any(JsonataList list)
    {
        // Every item is converted, as in the reference: an infinite number is an error wherever it stands.
        var any = false;
        foreach (var item in list)
        {
            any |= IsTrue(item);
        }

        return any;
    }

    private static bool SameValue(object? left, object? right) => (left, right) switch
    {
        (double a, double b) => a == b,
        (string a, string b) => a == b,
        (bool a, bool b) => a == b,
        _ => ReferenceEquals(left, right),
    };

    private static object? Compare(string symbol, object? left, object? right, int position)
    {
        if (left is not (null or string or double) || right is not (null or string or double))
        {
            throw new JsonataException("T2010", $"'{symbol}' compares numbers or texts.", position);
        }

        if (left is null || right is null)
        {
            return null;
        }

        if (left.GetType() != right.GetType())
        {
            throw new JsonataException("T2009", $"'{symbol}' compares values of one type.", position);
        }

        if (left is double a && right is double b)
        {
            return symbol switch { "<" => a < b, "<=" => a <= b, ">" => a > b, _ => a >= b };
        }

        var order = string.CompareOrdinal((string)left, (string)right);
        return symbol switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    private static object? Arithmetic(string symbol, object? left, object? right, int position)
    {
        if (left is not null && !IsNumber(left))
        {
            throw new JsonataException("T2001", $"The left side of '{symbol}' is no number.", position);
        }

        if (right is not null && !IsNumber(right))
        {
            throw new JsonataException("T2002", $"The right side of '{symbol}' is no number.", position);
        }

        if (left is null || right is null)
        {
            return null;
        }

        var (a, b) = ((double)left, (double)right);
        return symbol switch { "+" => a + b, "-" => a - b, "*" => a * b, "/" => a / b, _ => a % b };
    }

    private static JsonataList? Range(object? left, object? right, int position)
    {
        if (left is not (null or double) || left is double l && l != Math.Floor(l))
        {
            throw new JsonataException("T2003", "A range starts with an integer.", position);
        }

        if (right is not (null or double) || right is double r && r != Math.Floor(r))
        {
            throw new JsonataException("T2004", "A range ends with an integer.", position);
        }

        if (left is not double from || right is not double to || from > to)
        {
            return null;
        }

        if (to - from + 1 > LongestRange)
        {
            throw new JsonataException("D2014", "The range is too long.", position);
        }

        var items = new JsonataList { IsSequence = true };
        for (var item = from; item <= to; item++)
        {
            items.Add(item);
        }

        return items;
    }
}
