using System.Globalization;

namespace Portable.Idempotency.Tests.Servers;

/// <summary>Makes the container that an administrator makes.</summary>
internal static class BlobSetup
{
    public static void CreateContainer(string connectionString, string container)
    {
        var (address, access) = BlobConnection.Parse(connectionString, container);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Put, address);
        request.Headers.Add("x-ms-version", BlobContainer.ApiVersion);
        request.Headers.Add("x-ms-date", DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture));
        request.RequestUri = new Uri(address + "?restype=container");
        ((SharedKey)access).Authorize(request, "\nrestype:container");
        using var response = http.Send(request);
        response.EnsureSuccessStatusCode();
    }
}
