using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Portable.Aws.Tests;

/// <summary>What a runtime handed in for an invocation.</summary>
internal sealed record Answer(string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public bool IsError => Path.EndsWith("/error", StringComparison.Ordinal);

    /// <summary>The trailers of a streamed body.</summary>
    public IReadOnlyDictionary<string, string> Trailers { get; init; } = new Dictionary<string, string>();
}

/// <summary>How the fake behaves towards its client, beyond answering.</summary>
internal sealed class Behaviour
{
    /// <summary>Sends bodies in chunks of this size; 0 for a content length.</summary>
    public int ChunkSize { get; init; }

    /// <summary>Sends in pieces of this size; 0 for all at once.</summary>
    public int SplitSize { get; init; }

    /// <summary>Closes the connection after every so many answers, without saying so beforehand.</summary>
    public int CloseEvery { get; init; }

    /// <summary>Says <c>Connection: close</c> with every answer, and does it.</summary>
    public bool CloseAlways { get; init; }

    /// <summary>Takes this many posts and closes instead of answering them.</summary>
    public int DropAnswers { get; set; }

    /// <summary>Told of every chunk of a streamed body as it arrives.</summary>
    public Action<string>? OnChunk { get; init; }

    /// <summary>The status for a response, by its body; 202 when it returns 0.</summary>
    public Func<string, int>? ResponseStatus { get; init; }
}

/// <summary>A Lambda Runtime API on the loopback interface. As the real one, it takes one answer per invocation and refuses a second.</summary>
internal sealed class FakeRuntimeApi : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Channel<(string Id, byte[] Head, byte[] Body)> _events = Channel.CreateUnbounded<(string, byte[], byte[])>();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Answer>> _pending = new();
    private readonly CancellationTokenSource _stopped = new();
    private readonly Behaviour _behaviour;
    private readonly Task _accepting;
    private int _answers;
    private int _refused;
    private int _ids;

    public FakeRuntimeApi(Behaviour? behaviour = null)
    {
        _behaviour = behaviour ?? new Behaviour();
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public string Endpoint => _listener.LocalEndPoint!.ToString()!;

    /// <summary>What arrived at init/error.</summary>
    public TaskCompletionSource<Answer> InitError { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when a runtime first asks for an event.</summary>
    public TaskCompletionSource FirstNext { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How many answers came for an invocation that had one.</summary>
    public int Refused => Volatile.Read(ref _refused);

    /// <summary>Queues an event; the task ends with the runtime's answer.</summary>
    public Task<Answer> InvokeAsync(string json, string? id = null, DateTimeOffset? deadline = null, string? trace = null) =>
        InvokeAsync(Encoding.UTF8.GetBytes(json), id, deadline, trace);

    public Task<Answer> InvokeAsync(byte[] json, string? id = null, DateTimeOffset? deadline = null, string? trace = null)
    {
        id ??= "request-" + Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture);
        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        Assert.True(_pending.TryAdd(id, answer), "Ids are used once.");
        var head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
            .Append("Lambda-Runtime-Aws-Request-Id: ").Append(id).Append("\r\n")
            .Append("Lambda-Runtime-Invoked-Function-Arn: arn:aws:lambda:us-east-1:123456789012:function:f\r\n")
            .Append(CultureInfo.InvariantCulture, $"Lambda-Runtime-Deadline-Ms: {(deadline ?? DateTimeOffset.UtcNow.AddMinutes(5)).ToUnixTimeMilliseconds()}\r\n");
        if (trace is not null)
        {
            head.Append("Lambda-Runtime-Trace-Id: ").Append(trace).Append("\r\n");
        }

        _events.Writer.TryWrite((id, Encoding.ASCII.GetBytes(head.ToString()), json));
        return answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopped.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopped.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptAsync(_stopped.Token)));
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            socket.NoDelay = true;
            await using var stream = new NetworkStream(socket);
            try
            {
                while (await ReadRequestAsync(stream) is { } request && await AnswerAsync(stream, request))
                {
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The runtime went away, or the test is over.
            }
        }
    }

    private async Task<bool> AnswerAsync(NetworkStream stream, Answer request)
    {
        if (request.Path.EndsWith("/invocation/next", StringComparison.Ordinal))
        {
            FirstNext.TrySetResult();
            var (_, head, body) = await _events.Reader.ReadAsync(_stopped.Token);
            return await SendAsync(stream, head, body);
        }

        if (_behaviour.DropAnswers > 0)
        {
            _behaviour.DropAnswers--;
            Accept(request);
            return false;
        }

        var status = request.Path.EndsWith("/response", StringComparison.Ordinal) && _behaviour.ResponseStatus?.Invoke(request.Body) is > 0 and var wanted ? wanted : Accept(request);
        return await SendAsync(stream, Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\n"), """{"status":"OK"}"""u8.ToArray());
    }

    private int Accept(Answer request)
    {
        if (request.Path.EndsWith("/init/error", StringComparison.Ordinal))
        {
            return InitError.TrySetResult(request) ? 202 : 403;
        }

        var id = request.Path.Split('/')[^2];
        if (_pending.TryGetValue(id, out var pending) && pending.TrySetResult(request))
        {
            return 202;
        }

        Interlocked.Increment(ref _refused);
        return 403;
    }

    private async Task<bool> SendAsync(NetworkStream stream, byte[] head, byte[] body)
    {
        var close = _behaviour.CloseAlways || (_behaviour.CloseEvery > 0 && ++_answers % _behaviour.CloseEvery == 0);
        using var message = new MemoryStream();
        message.Write(head);
        if (_behaviour.CloseAlways)
        {
            message.Write("Connection: close\r\n"u8);
        }

        if (_behaviour.ChunkSize > 0)
        {
            message.Write("Transfer-Encoding: chunked\r\n\r\n"u8);
            foreach (var chunk in body.Chunk(_behaviour.ChunkSize))
            {
                message.Write(Encoding.ASCII.GetBytes(chunk.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"));
                message.Write(chunk);
                message.Write("\r\n"u8);
            }

            message.Write("0\r\n\r\n"u8);
        }
        else
        {
            message.Write(Encoding.ASCII.GetBytes($"Content-Length: {body.Length}\r\n\r\n"));
            message.Write(body);
        }

        foreach (var piece in _behaviour.SplitSize > 0 ? message.ToArray().Chunk(_behaviour.SplitSize) : [message.ToArray()])
        {
            await stream.WriteAsync(piece, _stopped.Token);
        }

        return !close;
    }

    private async Task<Answer?> ReadRequestAsync(NetworkStream stream)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var end = bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                var lines = Encoding.ASCII.GetString(bytes.GetBuffer(), 0, end).Split("\r\n");
                var headers = lines.Skip(1).Select(static line => line.Split(": ", 2)).ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.OrdinalIgnoreCase);
                if (headers.ContainsKey("Transfer-Encoding"))
                {
                    bytes.Position = end + 4;
                    return await ReadChunksAsync(stream, bytes, lines[0].Split(' ')[1], headers);
                }

                var length = headers.TryGetValue("Content-Length", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
                if (bytes.Length >= end + 4 + length)
                {
                    Assert.Equal(end + 4 + length, bytes.Length);
                    return new Answer(lines[0].Split(' ')[1], headers, Encoding.UTF8.GetString(bytes.GetBuffer(), end + 4, length));
                }
            }

            var read = await stream.ReadAsync(buffer, _stopped.Token);
            if (read == 0)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }
    }

    // RFC 9112: size in hexadecimal, line end, bytes, line end; after the chunk of size 0 trailers up to an empty line.
    private async Task<Answer?> ReadChunksAsync(NetworkStream stream, MemoryStream begun, string path, IReadOnlyDictionary<string, string> headers)
    {
        var pending = begun.GetBuffer().AsMemory((int)begun.Position, (int)(begun.Length - begun.Position));
        var body = new MemoryStream();
        while (true)
        {
            var size = int.Parse(await LineAsync(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (size == 0)
            {
                break;
            }

            var chunk = new byte[size];
            for (var i = 0; i < size;)
            {
                await FillAsync();
                var part = Math.Min(size - i, pending.Length);
                pending[..part].CopyTo(chunk.AsMemory(i));
                pending = pending[part..];
                i += part;
            }

            Assert.Equal("", await LineAsync());
            body.Write(chunk);
            _behaviour.OnChunk?.Invoke(Encoding.UTF8.GetString(chunk));
        }

        var trailers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync() is { Length: > 0 } line)
        {
            var pair = line.Split(": ", 2);
            trailers.Add(pair[0], pair[1]);
        }

        Assert.True(pending.IsEmpty);
        return new Answer(path, headers, Encoding.UTF8.GetString(body.ToArray())) { Trailers = trailers };

        async ValueTask<string> LineAsync()
        {
            var line = new StringBuilder();
            while (true)
            {
                var letter = (char)await ByteAsync();
                if (letter == '\r')
                {
                    Assert.Equal((byte)'\n', await ByteAsync());
                    return line.ToString();
                }

                line.Append(letter);
            }
        }

        async ValueTask<byte> ByteAsync()
        {
            await FillAsync();
            var value = pending.Span[0];
            pending = pending[1..];
            return value;
        }

        async ValueTask FillAsync()
        {
            if (pending.IsEmpty)
            {
                var buffer = new byte[64 * 1024];
                var read = await stream.ReadAsync(buffer, _stopped.Token);
                pending = read > 0 ? buffer.AsMemory(0, read) : throw new IOException("The runtime cut the stream off.");
            }
        }
    }
}
