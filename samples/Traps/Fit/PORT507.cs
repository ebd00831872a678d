// 'Listen' holds a connection open with new TcpListener: the platform freezes and ends the process between events, and the connection with it; take what comes by a trigger, and keep connections in an always-on worker
using System.Net;
using System.Net.Sockets;
using Portable;

namespace Traps.Fit;

public static class PORT507
{
    [Function("port507"), HttpTrigger("POST", "/port507"), AllowAnonymous]
    public static async Task Listen(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Any, 8080);
        listener.Start();
        using var client = await listener.AcceptTcpClientAsync(cancellationToken);
    }
}
