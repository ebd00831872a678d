using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Portable.Generator.Workflows.Reading;

namespace Portable.Generator.Discovery.Validation;

/// <summary>Names validators after their types.</summary>
internal static class ValidatorNames
{
    /// <summary><c>Orders_Line</c>; of a type that needs more than letters and dots, followed by a number of the whole name.</summary>
    public static string Of(ITypeSymbol type)
    {
        var full = Readings.TypeOf(type).FullName.Replace("global::", "");
        var name = new StringBuilder(full.Length);
        var isPlain = true;
        foreach (var letter in full)
        {
            isPlain &= letter == '.' || char.IsLetterOrDigit(letter);
            name.Append(char.IsLetterOrDigit(letter) ? letter : '_');
        }

        return isPlain ? name.ToString() : name.Append('_').Append(Number(full)).ToString();
    }

    private static string Number(string text)
    {
        var hash = 2166136261U; // FNV-1a: the same in every process, unlike string.GetHashCode
        foreach (var letter in text)
        {
            hash = unchecked((hash ^ letter) * 16777619U);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
