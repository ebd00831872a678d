using System.Globalization;
using System.Text;
using Portable.Generator.Model;

namespace Portable.Generator.Workflows.Ir;

/// <summary>The naming policies of System.Text.Json, which a generator on netstandard2.0 cannot call.</summary>
internal static class JsonNamingPolicies
{
    public static string Convert(string name, JsonNaming naming) => naming switch
    {
        JsonNaming.CamelCase => CamelCase(name),
        JsonNaming.SnakeCaseLower => Separated(name, '_', lower: true),
        JsonNaming.SnakeCaseUpper => Separated(name, '_', lower: false),
        JsonNaming.KebabCaseLower => Separated(name, '-', lower: true),
        JsonNaming.KebabCaseUpper => Separated(name, '-', lower: false),
        _ => name,
    };

    // Lower-cases the leading run of capitals but for its last letter when a lower-case one follows: URLValue -> urlValue.
    private static string CamelCase(string name)
    {
        if (name.Length == 0 || !char.IsUpper(name[0]))
        {
            return name;
        }

        var letters = name.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (i == 1 && !char.IsUpper(letters[i]))
            {
                break;
            }

            var hasNext = i + 1 < letters.Length;
            if (i > 0 && hasNext && !char.IsUpper(letters[i + 1]))
            {
                if (letters[i + 1] == ' ')
                {
                    letters[i] = char.ToLowerInvariant(letters[i]);
                }

                break;
            }

            letters[i] = char.ToLowerInvariant(letters[i]);
        }

        return new string(letters);
    }

    private enum Part
    {
        Start,
        Upper,
        LowerOrDigit,
        Space,
    }

    // Words end where a capital follows a small letter or digit, before the last capital of a run that a small letter follows, and at spaces;
    // anything that is neither letter, digit nor space is copied and starts a new word.
    private static string Separated(string name, char separator, bool lower)
    {
        var result = new StringBuilder(name.Length + 8);
        var part = Part.Start;
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            switch (char.GetUnicodeCategory(c))
            {
                case UnicodeCategory.UppercaseLetter:
                    if (part is Part.LowerOrDigit or Part.Space
                        || (part == Part.Upper && i + 1 < name.Length && char.IsLower(name[i + 1])))
                    {
                        result.Append(separator);
                    }

                    result.Append(lower ? char.ToLowerInvariant(c) : c);
                    part = Part.Upper;
                    break;

                case UnicodeCategory.LowercaseLetter:
                case UnicodeCategory.DecimalDigitNumber:
                    if (part == Part.Space)
                    {
                        result.Append(separator);
                    }

                    result.Append(lower ? c : char.ToUpperInvariant(c));
                    part = Part.LowerOrDigit;
                    break;

                case UnicodeCategory.SpaceSeparator:
                    if (part != Part.Start)
                    {
                        part = Part.Space;
                    }

                    break;

                default:
                    result.Append(c);
                    part = Part.Start;
                    break;
            }
        }

        return result.ToString();
    }
}
