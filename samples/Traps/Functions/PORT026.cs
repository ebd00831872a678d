// 'key' is a secret and of the type 'int': take it as a string
using Portable;

namespace Traps.Functions;

public static class PORT026
{
    [Function("port026"), HttpTrigger("GET", "/port026"), AllowAnonymous]
    public static int Run([Secret("port026")] int key) => key;
}
