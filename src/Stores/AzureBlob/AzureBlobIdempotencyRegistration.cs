using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Portable.Idempotency;

namespace Portable;

/// <summary>Says in a startup class that idempotent functions remember their work in Azure Blob Storage.</summary>
public static class AzureBlobIdempotencyRegistration
{
    private const string Setting = "AzureWebJobsStorage";

    /// <summary>
    /// Remembers in a container, which must exist. Without a connection string the account is that of the Functions host: the setting <c>AzureWebJobsStorage</c>, or
    /// <c>AzureWebJobsStorage__blobServiceUri</c> or <c>__accountName</c> with the application's managed identity.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="container">The container.</param>
    /// <param name="connectionString">The account, with a key or a shared access signature.</param>
    /// <exception cref="FormatException">The connection string lacks something; the message says what.</exception>
    /// <exception cref="InvalidOperationException">Neither the argument nor a setting names an account.</exception>
    public static IPortableBuilder UseAzureBlobIdempotency(this IPortableBuilder app, string container, string? connectionString = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(container);
        if ((connectionString ?? app.Configuration[Setting]) is { Length: > 0 } connection)
        {
            var (address, access) = BlobConnection.Parse(connection, container);
            return Use(app, address, (_, _) => access);
        }

        var service = app.Configuration[Setting + ":blobServiceUri"]
            ?? (app.Configuration[Setting + ":accountName"] is { Length: > 0 } account ? $"https://{account}.blob.core.windows.net" : null)
            ?? throw new InvalidOperationException($"Nothing says which storage account remembers: pass a connection string, or set {Setting}, {Setting}__blobServiceUri or {Setting}__accountName.");
        return Use(app, BlobConnection.ContainerOf(service, container, null), static (http, time) => new ManagedIdentity(Environment.GetEnvironmentVariable, http, time));
    }

    /// <summary>Remembers in a container, which must exist, with tokens of Microsoft Entra ID for <c>https://storage.azure.com/</c> that the application gets, such as from Azure.Identity.</summary>
    /// <param name="app">The application.</param>
    /// <param name="container">The address of the container: <c>https://ACCOUNT.blob.core.windows.net/CONTAINER</c>.</param>
    /// <param name="token">Gets a token; it is asked for every call, so it keeps tokens as long as they are valid.</param>
    public static IPortableBuilder UseAzureBlobIdempotency(this IPortableBuilder app, Uri container, Func<CancellationToken, ValueTask<string>> token)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(token);
        return Use(app, container, (_, _) => new BearerToken(token));
    }

    private static IPortableBuilder Use(IPortableBuilder app, Uri container, Func<HttpClient, TimeProvider, IBlobAccess> access) =>
        app.UseIdempotencyStore(services =>
        {
            var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), UseCookies = false });
            var time = services.GetRequiredService<TimeProvider>();
            return new AzureBlobIdempotencyStore(new BlobContainer(container, access(http, time), http, time));
        });
}
