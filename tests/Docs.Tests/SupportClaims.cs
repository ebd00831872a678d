using System.Text.RegularExpressions;

namespace Portable.Docs.Tests;

/// <summary>What tests claim to prove, by the <c>[Supports]</c> attributes in their sources.</summary>
internal static partial class SupportClaims
{
    public static HashSet<(string Feature, string Target)> Read() =>
        [.. Repository.Files("tests", "*.cs").Select(File.ReadAllText).SelectMany(static text => Claim().Matches(text)).Select(static match => (match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex("""^\s*\[Supports\("([^"]+)", "([^"]+)"\)\]""", RegexOptions.Multiline)]
    private static partial Regex Claim();
}
