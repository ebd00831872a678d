// 'Charge' sends HttpClient.PostAsync again when it failed, by a loop: what was done although no answer came is done twice; send one Idempotency-Key header with every attempt, or leave it to whoever calls
using Portable;

namespace Traps.Retries;

public static class PORT206
{
    [Function("port206", TimeoutSeconds = 20), HttpTrigger("POST", "/port206"), AllowAnonymous]
    public static async Task<string> Charge(string order, [FromServices] HttpClient bank, CancellationToken ct)
    {
        for (var attempt = 0; attempt < 3; attempt++)
        {
            try
            {
                using var response = await bank.PostAsync("https://bank.example/charges/" + order, null, ct);
                return "charged";
            }
            catch (HttpRequestException failure)
            {
                Console.WriteLine(failure.Message);
            }
        }

        return "unknown";
    }
}
