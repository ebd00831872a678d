// 'Load' waits 60 s between its attempts, and an invocation ends after its TimeoutSeconds of 20 s: try less often, or throw and let the source deliver it again
using Portable;

namespace Traps.Retries;

public static class PORT207
{
    [Function("port207", TimeoutSeconds = 20), QueueTrigger("port207"), DeadLetter("port207-dead")]
    public static async Task Load(string order, [FromServices] HttpClient shop, CancellationToken ct)
    {
        for (var attempt = 0; attempt < 4; attempt++)
        {
            try
            {
                Console.WriteLine(await shop.GetStringAsync("https://shop.example/orders/" + order, ct));
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromSeconds(20), ct);
            }
        }
    }
}
