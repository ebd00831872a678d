// 'Remember' changes the static collection 'PORT102.Seen': invocations of one process see each other's values and other processes never do; keep it in a store, or in a cache with a bound that a singleton holds
using Portable;

namespace Traps.State;

public static class PORT102
{
    private static readonly HashSet<string> Seen = [];

    [Function("port102"), HttpTrigger("POST", "/port102/{id}"), AllowAnonymous]
    public static string Remember(string id) => Seen.Add(id) ? "new" : "seen";
}
