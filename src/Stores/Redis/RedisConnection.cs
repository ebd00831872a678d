using System.Buffers;
using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Portable.Idempotency;

/// <summary>A connection that speaks RESP 2, the protocol of every version of Redis: commands go out as they come, and answers arrive in the same order.</summary>
internal sealed class RedisConnection
{
    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Queue<TaskCompletionSource<RedisValue>> _pending = new();
    private Exception? _ended;
    private long _used;

    private RedisConnection(Stream stream, TimeProvider time)
    {
        _stream = stream;
        _time = time;
        _used = time.GetTimestamp();
    }

    public static async Task<RedisConnection> OpenAsync(RedisAddress address, TimeProvider time, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            await socket.ConnectAsync(address.Host, address.Port, cancellationToken).ConfigureAwait(false);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (address.UseTls)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken).ConfigureAwait(false);
                stream = tls;
            }

            var connection = new RedisConnection(stream, time);
            _ = connection.ReadAllAsync();
            return connection;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public bool IsUsable(TimeSpan longestIdle)
    {
        lock (_pending)
        {
            return _ended is null && (_pending.Count > 0 || _time.GetElapsedTime(_used) < longestIdle);
        }
    }

    /// <summary>Sends a command.</summary>
    /// <exception cref="IOException">The connection has ended.</exception>
    /// <exception cref="RedisException">Redis answered with an error.</exception>
    public async Task<RedisValue> SendAsync(IReadOnlyList<byte[]> command)
    {
        var bytes = Encode(command);
        var answer = new TaskCompletionSource<RedisValue>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            lock (_pending)
            {
                if (_ended is not null)
                {
                    throw new IOException("The connection to Redis has ended.", _ended);
                }

                _used = _time.GetTimestamp();
                _pending.Enqueue(answer);
            }

            await _stream.WriteAsync(bytes).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            End(e);
            throw;
        }
        finally
        {
            _writing.Release();
        }

        var value = await answer.Task.ConfigureAwait(false);
        return value is RedisValue.Error error ? throw new RedisException(error.Message) : value;
    }

    public void Abort() => End(new IOException("The connection to Redis was given up."));

    private async Task ReadAllAsync()
    {
        try
        {
            var reader = new RedisReader(_stream);
            while (true)
            {
                var value = await reader.ReadAsync().ConfigureAwait(false);
                TaskCompletionSource<RedisValue>? waiting;
                lock (_pending)
                {
                    _used = _time.GetTimestamp();
                    _pending.TryDequeue(out waiting);
                }

                (waiting ?? throw new IOException("Redis sent an answer that nobody asked for.")).TrySetResult(value);
            }
        }
        catch (Exception e)
        {
            End(e);
        }
    }

    private void End(Exception reason)
    {
        TaskCompletionSource<RedisValue>[] waiting;
        lock (_pending)
        {
            _ended ??= reason;
            waiting = [.. _pending];
            _pending.Clear();
        }

        _stream.Dispose();
        foreach (var answer in waiting)
        {
            answer.TrySetException(new IOException("The connection to Redis has ended.", _ended));
        }
    }

    private static byte[] Encode(IReadOnlyList<byte[]> command)
    {
        var buffer = new ArrayBufferWriter<byte>(64 + command.Sum(static part => part.Length + 16));
        Head('*', command.Count);
        foreach (var part in command)
        {
            Head('$', part.Length);
            buffer.Write(part);
            buffer.Write("\r\n"u8);
        }

        return buffer.WrittenSpan.ToArray();

        void Head(char type, int number) => buffer.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type}{number}\r\n")));
    }
}

/// <summary>An error that Redis answered with.</summary>
internal sealed class RedisException(string message) : Exception(message);
