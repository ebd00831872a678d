using System.Text;

namespace Portable.Generator.Workflows.Reading;

/// <summary>
/// Names that are unique in a workflow and mean nothing else on any engine. C# scopes may repeat a local's name; the engines have
/// one scope per run.
/// </summary>
internal sealed class VariableNames
{
    private const int Longest = 60;

    private readonly HashSet<string> _taken = new(Reserved, StringComparer.Ordinal);

    public string Take(string name)
    {
        var ascii = Ascii(name);
        var candidate = ascii;
        for (var number = 2; !_taken.Add(candidate); number++)
        {
            candidate = $"{ascii}_{number}";
        }

        return candidate;
    }

    /// <summary>The names that are taken so far.</summary>
    public HashSet<string> Snapshot() => new(_taken, StringComparer.Ordinal);

    /// <summary>The name of a variable that holds what a function of that name gives.</summary>
    public static string Lower(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>The name in the letters that every engine allows.</summary>
    public static string Ascii(string name)
    {
        var text = new StringBuilder(Math.Min(name.Length, Longest));
        foreach (var c in name)
        {
            if (text.Length < Longest)
            {
                text.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' ? c : '_');
            }
        }

        return text.ToString();
    }

    // JSONata's functions and AWS's variables (a variable of the same name would hide them), and what Google Workflows' expressions call or reserve.
    private static readonly string[] Reserved =
    [
        "abs", "append", "assert", "average", "base64decode", "base64encode", "boolean", "ceil", "clone", "contains", "count", "decodeUrl", "decodeUrlComponent",
        "distinct", "each", "encodeUrl", "encodeUrlComponent", "error", "eval", "exists", "filter", "floor", "formatBase", "formatInteger", "formatNumber",
        "fromMillis", "hash", "join", "keys", "length", "lookup", "lowercase", "map", "match", "max", "merge", "millis", "min", "not", "now", "number",
        "pad", "parse", "parseInteger", "partition", "power", "random", "range", "reduce", "replace", "reverse", "round", "shuffle", "sift", "single", "sort",
        "split", "spread", "sqrt", "states", "string", "substring", "substringAfter", "substringBefore", "sum", "toMillis", "trim", "type", "uppercase",
        "uuid", "zip",
        "and", "args", "base64", "default", "double", "events", "false", "False", "FALSE", "get_type", "googleapis", "http", "if", "in", "int", "json", "len", "list",
        "main", "math", "none", "null", "or", "result", "retry", "sys", "text", "time", "true", "True", "TRUE",
    ];
}
