// Parameter 'receipt' is a second payload: put both into a record, or say [FromServices] if it is a service
using Portable;

namespace Traps.Functions;

public static class PORT007
{
    [Function("port007"), HttpTrigger("POST", "/port007"), AllowAnonymous]
    public static string Run(Order order, Receipt receipt) => order.Id + receipt.Id;
}
