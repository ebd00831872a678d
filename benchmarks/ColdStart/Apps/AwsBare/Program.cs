// The least that speaks the Runtime API: one socket, two requests, a fixed answer. It parses neither the event nor most of HTTP,
// handles no error and reports none. A bound, not a product.
using System.Net;
using System.Net.Sockets;
using System.Text;

var endpoint = IPEndPoint.Parse(Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")!);
using var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
socket.Connect(endpoint);
var next = Encoding.ASCII.GetBytes($"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: {endpoint}\r\n\r\n");
var body = """{"statusCode":200,"headers":{"content-type":"text/plain; charset=utf-8"},"body":"Hello, you"}""";
var buffer = new byte[64 * 1024];
while (true)
{
    socket.Send(next);
    if (Receive() == 0)
    {
        return;
    }

    var head = Encoding.ASCII.GetString(buffer, 0, buffer.AsSpan().IndexOf("\r\n\r\n"u8));
    var start = head.IndexOf("Lambda-Runtime-Aws-Request-Id: ", StringComparison.OrdinalIgnoreCase) + 31;
    var id = head[start..head.IndexOf('\r', start)];
    socket.Send(Encoding.ASCII.GetBytes(
        $"POST /2018-06-01/runtime/invocation/{id}/response HTTP/1.1\r\nHost: {endpoint}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
    if (Receive() == 0)
    {
        return;
    }
}

// One whole answer: the head, then as many bytes as it says.
int Receive()
{
    var length = 0;
    while (true)
    {
        var read = socket.Receive(buffer.AsSpan(length));
        if (read == 0)
        {
            return 0;
        }

        length += read;
        var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        if (end >= 0)
        {
            var head = Encoding.ASCII.GetString(buffer, 0, end);
            var at = head.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
            var content = at < 0 ? 0 : int.Parse(head.AsSpan(at + 16, (head + "\r").IndexOf('\r', at) - at - 16));
            if (length >= end + 4 + content)
            {
                return length;
            }
        }
    }
}
