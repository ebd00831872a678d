// The function name 'PORT003' is also the name of PORT003.Orders; clouds tell functions apart by name, ignoring case: rename one with [Function("...")]
using Portable;

namespace Traps.Functions;

public static class PORT003
{
    [Function("port003"), HttpTrigger("GET", "/port003/orders"), AllowAnonymous]
    public static string Orders() => "orders";

    [Function("PORT003"), HttpTrigger("GET", "/port003/customers"), AllowAnonymous]
    public static string Customers() => "customers";
}
