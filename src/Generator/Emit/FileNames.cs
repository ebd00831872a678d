using System.Globalization;
using Portable.Generator.Helpers;

namespace Portable.Generator.Emit;

/// <summary>
/// The compiler compares the names of emitted files ignoring case and C# does not compare names so. Names that meet are told apart
/// by a number made of their exact spelling; there are hardly ever any.
/// </summary>
internal static class FileNames
{
    /// <summary>The names among these, without extension, that another one equals but for its case.</summary>
    public static EquatableArray<string> Conflicts(IEnumerable<string> names)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        SortedSet<string>? conflicts = null;
        foreach (var name in names)
        {
            if (!seen.TryGetValue(name, out var other))
            {
                seen.Add(name, name);
            }
            else if (!string.Equals(name, other, StringComparison.Ordinal))
            {
                conflicts ??= new SortedSet<string>(StringComparer.Ordinal);
                conflicts.Add(name);
                conflicts.Add(other);
            }
        }

        return conflicts?.ToEquatableArray() ?? EquatableArray<string>.Empty;
    }

    public static string Distinct(string fileName, EquatableArray<string> conflicts)
    {
        foreach (var conflict in conflicts)
        {
            if (fileName.StartsWith(conflict + ".", StringComparison.Ordinal))
            {
                return $"{conflict}-{Number(conflict)}{fileName.Substring(conflict.Length)}";
            }
        }

        return fileName;
    }

    // FNV-1a: the same on every machine, unlike GetHashCode.
    private static string Number(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619u);
        }

        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
