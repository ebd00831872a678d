using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Portable.Aws;
using Portable.Benchmarks.ColdStart;
using Portable.Runtime;
using static Portable.Benchmarks.Events.Figures;

namespace Portable.Benchmarks.Events;

/// <summary>
/// The native loop with a request function, beside the least that answers the same: a socket, a fixed head, a search for the event's length, a fixed answer. Both against the same
/// Runtime API on the loopback interface, in turn; what is left between them is what Portable does for an invocation.
/// </summary>
internal static class Loops
{
    private const double Goal = 20;
    private const string Event = """{"version":"2.0","routeKey":"GET /hello","rawPath":"/hello","rawQueryString":"name=you","headers":{"accept":"*/*","host":"api.example.com"},"requestContext":{"accountId":"123456789012","http":{"method":"GET","path":"/hello","protocol":"HTTP/1.1","sourceIp":"203.0.113.7","userAgent":"agent"},"requestId":"id","stage":"$default"},"isBase64Encoded":false}""";

    public static void Run(bool quick)
    {
        var rounds = quick ? 9 : 25;
        var invocations = quick ? 1000 : 3000;
        var (ours, bare) = (new List<double>(), new List<double>());
        for (var round = -2; round < rounds; round++)
        {
            var oursTime = Serve(invocations, Portable);
            var bareTime = Serve(invocations, Bare);
            if (round >= 0)
            {
                ours.Add(oursTime);
                bare.Add(bareTime);
            }
        }

        Console.WriteLine($"loop: {invocations} invocations, median of {rounds} rounds: ours {Median(ours):0.0} us, bare {Median(bare):0.0} us");
        Print("events.loop.overhead", Median(ours.Zip(bare, static (left, right) => left - right)), "us per invocation", Goal);
    }

    private static double Serve(int invocations, Action<string, CancellationToken> runtime)
    {
        using var api = new LoopbackRuntimeApi(Event);
        using var stop = new CancellationTokenSource();
        var thread = new Thread(() => runtime(api.Endpoint, stop.Token));
        thread.Start();
        var (times, last) = api.Serve(invocations);
        if (!last.Contains("Hello you", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("Not the answer: " + last);
        }

        stop.Cancel();
        thread.Join();
        return Stopwatch.GetElapsedTime(times[0], times[^1]).TotalMicroseconds / (invocations - 1);
    }

    private static void Portable(string endpoint, CancellationToken stop) => LambdaBootstrap.Run(
        PortableApp.WithoutServices("aws", [new HttpFunction("Hello", "GET", "/hello", static call => new(HttpReply.Text("Hello " + call.Request.Query("name"))))], []), endpoint, "Hello", stop);

    private static void Bare(string endpoint, CancellationToken stop)
    {
        var address = IPEndPoint.Parse(endpoint);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(address);
        using var registration = stop.Register(() => socket.Shutdown(SocketShutdown.Both));
        var next = Encoding.ASCII.GetBytes($"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: {endpoint}\r\n\r\n");
        const string Body = """{"statusCode":200,"headers":{"content-type":"text/plain; charset=utf-8"},"body":"Hello you"}""";
        var post = Encoding.ASCII.GetBytes($"POST /2018-06-01/runtime/invocation/8476a536-e9f4-11e8-9739-2dfe598c3fcd/response HTTP/1.1\r\nHost: {endpoint}\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
        var buffer = new byte[64 * 1024];
        while (true)
        {
            socket.Send(next);
            if (!TryRead(socket, buffer))
            {
                return;
            }

            socket.Send(post);
            if (!TryRead(socket, buffer))
            {
                return;
            }
        }
    }

    private static bool TryRead(Socket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var read = socket.Receive(buffer.AsSpan(length));
            if (read == 0)
            {
                return false;
            }

            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                continue;
            }

            var at = buffer.AsSpan(0, end).IndexOf("Content-Length: "u8) + "Content-Length: ".Length;
            System.Buffers.Text.Utf8Parser.TryParse(buffer.AsSpan(at), out int content, out _);
            if (length >= end + 4 + content)
            {
                return true;
            }
        }
    }
}
