namespace Portable.Testing.Jsonata.Values;

// A value is a C# object: null stands for "undefined" (nothing there), JsonNull for JSON's null, then bool, double, string,
// JsonataList, JsonataObject and IJsonataFunction.

/// <summary>JSON's null, which is a value, unlike undefined.</summary>
internal sealed class JsonNull
{
    public static readonly JsonNull Value = new();

    private JsonNull()
    {
    }
}

/// <summary>An array. The marks tell results of the evaluation, which collapse and flatten, from arrays of the data, which do not.</summary>
internal sealed class JsonataList : List<object?>
{
    public JsonataList()
    {
    }

    public JsonataList(IEnumerable<object?> items)
        : base(items)
    {
    }

    /// <summary>Made by the evaluation: one item collapses to the item, none to undefined.</summary>
    public bool IsSequence { get; init; }

    /// <summary>Does not collapse a single item.</summary>
    public bool KeepSingleton { get; set; }

    /// <summary>Written as <c>[...]</c> in a path: does not flatten.</summary>
    public bool IsConstructed { get; set; }

    /// <summary>Wraps an input that is an array, so that it counts as one input.</summary>
    public bool IsOuterWrapper { get; init; }

    public static JsonataList Sequence() => new() { IsSequence = true };

    public static JsonataList Sequence(object? item) => new([item]) { IsSequence = true };

    /// <summary>The value as the items it stands for, as the reference's functions see it.</summary>
    public static JsonataList Of(object? value) => value as JsonataList ?? Sequence(value);
}

/// <summary>An object: members in order of insertion, except that names that are array indices come first, as in JavaScript.</summary>
internal sealed class JsonataObject
{
    private readonly Dictionary<string, object?> _members = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public int Count => _names.Count;

    public IEnumerable<string> Names => _names.Exists(IsIndex)
        ? _names.Where(IsIndex).OrderBy(static name => uint.Parse(name, System.Globalization.CultureInfo.InvariantCulture)).Concat(_names.Where(static name => !IsIndex(name)))
        : _names;

    public object? this[string name]
    {
        get => _members.GetValueOrDefault(name);
        set
        {
            if (_members.TryAdd(name, value))
            {
                _names.Add(name);
            }
            else
            {
                _members[name] = value;
            }
        }
    }

    public bool Contains(string name) => _members.ContainsKey(name);

    private static bool IsIndex(string name) =>
        name.Length is > 0 and <= 10 && (name.Length == 1 || name[0] != '0') && name.All(char.IsAsciiDigit)
        && ulong.Parse(name, System.Globalization.CultureInfo.InvariantCulture) < uint.MaxValue;
}

/// <summary>Something that can be called.</summary>
internal interface IJsonataFunction
{
    /// <summary>How many parameters it declares: decides whether callbacks get index and array too.</summary>
    int Arity { get; }
}
