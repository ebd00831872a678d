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

    /// <summary>The address of a queue or container: the variable's URL, or its name, or the name in code, within an account.</summary>
    /// <param name="kind"><c>QUEUE</c> or <c>BUCKET</c>.</param>
    /// <param name="name">The name in code.</param>
    /// <param name="environment">Where the variable is.</param>
    /// <param name="service">The address of the account's service.</param>
    /// <exception cref="OutputException">There is no account; the message names what to set.</exception>
    public static Uri Address(string kind, string name, Func<string, string?> environment, Func<Uri?> service)
    {
        var variable = Variable(kind, name);
        var value = environment(variable) is { Length: > 0 } given ? given : name;
        if (Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "https" or "http")
        {
            return url;
        }

        return service() is { } account ? new Uri(account, Uri.EscapeDataString(value))
            : throw new OutputException($"'{name}' has no address: set {Outputs.StorageAccount.Setting} to the storage account, or {variable} to the URL.");
    }

    private static string LastSegment(string? value, string name) =>
        string.IsNullOrEmpty(value) ? name
        : Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? Uri.UnescapeDataString(url.AbsolutePath.TrimEnd('/').Split('/')[^1])
        : value;
}
