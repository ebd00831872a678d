namespace Portable.Aws.Events.Http;

/// <summary>Headers that come with several values.</summary>
internal static class HeaderFamilies
{
    /// <summary>The values as one text, as HTTP lets them be joined: by a comma, cookies by a semicolon.</summary>
    public static string? Read(List<string>? values, string name) => values switch
    {
        null => null,
        [var only] => only,
        _ => string.Join(name.Equals("cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ",", values),
    };
}
