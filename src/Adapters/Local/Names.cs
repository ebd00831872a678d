namespace Portable.Local;

internal static class Names
{
    /// <summary>Names for a sentence: <c>none</c>, <c>'a'</c>, <c>'a', 'b'</c>.</summary>
    public static string List(IEnumerable<string> names)
    {
        var text = string.Join(", ", names.Select(static name => $"'{name}'"));
        return text.Length == 0 ? "none" : text;
    }
}
