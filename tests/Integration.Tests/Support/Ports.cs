using System.Net;
using System.Net.Sockets;

namespace Portable.Integration.Tests.Support;

internal static class Ports
{
    /// <summary>A free port, for processes that must be told theirs.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
