using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Portable.TestKit.ExternalTools;

/// <summary>A redis-server on a free port of the loopback address, which keeps nothing.</summary>
public sealed class RedisServer : IDisposable
{
    private readonly Process _process;

    private RedisServer(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Starts a server, or skips the test that runs, saying what is missing.</summary>
    public static RedisServer StartOrSkip(params string[] arguments)
    {
        // The port is free when it is chosen, and rarely taken before Redis has it; then with another one.
        for (var attempt = 0; ; attempt++)
        {
            var port = FreePort();
            var start = new ProcessStartInfo(
                "redis-server",
                ["--bind", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--save", "", "--appendonly", "no", "--dir", Path.GetTempPath(), "--daemonize", "no", .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            Process process;
            try
            {
                process = Process.Start(start)!;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                Assert.Skip("needs redis-server: run eng/test.sh");
                throw;
            }

            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            while (process.StandardOutput.ReadLine() is { } line)
            {
                if (line.Contains("Ready to accept connections", StringComparison.OrdinalIgnoreCase))
                {
                    _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null); // or a full pipe would stop it
                    return new RedisServer(process, port);
                }
            }

            process.Dispose();
            Assert.True(attempt < 5, "redis-server does not start.");
        }
    }

    /// <summary>Ends the server.</summary>
    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>A port of the loopback address that nothing listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
