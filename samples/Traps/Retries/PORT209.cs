// 'Store' catches every failure of its work and returns: the message counts as done, is not tried again and is in no dead letter; throw after it is told, catch only what can be dealt with, or keep the message elsewhere
using Portable;

namespace Traps.Retries;

public static class PORT209
{
    [Function("port209"), QueueTrigger("port209"), DeadLetter("port209-dead")]
    public static async Task Store(string order, [FromServices] HttpClient shop, CancellationToken ct)
    {
        try
        {
            await shop.PutAsync("https://shop.example/orders/" + order, null, ct);
        }
        catch (Exception failure)
        {
            Console.WriteLine(failure.Message);
        }
    }
}
