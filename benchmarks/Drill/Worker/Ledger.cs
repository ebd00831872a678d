using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Portable.Runtime;

namespace Portable.Drill.Worker;

/// <summary>What an outsider is told of, and keeps whatever happens to the process.</summary>
public interface ILedger
{
    /// <summary>Writes a line: <c>begin ID RUN</c>, <c>end ID RUN</c>, <c>fail ID RUN</c> or <c>dead ID REASON</c>.</summary>
    void Write(string line);
}

/// <summary>A ledger at the other end of a connection. What was written has left the process: a kill does not take it back.</summary>
public sealed class RemoteLedger : ILedger, IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly object _gate = new();

    /// <summary>Connects.</summary>
    /// <param name="port">The port of the loopback interface.</param>
    public RemoteLedger(int port)
    {
        _socket.Connect(IPAddress.Loopback, port);
        Write(string.Create(CultureInfo.InvariantCulture, $"hello {Environment.ProcessId}"));
    }

    /// <inheritdoc/>
    public void Write(string line)
    {
        lock (_gate)
        {
            // The monotonic clock is one for all processes of a machine.
            var bytes = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetTimestamp()} {line}\n"));
            for (var sent = 0; sent < bytes.Length;)
            {
                sent += _socket.Send(bytes.AsSpan(sent));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}

/// <summary>Dead letters go to the ledger.</summary>
/// <param name="ledger">The ledger.</param>
public sealed class LedgerOutputs(ILedger ledger) : IOutputBackend
{
    /// <inheritdoc/>
    public Task<string> SendAsync(string queue, OutgoingMessage message, CancellationToken cancellationToken)
    {
        ledger.Write($"dead {message.Attributes["portable-dead-letter-id"]} {message.Attributes["portable-dead-letter-reason"]}");
        return Task.FromResult("dead");
    }

    /// <inheritdoc/>
    public Task PublishAsync(OutgoingEvent published, CancellationToken cancellationToken) => throw new OutputException("The drill has no bus.");

    /// <inheritdoc/>
    public IBlobStore Bucket(string name) => throw new OutputException("The drill has no buckets.");
}
