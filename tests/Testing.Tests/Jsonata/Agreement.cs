using Portable.TestKit.ExternalTools;
using Portable.Testing.Jsonata;

namespace Portable.Testing.Tests.Jsonata;

/// <summary>What an expression gives, as one line that can be compared: JSON, nothing, or an error's code.</summary>
internal static class Agreement
{
    public static readonly IReadOnlyDictionary<string, string> Variables = new Dictionary<string, string>
    {
        ["x"] = "5",
        ["y"] = """{"a":[1,2],"v":"w"}""",
        ["n"] = "null",
        ["s"] = "\"a-b-c\"",
        ["list"] = """[3,1,2,3]""",
    };

    public static string Ours(string expression, string? document)
    {
        try
        {
            return JsonataExpression.Parse(expression).Evaluate(document, Variables).Json ?? "undefined";
        }
        catch (JsonataNotSupportedException e)
        {
            return "not simulated: " + e.Message;
        }
        catch (JsonataException e)
        {
            return "error " + e.Code;
        }
    }

    public static string Reference(NodeTools tools, string expression, string? document)
    {
        var result = tools.Jsonata(expression, document, Variables);
        return result.IsError ? "error " + result.ErrorCode : result.Json ?? "undefined";
    }

    /// <summary>
    /// Whether both agree. The reference evaluates the items of a constructor side by side, so which of several errors it reports there is chance;
    /// and where it crashes over the text of a message, its error is JavaScript's.
    /// </summary>
    public static bool Same(string expression, string document, string ours, string reference) =>
        ours == reference
        || ReferenceChangesItsInput(expression, document)
        || (ours.StartsWith("error ", StringComparison.Ordinal) && reference.StartsWith("error ", StringComparison.Ordinal)
            && (expression.AsSpan().ContainsAny('[', '{') || reference.EndsWith("Error", StringComparison.Ordinal)));

    // A constructor whose context is an empty array adds an item to that array, which other constructors may then see.
    private static bool ReferenceChangesItsInput(string expression, string document) =>
        document.Contains("[]", StringComparison.Ordinal) && expression.Count(static c => c == '{') > 1;
}
