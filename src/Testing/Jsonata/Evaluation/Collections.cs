using Portable.Testing.Jsonata.Values;
using static Portable.Testing.Jsonata.Evaluation.Library;

namespace Portable.Testing.Jsonata.Evaluation;

/// <summary>Functions on arrays and objects.</summary>
internal static class Collections
{
    public static IEnumerable<Native> Functions =>
    [
        Define("count", "a", 1, static call => call[0] is JsonataList list ? list.Count : 0d),
        Define("append", "xx", 2, static call => Append(call[0], call[1])),
        Define("lookup", "x-s", 2, static call => Lookup(call[0], call.Has(1) ? call.Text(1) : "undefined")),
        Define("keys", "x-", 1, static call => new JsonataList(Keys(call[0])) { IsSequence = true }),
        Optional("merge", "a<o>", 1, static call => Merge(call.List(0))),
        Optional("reverse", "a", 1, static call => call.List(0).Count <= 1 ? call[0] : new JsonataList(Enumerable.Reverse(call.List(0)))),
        Define("spread", "x-", 1, static call => Spread(call[0])),
        Optional("distinct", "x", 1, static call => Distinct(call[0]!)),
    ];

    /// <summary>The member of an object, or of each object of an array, flattened.</summary>
    public static object? Lookup(object? input, string name)
    {
        if (input is not JsonataList list)
        {
            return input is JsonataObject members ? members[name] : null;
        }

        var result = JsonataList.Sequence();
        foreach (var item in list)
        {
            switch (Lookup(item, name))
            {
                case null:
                    break;
                case JsonataList many:
                    result.AddRange(many);
                    break;
                case var one:
                    result.Add(one);
                    break;
            }
        }

        return result;
    }

    public static object? Append(object? left, object? right) =>
        left is null ? right
        : right is null ? left
        : new JsonataList(JsonataList.Of(left).Concat(JsonataList.Of(right)));

    private static IEnumerable<string> Keys(object? value) => value switch
    {
        JsonataObject members => members.Names,
        JsonataList list => Merged(list),
        _ => [],
    };

    private static IEnumerable<string> Merged(JsonataList list)
    {
        var names = new JsonataObject();
        foreach (var name in list.SelectMany(Keys))
        {
            names[name] = true;
        }

        return names.Names;
    }

    private static JsonataObject Merge(JsonataList list)
    {
        var result = new JsonataObject();
        foreach (var item in list)
        {
            var members = (JsonataObject)item!;
            foreach (var name in members.Names)
            {
                result[name] = members[name];
            }
        }

        return result;
    }

    private static object? Spread(object? value)
    {
        switch (value)
        {
            case JsonataList list:
                object? all = JsonataList.Sequence();
                foreach (var item in list)
                {
                    all = Append(all, Spread(item));
                }

                return all;
            case JsonataObject members:
                var result = JsonataList.Sequence();
                foreach (var name in members.Names)
                {
                    result.Add(new JsonataObject { [name] = members[name] });
                }

                return result;
            default:
                return value;
        }
    }

    private static object Distinct(object value)
    {
        if (value is not JsonataList { Count: > 1 } list)
        {
            return value;
        }

        var result = new JsonataList { IsSequence = list.IsSequence };
        foreach (var item in list)
        {
            if (!result.Exists(known => Operators.DeepEquals(known, item)))
            {
                result.Add(item);
            }
        }

        return result;
    }
}
