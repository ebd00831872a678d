using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Portable.Testing.Jsonata.Values;
using static Portable.Testing.Jsonata.Evaluation.Library;

namespace Portable.Testing.Jsonata.Evaluation;

/// <summary>The functions that Step Functions adds to the language.</summary>
internal static class StepFunctionsExtensions
{
    /// <summary>The error code of <c>$parse</c> on a text that is not JSON; the reference has none.</summary>
    public const string ParseFailed = "ParseFailed";

    public static IEnumerable<Native> Functions =>
    [
        Optional("parse", "s", 1, static call => Parse(call.Text(0))),
        Define("uuid", "", 0, static call => call.Clock.NewGuid().ToString()),
        Optional("partition", "an", 2, static call => Partition(call.List(0), call.Number(1))),
        Optional("range", "nnn", 3, static call => Range(call.Number(0), call.Number(1), call.Number(2))),
        Optional("hash", "ss", 2, static call => Hash(call.Text(0), call.Text(1))),
    ];

    private static object? Parse(string text)
    {
        try
        {
            return JsonataJson.Parse(text);
        }
        catch (JsonException)
        {
            throw new JsonataException(ParseFailed, "The text is not JSON.");
        }
    }

    private static JsonataList Partition(JsonataList items, double size) => size >= 1
        ? new JsonataList(items.Chunk((int)size).Select(static chunk => new JsonataList(chunk)))
        : throw new JsonataException("T0410", "The size of a chunk is a positive integer.");

    private static JsonataList Range(double from, double to, double step)
    {
        if (step == 0)
        {
            throw new JsonataException("T0410", "The step of a range is not zero.");
        }

        var items = new JsonataList();
        for (var item = from; step > 0 ? item <= to : item >= to; item += step)
        {
            items.Add(item);
        }

        return items;
    }

    private static string Hash(string text, string algorithm)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var hash = algorithm switch
        {
            "SHA-256" => SHA256.HashData(bytes),
            "SHA-384" => SHA384.HashData(bytes),
            "SHA-512" => SHA512.HashData(bytes),
            _ => throw new JsonataNotSupportedException($"The hash algorithm '{algorithm}'"),
        };
        return Convert.ToHexString(hash).ToLowerInvariant();
    }
}
