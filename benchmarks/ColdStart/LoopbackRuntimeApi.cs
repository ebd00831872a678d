using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Portable.Benchmarks.ColdStart;

/// <summary>
/// A Runtime API on the loopback interface that hands out one event as soon as it is asked, and notes when the whole response is there.
/// It blocks on plain sockets, so that its own work does not count.
/// </summary>
internal sealed class LoopbackRuntimeApi : IDisposable
{
    private const string EventId = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

    private static readonly byte[] Accepted = "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 0\r\n\r\n"u8.ToArray();

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly byte[] _event;
    private Socket? _runtime; // stays open until the end: a runtime that loses it may exit

    public LoopbackRuntimeApi(string json)
    {
        var deadline = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeMilliseconds();
        _event = Encoding.UTF8.GetBytes(
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nLambda-Runtime-Aws-Request-Id: {EventId}\r\nLambda-Runtime-Deadline-Ms: {deadline}\r\n"
            + "Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:hello\r\n"
            + "Lambda-Runtime-Trace-Id: Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1\r\n"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    public string Endpoint => _listener.LocalEndPoint!.ToString()!;

    /// <summary>Serves one runtime through this many invocations.</summary>
    /// <returns>When each response was there, as timestamps of <see cref="Stopwatch"/>; and the last response.</returns>
    public (long[] Times, string LastResponse) Serve(int invocations)
    {
        var times = new long[invocations];
        var last = "";
        var runtime = _runtime = _listener.Accept();
        runtime.NoDelay = true;
        for (var i = 0; i < invocations; i++)
        {
            ReadRequest(runtime);
            runtime.Send(_event);
            var (length, body) = ReadRequest(runtime);
            times[i] = Stopwatch.GetTimestamp();
            last = Encoding.UTF8.GetString(_buffer, 0, length);
            if (!last.StartsWith("POST /2018-06-01/runtime/invocation/" + EventId + "/response", StringComparison.Ordinal))
            {
                throw new InvalidOperationException("Not a response: " + last);
            }

            last = last[body..];
            runtime.Send(Accepted);
        }

        ReadRequest(runtime); // the runtime now waits for its next event: the moment to look at its memory
        return (times, last);
    }

    public void Dispose()
    {
        _runtime?.Dispose();
        _listener.Dispose();
    }

    private (int Length, int Body) ReadRequest(Socket runtime)
    {
        var length = 0;
        while (true)
        {
            var read = runtime.Receive(_buffer.AsSpan(length));
            if (read == 0)
            {
                throw new InvalidOperationException("The runtime went away.");
            }

            length += read;
            var end = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                continue;
            }

            var head = Encoding.ASCII.GetString(_buffer, 0, end);
            var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
            var content = at < 0 ? 0 : int.Parse((head + "\r").AsSpan(at + 16, (head + "\r").IndexOf('\r', at) - at - 16));
            if (length >= end + 4 + content)
            {
                return (length, end + 4);
            }
        }
    }
}
