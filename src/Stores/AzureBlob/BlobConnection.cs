namespace Portable.Idempotency;

/// <summary>What an Azure storage connection string says of the Blob service (https://learn.microsoft.com/azure/storage/common/storage-configure-connection-string).</summary>
internal static class BlobConnection
{
    // Azurite's account, the same on every machine: https://learn.microsoft.com/azure/storage/common/storage-use-azurite
    private const string Development =
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1";

    /// <summary>The address of a container and how to enter.</summary>
    /// <param name="connectionString">The connection string.</param>
    /// <param name="container">The container.</param>
    /// <exception cref="FormatException">Something is missing; the message says what, and never the string itself.</exception>
    public static (Uri Container, IBlobAccess Access) Parse(string connectionString, string container)
    {
        var parts = PartsOf(connectionString);
        if (string.Equals(parts.GetValueOrDefault("UseDevelopmentStorage"), "true", StringComparison.OrdinalIgnoreCase))
        {
            parts = PartsOf(Development);
        }

        var account = parts.GetValueOrDefault("AccountName");
        var endpoint = parts.GetValueOrDefault("BlobEndpoint")
            ?? (account is null
                ? throw new FormatException("The connection string of Blob Storage has neither AccountName nor BlobEndpoint.")
                : $"{parts.GetValueOrDefault("DefaultEndpointsProtocol") ?? "https"}://{account}.blob.{parts.GetValueOrDefault("EndpointSuffix") ?? "core.windows.net"}");
        if (parts.GetValueOrDefault("SharedAccessSignature") is { } signature)
        {
            return (ContainerOf(endpoint, container, signature), new SignedAddress());
        }

        if (account is null || parts.GetValueOrDefault("AccountKey") is not { } text)
        {
            throw new FormatException("The connection string of Blob Storage has neither AccountName and AccountKey nor SharedAccessSignature.");
        }

        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length)
            ? (ContainerOf(endpoint, container, null), new SharedKey(account, key[..length]))
            : throw new FormatException("The AccountKey in the connection string of Blob Storage is no Base64 text.");
    }

    /// <summary>The address of a container of a service.</summary>
    public static Uri ContainerOf(string endpoint, string container, string? signature) =>
        Uri.TryCreate($"{endpoint.TrimEnd('/')}/{container}{(signature is null ? "" : "?" + signature.TrimStart('?'))}", UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? address
            : throw new FormatException("The address of Blob Storage is no http or https address.");

    private static Dictionary<string, string> PartsOf(string connectionString)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            if (equals <= 0)
            {
                throw new FormatException("The connection string of Blob Storage is not made of Name=value parts with semicolons between them.");
            }

            parts[part[..equals]] = part[(equals + 1)..];
        }

        return parts;
    }
}
