using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Portable.Benchmarks.Hosts;

/// <summary>A published program as a process of its own, on a core of its own where there are two.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process _process;

    private Server(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    /// <summary>The processor time that it has used.</summary>
    public TimeSpan Used
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public static Server Start(string executable, string target, bool pinned)
    {
        var port = FreePort();
        var start = pinned ? new ProcessStartInfo("taskset", ["-c", "0", executable]) : new ProcessStartInfo(executable);
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.Environment["PORT"] = port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["FUNCTION_TARGET"] = target;
        start.Environment["ASPNETCORE_URLS"] = "";
        start.Environment.Remove("K_SERVICE");
        return new Server(Process.Start(start)!, port);
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
