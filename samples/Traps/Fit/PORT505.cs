// 'Place' calls the function 'PORT505.Bill' as a method: without its trigger it has no retries, no dead letter and no timeout of its own; send it a message or event, make both steps of a workflow, or move what they share into a service
using Portable;

namespace Traps.Fit;

public static class PORT505
{
    [Function("port505"), HttpTrigger("POST", "/port505"), AllowAnonymous]
    public static Task<string> Place(string order) => Bill(order);

    [Function("port505-bill"), HttpTrigger("POST", "/port505/bill"), AllowAnonymous]
    public static Task<string> Bill(string order) => Task.FromResult(order);
}
