// Function 'Users' has the route '/admin/users', and azure keeps routes that begin with 'admin' or 'runtime' for its host, which refuses to load the function (Azure Functions host: built-in routes): use another one, or take azure out of PortableClouds
using Portable;

namespace Traps.Limits;

public static class PORT408
{
    [Function("port408"), HttpTrigger("GET", "/admin/users"), AllowAnonymous]
    public static string Users() => "users";
}
