using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Portable.Drill.Worker;

namespace Portable.Benchmarks.Drill;

/// <summary>A line of the ledger.</summary>
internal sealed record Entry(long At, int Process, string What, string Id, string Detail);

/// <summary>Keeps what processes write until they are killed, and what is written in this one.</summary>
internal sealed class LedgerServer : ILedger, IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<Task> _readers = [];
    private readonly Task _accepting;

    public LedgerServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<Entry> Entries { get; } = new();

    public void Write(string line) => Add(Stopwatch.GetTimestamp(), Environment.ProcessId, line);

    /// <summary>Waits until every connection has been read to its end, which comes with the end of the process.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_readers);
        _listener.Stop();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _readers.Add(ReadAsync(await _listener.AcceptTcpClientAsync()));
            }
        }
        catch (SocketException)
        {
            // The drill is over.
        }
    }

    private async Task ReadAsync(TcpClient client)
    {
        using var owned = client;
        using var reader = new StreamReader(client.GetStream());
        var process = 0;
        try
        {
            // A process that was killed while it wrote has left half a line, which was never promised to anybody.
            while (await reader.ReadLineAsync() is { } line)
            {
                var space = line.IndexOf(' ', StringComparison.Ordinal);
                if (space < 0 || !long.TryParse(line.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var at))
                {
                    continue;
                }

                var rest = line[(space + 1)..];
                if (rest.StartsWith("hello ", StringComparison.Ordinal))
                {
                    process = int.Parse(rest.AsSpan(6), NumberStyles.None, CultureInfo.InvariantCulture);
                }
                else
                {
                    Add(at, process, rest);
                }
            }
        }
        catch (IOException)
        {
            // Killed.
        }
    }

    private void Add(long at, int process, string line)
    {
        if (line.Split(' ', 3) is [var what, var id, var detail])
        {
            Entries.Enqueue(new Entry(at, process, what, id, detail));
        }
    }
}
