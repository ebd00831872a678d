namespace Portable.Azure;

/// <summary>
/// From names in code to names on Azure, by environment: <c>PORTABLE_QUEUE_ORDERS_DEAD</c> for the queue <c>orders-dead</c>,
/// <c>PORTABLE_BUCKET_UPLOADS</c> for the bucket <c>uploads</c>. Each may hold a whole URL or a name; without it the name in code is the name.
/// </summary>
internal static class AzureNames
{
    /// <summary>The variable of a queue or bucket.</summary>
    public static string Variable(string kind, string name) =>
        $"PORTABLE_{kind}_{string.Create(name.Length, name, static (upper, text) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                upper[i] = char.IsAsciiLetterOrDigit(text[i]) ? char.ToUpperInvariant(text[i]) : '_';
            }
        })}";

    /// <summary>The container of a bucket.</summary>
    public static string Container(string bucket, Func<string, string?> environment) => LastSegment(environment(Variable("BUCKET", bucket)), bucket);

    private static string LastSegment(string? value, string name) =>
        string.IsNullOrEmpty(value) ? name
        : Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? Uri.UnescapeDataString(url.AbsolutePath.TrimEnd('/').Split('/')[^1])
        : value;
}
