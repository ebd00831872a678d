using Portable.Testing.Jsonata.Values;
using static Portable.Testing.Jsonata.Evaluation.Library;

namespace Portable.Testing.Jsonata.Evaluation;

/// <summary>Functions that take functions.</summary>
internal static class HigherOrder
{
    public static IEnumerable<Native> Functions =>
    [
        Optional("map", "af", 2, static call => Sequence(call.List(0), (item, i) => call.Call(1, item, (double)i, call[0]))),
        Optional("filter", "af", 2, static call => Sequence(call.List(0), (item, i) => Operators.IsTrue(call.Call(1, item, (double)i, call[0])) ? item : null)),
        Optional("single", "af?", 2, static call => Single(call)),
        Optional("reduce", "afj?", 3, static call => Reduce(call)),
        Define("each", "o-f", 2, static call => Each(call)),
        Define("sift", "o-f?", 2, static call => Sift(call)),
        Optional("sort", "af?", 2, static call => Sort(call)),
    ];

    private static JsonataList Sequence(JsonataList items, Func<object?, int, object?> result)
    {
        var sequence = JsonataList.Sequence();
        for (var i = 0; i < items.Count; i++)
        {
            if (result(items[i], i) is { } value)
            {
                sequence.Add(value);
            }
        }

        return sequence;
    }

    private static object? Single(Invocation call)
    {
        var matches = call.List(0).Where((item, i) => !call.Has(1) || Operators.IsTrue(call.Call(1, item, (double)i, call[0]))).ToList();
        return matches.Count switch
        {
            0 => throw new JsonataException("D3139", "$single found no match."),
            1 => matches[0],
            _ => throw new JsonataException("D3138", "$single found more than one match."),
        };
    }

    private static object? Reduce(Invocation call)
    {
        var items = call.List(0);
        if (((IJsonataFunction)call[1]!).Arity < 2)
        {
            throw new JsonataException("D3050", "The function of $reduce takes two arguments.");
        }

        var fromFirst = !call.Has(2) && items.Count > 0;
        var result = fromFirst ? items[0] : call[2];
        for (var i = fromFirst ? 1 : 0; i < items.Count; i++)
        {
            result = call.Call(1, result, items[i], (double)i, items);
        }

        return result;
    }

    private static JsonataList Each(Invocation call)
    {
        var sequence = JsonataList.Sequence();
        foreach (var (name, value) in Members(call[0]))
        {
            if (call.Call(1, value, name, call[0]) is { } result)
            {
                sequence.Add(result);
            }
        }

        return sequence;
    }

    private static JsonataObject? Sift(Invocation call)
    {
        var kept = new JsonataObject();
        foreach (var (name, value) in Members(call[0]))
        {
            if (!call.Has(1))
            {
                throw new JsonataNotSupportedException("$sift without a function");
            }

            if (Operators.IsTrue(call.Call(1, value, name, call[0])))
            {
                kept[name] = value;
            }
        }

        return kept.Count == 0 ? null : kept;
    }

    private static IEnumerable<(string Name, object? Value)> Members(object? value) =>
        value is JsonataObject members ? members.Names.Select(name => (name, members[name])) : [];

    private static object? Sort(Invocation call)
    {
        var items = call.List(0);
        if (items.Count <= 1)
        {
            return items;
        }

        if (call.Has(1))
        {
            return Merge(items, (a, b) => Operators.IsTruthy(call.Call(1, a, b)));
        }

        if (items.TrueForAll(static item => item is double))
        {
            return Merge(items, static (a, b) => (double)a! > (double)b!);
        }

        return items.TrueForAll(static item => item is string)
            ? Merge(items, static (a, b) => string.CompareOrdinal((string)a!, (string)b!) > 0)
            : throw new JsonataException("D3070", "$sort without a function takes an array of numbers or of texts.");
    }

    private static JsonataList Merge(JsonataList items, Func<object?, object?, bool> after)
    {
        if (items.Count <= 1)
        {
            return items;
        }

        var middle = items.Count / 2;
        var left = Merge(new JsonataList(items.Take(middle)), after);
        var right = Merge(new JsonataList(items.Skip(middle)), after);
        var result = new JsonataList();
        var (l, r) = (0, 0);
        while (l < left.Count || r < right.Count)
        {
            var takeRight = l == left.Count || (r < right.Count && after(left[l], right[r]));
            result.Add(takeRight ? right[r++] : left[l++]);
        }

        return result;
    }
}
