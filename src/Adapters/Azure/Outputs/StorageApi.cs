using System.Globalization;
using System.Net;

namespace Portable.Azure.Outputs;

/// <summary>
/// Calls the REST services of storage accounts. By hand rather than by Microsoft's client libraries: four calls do not weigh on functions that start cold,
/// and need nothing that trimming could break.
/// </summary>
internal sealed class StorageApi(HttpClient http, ManagedIdentity identity, Func<string, string?> environment, TimeProvider time)
{
    /// <summary>The version of the protocol that every call states.</summary>
    public const string Version = "2021-12-02";

    /// <summary>What an identity's token is for.</summary>
    public const string Resource = "https://storage.azure.com/";

    private const int Attempts = 4;

    private readonly Lazy<StorageAccount?> _account = new(() => StorageAccount.Of(environment), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The function app's own account; <see langword="null"/> where the environment describes none.</summary>
    public StorageAccount? Account => _account.Value;

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>The account's key if an address is one of the account's own.</summary>
    public byte[]? KeyFor(Uri address) => Account is { Key: { } key } account && IsUnder(address, account) ? key : null;

    /// <summary>Sends a request, again where the service is busy or cannot be reached.</summary>
    /// <param name="create">Makes the request; called once per attempt.</param>
    /// <param name="what">What it does, for errors.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="OutputException">The service could not be reached. What it answers is the caller's to judge.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> create, string what, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = create();
            await AuthorizeAsync(request, cancellationToken).ConfigureAwait(false);
            try
            {
                var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (attempt == Attempts || !IsTransient(response.StatusCode))
                {
                    return response;
                }

                response.Dispose();
            }
            catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                if (attempt == Attempts)
                {
                    throw new OutputException($"{what}: Azure Storage could not be reached: {e.Message}", e);
                }
            }

            // 0.2, 0.8 and 3.2 seconds, each somewhat less at random.
            var wait = 200 * Math.Pow(4, attempt - 1) * (1 - (Random.Shared.NextDouble() / 2));
            await Task.Delay(TimeSpan.FromMilliseconds(wait), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The error that an answer stands for, with the service's own code.</summary>
    public static OutputException Refused(string what, HttpResponseMessage response) =>
        new($"{what}: Azure Storage answered {(int)response.StatusCode}{(Code(response) is { } code ? " " + code : "")}.");

    /// <summary>The service's code of an error, such as <c>QueueNotFound</c>.</summary>
    public static string? Code(HttpResponseMessage response) => response.Headers.TryGetValues("x-ms-error-code", out var values) ? string.Join(',', values) : null;

    private async ValueTask AuthorizeAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Add("x-ms-version", Version);
        request.Headers.Add("x-ms-date", time.GetUtcNow().ToString("r", CultureInfo.InvariantCulture));
        var address = request.RequestUri!;
        if (address.Query.Contains("sig=", StringComparison.Ordinal))
        {
            return; // the address is the permission
        }

        if (Account is { } account && IsUnder(address, account))
        {
            if (account.Key is { } key)
            {
                SharedKey.Sign(request, account.Name, key);
                return;
            }

            if (account.Signature is { } signature)
            {
                request.RequestUri = new UriBuilder(address) { Query = address.Query.Length > 1 ? $"{address.Query[1..]}&{signature}" : signature }.Uri;
                return;
            }
        }

        request.Headers.Authorization = await identity.TokenAsync(Resource, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsUnder(Uri address, StorageAccount account) => account.Queues?.IsBaseOf(address) == true || account.Blobs?.IsBaseOf(address) == true;

    private static bool IsTransient(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
