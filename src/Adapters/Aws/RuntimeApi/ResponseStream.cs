using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Portable.Aws.RuntimeApi;

/// <summary>
/// The body of a streamed result on its way to the Runtime API, in chunks of HTTP/1.1. What is written is collected until it is flushed or the buffer is full.
/// The connection blocks, as everywhere in this runtime: an environment has one invocation at a time, and nothing waits behind it.
/// </summary>
internal sealed class ResponseStream(RuntimeApiClient client, string requestId, ReadOnlyMemory<byte> prelude) : Stream
{
    private const int Capacity = 16 * 1024;
    private const int Room = 10; // for a chunk's size in front of it

    private readonly byte[] _buffer = new byte[Room + Capacity + 2];
    private int _length;

    /// <summary>Whether anything has been sent.</summary>
    public bool HasBegun { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_length == Capacity)
            {
                Flush();
            }

            var part = buffer[..Math.Min(buffer.Length, Capacity - _length)];
            part.CopyTo(_buffer.AsSpan(Room + _length));
            _length += part.Length;
            buffer = buffer[part.Length..];
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return default;
    }

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Sends what has been written.</summary>
    /// <exception cref="IOException">The platform is gone.</exception>
    public override void Flush()
    {
        try
        {
            Begin();
            if (_length > 0)
            {
                SendChunk(_length);
                _length = 0;
            }
        }
        catch (SocketException e)
        {
            throw new IOException("The Runtime API closed the connection of a streamed answer.", e);
        }
    }

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Flush();
        return Task.CompletedTask;
    }

    /// <summary>Ends the answer.</summary>
    public PostResult Complete() => End("0\r\n\r\n");

    /// <summary>Ends the answer with the error that cut it short.</summary>
    /// <param name="type">The type of the error.</param>
    /// <param name="error">The error as JSON.</param>
    public PostResult Fail(string type, ReadOnlySpan<byte> error)
    {
        var name = new string([.. type.Take(128).Select(static letter => letter is > ' ' and <= '~' ? letter : '_')]);
        return End($"0\r\nLambda-Runtime-Function-Error-Type: {name}\r\nLambda-Runtime-Function-Error-Body: {Convert.ToBase64String(error)}\r\n\r\n");
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private PostResult End(string last)
    {
        try
        {
            Flush();
            client.SendStream(Encoding.ASCII.GetBytes(last));
            return client.EndStream();
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            client.BreakStream();
            return PostResult.Refused;
        }
    }

    private void Begin()
    {
        if (HasBegun)
        {
            return;
        }

        HasBegun = true;
        client.BeginStream(requestId);
        client.SendStream(Encoding.ASCII.GetBytes(prelude.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"));
        client.SendStream(prelude.Span);
        client.SendStream("\r\n"u8);
    }

    // Size, bytes and line end leave in one send.
    private void SendChunk(int length)
    {
        Span<byte> size = stackalloc byte[Room];
        System.Buffers.Text.Utf8Formatter.TryFormat(length, size, out var digits, 'x');
        "\r\n"u8.CopyTo(size[digits..]);
        var head = size[..(digits + 2)];
        head.CopyTo(_buffer.AsSpan(Room - head.Length));
        "\r\n"u8.CopyTo(_buffer.AsSpan(Room + length));
        client.SendStream(_buffer.AsSpan(Room - head.Length, head.Length + length + 2));
    }
}
