namespace Portable.Azure.Outputs;

/// <summary>
/// The storage account of the function app, as the Functions host's own setting <c>AzureWebJobsStorage</c> describes it: a connection string
/// (documentation: "Configure Azure Storage connection strings"), or for an identity <c>AzureWebJobsStorage__accountName</c>, or
/// <c>__queueServiceUri</c> and <c>__blobServiceUri</c> ("Azure Functions: connecting to host storage with an identity").
/// </summary>
/// <param name="Name">The account's name; empty where only addresses are known.</param>
/// <param name="Queues">The address of its queues.</param>
/// <param name="Blobs">The address of its blobs.</param>
/// <param name="Key">Its key, where there is one.</param>
/// <param name="Signature">A shared access signature for all of it, where there is one.</param>
internal sealed record StorageAccount(string Name, Uri? Queues, Uri? Blobs, byte[]? Key = null, string? Signature = null)
{
    /// <summary>The setting.</summary>
    public const string Setting = "AzureWebJobsStorage";

    // The account of the Azurite emulator, the same on every machine (documentation: "Use the Azurite emulator for local Azure Storage development").
    private const string Development =
        "AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;" +
        "BlobEndpoint=http://127.0.0.1:10000/devstoreaccount1;QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1";

    /// <summary>The account that the environment describes; <see langword="null"/> when it describes none.</summary>
    /// <exception cref="OutputException">The setting is malformed; the message says how, without its text.</exception>
    public static StorageAccount? Of(Func<string, string?> environment)
    {
        if (environment(Setting) is { Length: > 0 } text)
        {
            return Parse(text);
        }

        var account = environment(Setting + "__accountName");
        var queues = environment(Setting + "__queueServiceUri");
        var blobs = environment(Setting + "__blobServiceUri");
        return string.IsNullOrEmpty(account) && string.IsNullOrEmpty(queues) && string.IsNullOrEmpty(blobs) ? null : new StorageAccount(
            account ?? "",
            Address(string.IsNullOrEmpty(queues) ? Default(account, "queue") : queues),
            Address(string.IsNullOrEmpty(blobs) ? Default(account, "blob") : blobs));
    }

    private static StorageAccount Parse(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw Malformed("is not made of Name=Value parts");
            }

            parts[part[..equals]] = part[(equals + 1)..];
        }

        if (parts.TryGetValue("UseDevelopmentStorage", out var development) && string.Equals(development, "true", StringComparison.OrdinalIgnoreCase))
        {
            return Parse(Development);
        }

        var name = parts.GetValueOrDefault("AccountName");
        var protocol = parts.GetValueOrDefault("DefaultEndpointsProtocol") ?? "https";
        var suffix = parts.GetValueOrDefault("EndpointSuffix") ?? "core.windows.net";
        byte[]? key = null;
        try
        {
            key = parts.TryGetValue("AccountKey", out var encoded) ? Convert.FromBase64String(encoded) : null;
        }
        catch (FormatException)
        {
            throw Malformed("has an AccountKey that is not base64");
        }

        return new StorageAccount(
            name ?? (key is null ? "" : throw Malformed("has an AccountKey and no AccountName")),
            Address(parts.GetValueOrDefault("QueueEndpoint") ?? Default(name, "queue", protocol, suffix)),
            Address(parts.GetValueOrDefault("BlobEndpoint") ?? Default(name, "blob", protocol, suffix)),
            key,
            parts.GetValueOrDefault("SharedAccessSignature")?.TrimStart('?'));
    }

    private static string? Default(string? account, string service, string protocol = "https", string suffix = "core.windows.net") =>
        string.IsNullOrEmpty(account) ? null : $"{protocol}://{account}.{service}.{suffix}";

    private static Uri? Address(string? text) => text is null ? null
        : Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "https" or "http" ? address
        : throw Malformed("has an endpoint that is no address");

    private static OutputException Malformed(string problem) => new($"{Setting} {problem}: it is a storage account's connection string.");
}
