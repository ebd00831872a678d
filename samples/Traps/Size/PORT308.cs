// 'Ask' makes a new HttpClient for every invocation: each has connections of its own, which stay open after it until sockets run out; make it once, in a static readonly field or as a singleton in [Startup]
using Portable;

namespace Traps.Size;

public static class PORT308
{
    [Function("port308"), HttpTrigger("GET", "/port308"), AllowAnonymous]
    public static async Task<string> Ask(CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync("https://shop.example/status", cancellationToken);
    }
}
