// 'Place' makes 3 calls one after the other that each change something (IBlobStore.Put, IQueue.Send): when one fails, those before it are done already, and are done again by the next attempt; make it a workflow, whose steps are tried again and undone one by one
using System.Text;
using Portable;
using Portable.Runtime;

namespace Traps.Fit;

public static class PORT504
{
    [Function("port504"), HttpTrigger("POST", "/port504"), AllowAnonymous]
    public static async Task Place(string order, [Bucket("port504-orders")] IBlobStore orders, [Queue("port504-bills")] IQueue<string> bills, [Queue("port504-parcels")] IQueue<string> parcels, CancellationToken cancellationToken)
    {
        await orders.Put("order", Encoding.UTF8.GetBytes(order), cancellationToken: cancellationToken);
        await bills.Send(order, cancellationToken: cancellationToken);
        await parcels.Send(order, cancellationToken: cancellationToken);
    }
}
