using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portable.Benchmarks.Hosts;

/// <summary>
/// Closed-loop load over connections that are kept: each has one request under way. One thread writes to all and then reads from all, two system calls per
/// request, so that the server works harder than the driver.
/// </summary>
internal sealed class Load : IDisposable
{
    private readonly Socket[] _sockets;
    private readonly byte[] _request;
    private readonly byte[] _buffer = new byte[16 * 1024];
    private readonly byte[] _status;

    public Load(int port, int connections, string path, string body, int status)
    {
        _status = Encoding.ASCII.GetBytes($"HTTP/1.1 {status} ");
        _request = Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: orders-abc-ew.a.run.app\r\nUser-Agent: load\r\nAccept: */*\r\nX-Cloud-Trace-Context: 105445aa7843bc8bf206b12000100000/1;o=1\r\n"
            + "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-Proto: https\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
        _sockets = [.. Enumerable.Range(0, connections).Select(_ => Connect(port))];
    }

    /// <summary>The last answer, for a look at what is measured.</summary>
    public string Answer { get; private set; } = "";

    /// <summary>Sends for a while.</summary>
    /// <returns>The number of requests that were answered.</returns>
    public int Run(TimeSpan duration)
    {
        var answered = 0;
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < duration)
        {
            foreach (var socket in _sockets)
            {
                socket.Send(_request);
            }

            foreach (var socket in _sockets)
            {
                Receive(socket);
                answered++;
            }
        }

        return answered;
    }

    public void Dispose()
    {
        foreach (var socket in _sockets)
        {
            socket.Dispose();
        }
    }

    private void Receive(Socket socket)
    {
        var length = 0;
        while (true)
        {
            var read = socket.Receive(_buffer.AsSpan(length));
            if (read == 0)
            {
                throw new InvalidOperationException("The connection was closed: " + Encoding.UTF8.GetString(_buffer, 0, length));
            }

            length += read;
            var answer = _buffer.AsSpan(0, length);
            var head = answer.IndexOf("\r\n\r\n"u8);
            if (head < 0 || !IsWhole(answer, head))
            {
                continue;
            }

            if (Answer.Length == 0)
            {
                Answer = Encoding.UTF8.GetString(answer);
            }

            if (!answer.StartsWith(_status))
            {
                throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
            }

            return;
        }
    }

    // Both programs answer JSON with a length, or in one chunk whose end is the end of all.
    private static bool IsWhole(ReadOnlySpan<byte> answer, int head)
    {
        var headers = answer[..head];
        var at = headers.IndexOf("Content-Length: "u8);
        if (at >= 0)
        {
            var digits = headers[(at + 16)..];
            var end = digits.IndexOf((byte)'\r');
            return System.Buffers.Text.Utf8Parser.TryParse(end < 0 ? digits : digits[..end], out int length, out _) && answer.Length >= head + 4 + length;
        }

        return headers.IndexOf("Transfer-Encoding: chunked"u8) < 0 || answer.EndsWith("0\r\n\r\n"u8);
    }

    private static Socket Connect(int port)
    {
        var limit = Stopwatch.StartNew();
        while (true)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
                return socket;
            }
            catch (SocketException) when (limit.Elapsed < TimeSpan.FromSeconds(20))
            {
                socket.Dispose();
                Thread.Sleep(10); // the program is still starting
            }
        }
    }
}
