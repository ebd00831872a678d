using System.Buffers.Text;

namespace Portable.Aws.RuntimeApi;

/// <summary>
/// Reads HTTP/1.1 answers into one buffer that grows to the largest of them and is used again. The body of an answer is valid until
/// the next one is read.
/// </summary>
internal sealed class ResponseReader
{
    private const int MaxHeadLength = 64 * 1024;

    private byte[] _buffer = new byte[16 * 1024];
    private int _start; // what was received and not yet read is _buffer[_start.._end]
    private int _end;

    /// <summary>The head of the last answer.</summary>
    public ResponseHead Head { get; } = new();

    /// <summary>The body of the last answer.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>Whether bytes arrived that belong to no answer yet.</summary>
    public bool HasUnread => _end > _start;

    /// <summary>Forgets what an earlier connection left behind.</summary>
    public void Reset()
    {
        _start = _end = 0;
        Body = default;
    }

    /// <summary>Reads the next answer, body included; answers of the 1xx kind are passed over.</summary>
    /// <returns><see langword="false"/> when the peer closed the connection before the answer was complete.</returns>
    /// <exception cref="RuntimeApiException">What arrived is not HTTP/1.1.</exception>
    public bool TryRead(ITransport transport)
    {
        Body = default;
        do
        {
            if (!TryReadHead(transport))
            {
                return false;
            }
        }
        while (Head.StatusCode < 200);

        if (Head.StatusCode is 204 or 304)
        {
            return true;
        }

        return Head.Chunked ? TryReadChunks(transport)
            : Head.ContentLength >= 0 ? TryReadLength(transport, Head.ContentLength)
            : ReadToEnd(transport);
    }

    private bool TryReadHead(ITransport transport)
    {
        var scanned = 0;
        while (true)
        {
            var received = _buffer.AsSpan(_start, _end - _start);
            var end = received[scanned..].IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                end += scanned;
                Head.Read(received[..end]);
                _start += end + 4;
                return true;
            }

            if (received.Length > MaxHeadLength)
            {
                throw new RuntimeApiException("The head of the Runtime API's answer does not end.");
            }

            scanned = Math.Max(0, received.Length - 3);
            if (!Fill(transport))
            {
                return false;
            }
        }
    }

    private bool TryReadLength(ITransport transport, long length)
    {
        if (length > Array.MaxLength)
        {
            throw new RuntimeApiException("The body of the Runtime API's answer is longer than 2 GB.");
        }

        Reserve((int)length);
        while (_end - _start < length)
        {
            if (!Fill(transport))
            {
                return false;
            }
        }

        Body = _buffer.AsMemory(_start, (int)length);
        _start += (int)length;
        return true;
    }

    // Chunks are moved together at the front of the unread bytes: the body is one piece without a second buffer.
    private bool TryReadChunks(ITransport transport)
    {
        var length = 0;
        while (true)
        {
            // _start is kept at the body's first byte, so that growing the buffer keeps the body.
            if (!TryFindLine(transport, length, out var lineLength))
            {
                return false;
            }

            var line = _buffer.AsSpan(_start + length, lineLength);
            if (!Utf8Parser.TryParse(line, out int size, out var used, 'x') || size < 0 || (used < line.Length && line[used] is not ((byte)';' or (byte)' ')))
            {
                throw new RuntimeApiException("The Runtime API's answer has a chunk without a size.");
            }

            RemoveAt(length, lineLength + 2);
            if (size == 0)
            {
                return TryEndChunks(transport, length);
            }

            while (_end - _start < (long)length + size + 2)
            {
                if (!Fill(transport))
                {
                    return false;
                }
            }

            length += size;
            if (!_buffer.AsSpan(_start + length, 2).SequenceEqual("\r\n"u8))
            {
                throw new RuntimeApiException("The Runtime API's answer has a chunk that is longer than its size.");
            }

            RemoveAt(length, 2);
        }
    }

    // After the last chunk: trailers, which nobody needs, up to an empty line.
    private bool TryEndChunks(ITransport transport, int length)
    {
        while (TryFindLine(transport, length, out var lineLength))
        {
            RemoveAt(length, lineLength + 2);
            if (lineLength == 0)
            {
                Body = _buffer.AsMemory(_start, length);
                _start += length;
                return true;
            }
        }

        return false;
    }

    private bool ReadToEnd(ITransport transport)
    {
        while (Fill(transport))
        {
        }

        Body = _buffer.AsMemory(_start, _end - _start);
        _start = _end;
        return true;
    }

    private bool TryFindLine(ITransport transport, int offset, out int length)
    {
        while ((length = _buffer.AsSpan(_start + offset, _end - _start - offset).IndexOf("\r\n"u8)) < 0)
        {
            if (_end - _start - offset > MaxHeadLength)
            {
                throw new RuntimeApiException("The Runtime API's answer has a chunk without a size.");
            }

            if (!Fill(transport))
            {
                return false;
            }
        }

        return true;
    }

    private void RemoveAt(int offset, int count)
    {
        var from = _start + offset + count;
        _buffer.AsSpan(from, _end - from).CopyTo(_buffer.AsSpan(from - count));
        _end -= count;
    }

    private bool Fill(ITransport transport)
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }

        if (_end == _buffer.Length)
        {
            Reserve((_end - _start) + Math.Max(4096, _end - _start));
        }

        var read = transport.Receive(_buffer.AsSpan(_end));
        _end += read;
        return read > 0;
    }

    /// <summary>Makes room for that many unread bytes in one piece.</summary>
    private void Reserve(int count)
    {
        if (_buffer.Length - _start >= count)
        {
            return;
        }

        var unread = _buffer.AsSpan(_start, _end - _start);
        var target = count > _buffer.Length ? new byte[count] : _buffer;
        unread.CopyTo(target);
        _end -= _start;
        _start = 0;
        _buffer = target;
    }
}
