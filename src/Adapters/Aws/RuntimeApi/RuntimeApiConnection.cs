using System.Net;
using System.Net.Sockets;

namespace Portable.Aws.RuntimeApi;

/// <summary>
/// One kept-alive HTTP/1.1 connection to the one peer that a runtime talks to. A plain blocking socket: an environment handles one
/// invocation at a time, and HttpClient alone would cost more start-up time than everything else here together.
/// </summary>
internal sealed class RuntimeApiConnection : ITransport, IDisposable
{
    private const int MaxAttempts = 3;

    private readonly string _host;
    private readonly int _port;
    private readonly ResponseReader _reader = new();
    private readonly Drain _drain;
    private readonly Action _cutOff;
    private Socket? _socket;
    private bool _waiting;

    /// <summary>A connection that opens at its first request.</summary>
    /// <param name="endpoint">The value of AWS_LAMBDA_RUNTIME_API: host and port.</param>
    /// <param name="drain">What may cut off the wait for an event.</param>
    public RuntimeApiConnection(string endpoint, Drain drain)
    {
        var colon = endpoint.LastIndexOf(':');
        _host = colon < 0 ? endpoint : endpoint[..colon];
        if (colon < 0)
        {
            _port = 80;
        }
        else if (!ushort.TryParse(endpoint.AsSpan(colon + 1), out var port) || port == 0 || colon == 0)
        {
            throw new RuntimeApiException($"AWS_LAMBDA_RUNTIME_API is '{endpoint}', which is not host:port.");
        }
        else
        {
            _port = port;
        }

        _drain = drain;
        _cutOff = CutOff;
    }

    /// <summary>The head of the last answer.</summary>
    public ResponseHead Head => _reader.Head;

    /// <summary>The body of the last answer, valid until the next request.</summary>
    public ReadOnlyMemory<byte> Body => _reader.Body;

    /// <summary>How often the last request had to be sent; more than once means that the peer may know it already.</summary>
    public int Attempts { get; private set; }

    /// <summary>Called when a request has been sent, while the peer works on its answer.</summary>
    public Action? Sent { get; set; }

    /// <summary>Sends a request and reads its answer.</summary>
    public void Exchange(ReadOnlySpan<byte> request)
    {
        if (!TryExchange(request, waits: false))
        {
            throw new InvalidOperationException("A request that does not wait cannot be cut off.");
        }
    }

    /// <summary>Sends a request that the peer answers when it has an event, and reads the answer.</summary>
    /// <returns><see langword="false"/> when the wait was cut off.</returns>
    public bool TryWait(ReadOnlySpan<byte> request) => TryExchange(request, waits: true);

    /// <summary>Begins a request whose body is sent in parts. What follows is not sent again when the connection breaks: nobody has it any more.</summary>
    public void Begin(ReadOnlySpan<byte> head)
    {
        Connect();
        Attempts = 1;
        Send(head);
    }

    /// <summary>Sends a part of the request that was begun.</summary>
    /// <exception cref="SocketException">The connection is broken.</exception>
    public void SendPart(ReadOnlySpan<byte> part) => Send(part);

    /// <summary>Reads the answer to the request that was begun.</summary>
    /// <returns><see langword="false"/> when the connection broke before it.</returns>
    public bool TryEnd()
    {
        if (!_reader.TryRead(this))
        {
            Disconnect();
            return false;
        }

        if (_reader.Head.Close)
        {
            Disconnect();
        }

        return true;
    }

    /// <summary>Gives up the request that was begun.</summary>
    public void Break() => Disconnect();

    /// <inheritdoc/>
    public int Receive(Span<byte> buffer)
    {
        var read = _socket!.Receive(buffer);
        if (_waiting && read > 0)
        {
            _waiting = false;
            _drain.EndWait();
        }

        return read;
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => Disconnect();

    // A request is sent again when the connection broke before its whole answer came. That is safe: /next hands out what is not
    // answered yet, and a second answer to the same invocation is refused by its id.
    private bool TryExchange(ReadOnlySpan<byte> request, bool waits)
    {
        for (Attempts = 1; ; Attempts++)
        {
            Exception? broken = null;
            try
            {
                Connect();
                if (waits && !_drain.TryBeginWait(_cutOff))
                {
                    return false;
                }

                _waiting = waits;
                Send(request);
                Sent?.Invoke();
                if (_reader.TryRead(this))
                {
                    if (_reader.Head.Close)
                    {
                        Disconnect();
                    }

                    return true;
                }
            }
            catch (SocketException e)
            {
                broken = e;
            }
            finally
            {
                if (_waiting)
                {
                    _waiting = false;
                    _drain.EndWait();
                }
            }

            Disconnect();
            if (waits && _drain.Stopping)
            {
                return false;
            }

            if (Attempts == MaxAttempts)
            {
                throw new RuntimeApiException($"The Runtime API at {_host}:{_port} closed the connection {MaxAttempts} times without an answer.", broken);
            }
        }
    }

    private void Connect()
    {
        if (_socket is not null)
        {
            // Nothing may be readable between two exchanges: bytes would be nobody's answer, and an end of stream means that the
            // peer has closed. Seeing it here saves a request from being sent into the void.
            if (!_reader.HasUnread && !_socket.Poll(0, SelectMode.SelectRead))
            {
                return;
            }

            Disconnect();
        }

        _reader.Reset();
        var address = IPAddress.TryParse(_host, out var literal) ? literal : Resolve(_host);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(new IPEndPoint(address, _port));
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _socket = socket;
    }

    // On Lambda the peer is an address; name resolution is for emulators.
    private static IPAddress Resolve(string host) => Dns.GetHostAddresses(host)[0];

    private void Send(ReadOnlySpan<byte> request)
    {
        while (!request.IsEmpty)
        {
            request = request[_socket!.Send(request)..];
        }
    }

    // Shutting down the receiving side wakes the blocked thread; closing the socket under it would be a race for its handle.
    private void CutOff()
    {
        try
        {
            _socket?.Shutdown(SocketShutdown.Receive);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is closed already, which ends the wait as well.
        }
    }

    private void Disconnect()
    {
        _socket?.Dispose();
        _socket = null;
    }
}
