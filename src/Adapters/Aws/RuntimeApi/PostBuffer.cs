using System.Buffers;

namespace Portable.Aws.RuntimeApi;

/// <summary>
/// The body of a request, with room in front for its head: head and body leave in one send, and a body is never copied.
/// </summary>
/// <param name="capacity">How many bytes of a body it holds without growing.</param>
internal sealed class PostBuffer(int capacity = PostBuffer.DefaultCapacity) : IBufferWriter<byte>
{
    /// <summary>The longest head.</summary>
    public const int HeadRoom = 1024;

    private const int DefaultCapacity = 7 * 1024;

    private byte[] _buffer = new byte[HeadRoom + capacity];
    private int _end = HeadRoom;

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Body => _buffer.AsMemory(HeadRoom, _end - HeadRoom);

    /// <summary>Begins a new body.</summary>
    public void Reset() => _end = HeadRoom;

    /// <inheritdoc/>
    public void Advance(int count) => _end += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_end);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_end);
    }

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(_end));
        _end += bytes.Length;
    }

    /// <summary>Puts the head in front of the body; what results is the whole request.</summary>
    public ReadOnlySpan<byte> WithHead(ReadOnlySpan<byte> head)
    {
        head.CopyTo(_buffer.AsSpan(HeadRoom - head.Length));
        return _buffer.AsSpan(HeadRoom - head.Length, head.Length + _end - HeadRoom);
    }

    private void Reserve(int count)
    {
        count = Math.Max(count, 256);
        if (_buffer.Length - _end < count)
        {
            Array.Resize(ref _buffer, checked(_end + Math.Max(count, _end)));
        }
    }
}
