// 'Place' calls a function at 'bills.lambda-url.eu-west-1.on.aws': both are paid while one waits for the other, one timeout must hold both, and neither can be moved alone; send a message or an event that starts it, or make both steps of a workflow
using Portable;

namespace Traps.Fit;

public static class PORT506
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(5) };

    [Function("port506", TimeoutSeconds = 20), HttpTrigger("GET", "/port506/{id}"), AllowAnonymous]
    public static Task<string> Place(string id, CancellationToken cancellationToken) =>
        Http.GetStringAsync($"https://bills.lambda-url.eu-west-1.on.aws/{id}", cancellationToken);
}
