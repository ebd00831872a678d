using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Portable.Benchmarks.Drill;

/// <summary>Pub/Sub's push in front of native processes (facts: Pub/Sub documentation, "Push subscriptions": an answer of 102, 200, 201, 202 or 204 acknowledges).</summary>
internal static class GcpDrill
{
    /// <summary>Pushes until the task is cancelled.</summary>
    public static Task PushAsync(Platform platform, Workers workers, int pushers, int seed, CancellationToken cancellationToken)
    {
        var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        return Task.WhenAll(Enumerable.Range(0, pushers).Select(i => PushAsync(platform, workers, http, new Random(seed + i), cancellationToken)));
    }

    private static async Task PushAsync(Platform platform, Workers workers, HttpClient http, Random random, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var (copy, delivery, count) = (await platform.TakeAsync(1, cancellationToken))[0];
            if (workers.Any(random) is not { } worker)
            {
                continue;
            }

            try
            {
                using var content = new ByteArrayContent(Envelope(copy.Parcel, count));
                content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                using var response = await http.PostAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{worker.Port}/")), content, cancellationToken);
                platform.Answer(copy, delivery, response.IsSuccessStatusCode);
            }
            catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                platform.Answer(copy, delivery, success: false); // killed in the middle, or not up yet
            }
        }
    }

    private static byte[] Envelope(Parcel parcel, int count) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"message":{"data":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(parcel.Body))}}}","messageId":"{{{parcel.Id}}}","publishTime":"2026-01-01T00:00:00Z","attributes":{}},"subscription":"projects/drill/subscriptions/shipments","deliveryAttempt":{{{count}}}}"""));
}
