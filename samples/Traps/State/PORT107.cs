// 'Book' makes a named Mutex, which is known on one machine alone: other processes run the same code at the same time and are not kept out; make the work idempotent, use an ordered queue ([QueueTrigger(Ordered = true)]), or take a lease in a store
using Portable;

namespace Traps.State;

public static class PORT107
{
    [Function("port107"), HttpTrigger("POST", "/port107/{id}"), AllowAnonymous]
    public static string Book(string id)
    {
        using var booking = new Mutex(initiallyOwned: true, "booking");
        return id;
    }
}
