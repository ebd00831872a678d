namespace Portable;

internal static class NoAttributes
{
    public static IReadOnlyDictionary<string, string> Instance { get; } = new Dictionary<string, string>(0);
}
