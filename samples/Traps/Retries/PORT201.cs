// 'Charge' is run again for the same message, and HttpClient.PostAsync is then done twice: say with [Idempotent] what identifies a message
using Portable;

namespace Traps.Retries;

public static class PORT201
{
    [Function("port201"), QueueTrigger("port201"), DeadLetter("port201-dead")]
    public static Task Charge(string order, [FromServices] HttpClient bank, CancellationToken ct) => bank.PostAsync("https://bank.example/charges/" + order, null, ct);
}
