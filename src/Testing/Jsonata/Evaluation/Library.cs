using Portable.Testing.Jsonata.Values;

namespace Portable.Testing.Jsonata.Evaluation;

/// <summary>The built-in functions: those of the reference that are simulated, and the ones that Step Functions adds.</summary>
internal static class Library
{
    // Known to the reference or to Step Functions, but not to this simulator: asking for one is an error, not undefined.
    private static readonly HashSet<string> s_notSimulated = new(StringComparer.Ordinal)
    {
        "match", "replace", "formatNumber", "formatBase", "formatInteger", "parseInteger", "random", "zip", "shuffle",
        "encodeUrlComponent", "encodeUrl", "decodeUrlComponent", "decodeUrl", "eval", "toMillis", "fromMillis", "clone",
    };

    private static readonly Dictionary<string, Native> s_functions = new IEnumerable<Native>[]
    {
        Texts.Functions, Numbers.Functions, Collections.Functions, HigherOrder.Functions, General.Functions, StepFunctionsExtensions.Functions,
    }.SelectMany(static group => group).ToDictionary(static function => function.Name, StringComparer.Ordinal);

    public static Native? Find(string name) => s_functions.TryGetValue(name, out var function) ? function
        : s_notSimulated.Contains(name) ? throw new JsonataNotSupportedException("$" + name)
        : null;

    /// <summary>Defines a function.</summary>
    /// <param name="name">Without the dollar sign.</param>
    /// <param name="signature">Its signature; see <see cref="Signature"/>.</param>
    /// <param name="arity">How many arguments it takes when it is itself passed as a callback.</param>
    /// <param name="body">What it does.</param>
    public static Native Define(string name, string signature, int arity, NativeBody body) =>
        new(name, Signature.Parse(signature), arity, body);

    /// <summary>A function that gives undefined for an undefined first argument.</summary>
    public static Native Optional(string name, string signature, int arity, NativeBody body) =>
        Define(name, signature, arity, call => call.Has(0) ? body(call) : null);
}
