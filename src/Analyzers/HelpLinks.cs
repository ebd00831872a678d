namespace Portable.Analyzers;

/// <summary>Where the pages of the rules are.</summary>
internal static class HelpLinks
{
    /// <summary>The page that explains a rule.</summary>
    public static string Of(string id) => $"https://github.com/portable-dotnet/portable/blob/main/docs/rules/{id}.md";
}
