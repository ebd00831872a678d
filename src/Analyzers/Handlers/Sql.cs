using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Portable.Analyzers.Handlers;

/// <summary>What a statement of SQL leaves behind.</summary>
internal enum SqlEffect
{
    /// <summary>It is no constant text, or one that is not understood.</summary>
    Unknown,

    /// <summary>It asks.</summary>
    Read,

    /// <summary>It changes something, and again changes nothing more.</summary>
    Repeatable,

    /// <summary>It adds or counts, and again adds or counts once more.</summary>
    Harmful,
}

/// <summary>Reads statements of SQL, as far as one can without a database: by their first word and by what makes an insertion safe to repeat.</summary>
internal static class Sql
{
    private static readonly Regex Counts = new(@"\bset\b.*?\b(\w+)\s*=\s*(?:\w+\.)?\1\s*[-+](?!\w*\bwhere\b)", RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(50));
    private static readonly string[] Guards = ["ON CONFLICT", "ON DUPLICATE KEY", "INSERT OR ", "IGNORE", "NOT EXISTS", "EXCEPT"];

    /// <summary>The statement among a call's arguments.</summary>
    public static SqlEffect Of(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (TextOf(argument.Value) is { } text && Of(text) is var effect and not SqlEffect.Unknown)
            {
                return effect;
            }
        }

        return SqlEffect.Unknown;
    }

    /// <summary>What a text does as a statement; unknown when it is none.</summary>
    public static SqlEffect Of(string text)
    {
        var start = 0;
        while (start < text.Length && !char.IsLetter(text[start]))
        {
            start++;
        }

        var end = start;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        if (end == text.Length || !char.IsWhiteSpace(text[end]))
        {
            return SqlEffect.Unknown; // a word and no statement
        }

        switch (text.Substring(start, end - start).ToUpperInvariant())
        {
            case "SELECT" or "SHOW" or "EXPLAIN" or "PRAGMA":
                return SqlEffect.Read;
            case "DELETE" or "MERGE" or "UPSERT" or "REPLACE" or "TRUNCATE" or "CREATE" or "DROP" or "ALTER":
                return SqlEffect.Repeatable;
            case "INSERT":
                foreach (var guard in Guards)
                {
                    if (text.IndexOf(guard, StringComparison.OrdinalIgnoreCase) >= 0)
                    {
                        return SqlEffect.Repeatable;
                    }
                }

                return SqlEffect.Harmful;
            case "UPDATE":
                return CountsUp(text) ? SqlEffect.Harmful : SqlEffect.Repeatable;
            default:
                return SqlEffect.Unknown;
        }
    }

    // "SET balance = balance - @cents" counts; "SET version = version + 1 ... WHERE version = @version" is done once.
    private static bool CountsUp(string text)
    {
        try
        {
            if (Counts.Match(text) is not { Success: true } match)
            {
                return false;
            }

            var where = text.IndexOf("where", match.Index, StringComparison.OrdinalIgnoreCase);
            return where < 0 || !Regex.IsMatch(text.Substring(where), $@"\b{match.Groups[1].Value}\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(50));
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string? TextOf(IOperation value) => value switch
    {
        { ConstantValue: { HasValue: true, Value: string text } } => text,
        IConversionOperation conversion => TextOf(conversion.Operand),
        IInterpolatedStringOperation { Parts: [IInterpolatedStringTextOperation first, ..] } interpolated => interpolated.Parts.Length == 1 ? TextOf(first.Text) : Whole(interpolated),
        IObjectCreationOperation { Type.Name: "CommandDefinition", Arguments: [var first, ..] } => TextOf(first.Value),
        _ => null,
    };

    // The texts of an interpolated statement with a parameter's name between them.
    private static string Whole(IInterpolatedStringOperation interpolated) =>
        string.Join("@p", interpolated.Parts.OfType<IInterpolatedStringTextOperation>().Select(static part => part.Text.ConstantValue.Value as string ?? ""));
}
