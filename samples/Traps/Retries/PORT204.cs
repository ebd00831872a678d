// 'Load' makes HttpClient.GetStringAsync again until it succeeds, without a count or a limit, so while the other side is away it runs, and is paid, until its time is up: count the attempts, or throw and let the message be delivered again
using Portable;

namespace Traps.Retries;

public static class PORT204
{
    [Function("port204"), QueueTrigger("port204"), DeadLetter("port204-dead")]
    public static async Task Load(string order, [FromServices] HttpClient shop, CancellationToken ct)
    {
        var text = "";
        while (true)
        {
            try
            {
                text = await shop.GetStringAsync("https://shop.example/orders/" + order, ct);
                break;
            }
            catch (HttpRequestException failure)
            {
                Console.WriteLine(failure.Message);
            }
        }

        Console.WriteLine(text);
    }
}
