// Function 'Run' has the route '/port005/{id', whose segment '{id' mixes text and a parameter: give the parameter a segment of its own
using Portable;

namespace Traps.Functions;

public static class PORT005
{
    [Function("port005"), HttpTrigger("GET", "/port005/{id"), AllowAnonymous]
    public static string Run() => "never";
}
