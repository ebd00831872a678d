using System.Globalization;
using Portable.Testing.Jsonata.Values;
using static Portable.Testing.Jsonata.Evaluation.Library;

namespace Portable.Testing.Jsonata.Evaluation;

/// <summary>Conversions, tests and errors.</summary>
internal static class General
{
    public static IEnumerable<Native> Functions =>
    [
        Define("string", "x-b?", 1, static call => call[1] is true
            ? throw new JsonataNotSupportedException("Indented JSON")
            : Operators.ToText(call[0])),
        Define("boolean", "x-", 1, static call => Operators.ToBoolean(call[0])),
        Define("not", "x-", 1, static call => !Operators.ToBoolean(call[0])),
        Define("exists", "x", 1, static call => call.Has(0)),
        Define("type", "x", 1, static call => TypeName(call[0])),
        Define("error", "s?", 1, static call => throw new JsonataException("D3137", call[0] is string { Length: > 0 } message ? message : "$error() function evaluated")),
        Define("assert", "bs?", 2, static call => call[0] is true
            ? null
            : throw new JsonataException("D3141", call[1] is string { Length: > 0 } message ? message : "$assert() statement failed")),
        Define("now", "s?s?", 2, static call => call.Has(0)
            ? throw new JsonataNotSupportedException("A picture of $now")
            : call.Clock.Now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        Define("millis", "", 0, static call => (double)call.Clock.Now.ToUnixTimeMilliseconds()),
    ];

    private static string? TypeName(object? value) => value switch
    {
        null => null,
        JsonNull => "null",
        double => Operators.IsNumber(value) ? "number" : "object",
        string => "string",
        bool => "boolean",
        JsonataList => "array",
        IJsonataFunction => "function",
        _ => "object",
    };
}
