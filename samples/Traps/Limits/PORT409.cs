// 'Http' waits up to 60 s (HttpClient.Timeout), and TimeoutSeconds ends it after 10 s: the platform ends it before the wait does; wait for less, or raise TimeoutSeconds
using Portable;

namespace Traps.Limits;

public static class PORT409
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(60) };

    [Function("port409", TimeoutSeconds = 10), HttpTrigger("GET", "/port409"), AllowAnonymous]
    public static Task<string> Fetch(CancellationToken ct) => Http.GetStringAsync("https://shop.example/", ct);
}
