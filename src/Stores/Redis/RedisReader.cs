using System.Globalization;
using System.Text;

namespace Portable.Idempotency;

/// <summary>An answer of Redis.</summary>
internal abstract record RedisValue
{
    /// <summary>A text or number as bytes; <see langword="null"/> for no value.</summary>
    public sealed record One(byte[]? Bytes) : RedisValue;

    public sealed record Many(IReadOnlyList<RedisValue> Values) : RedisValue;

    public sealed record Error(string Message) : RedisValue;
}

/// <summary>Reads RESP 2 from a stream.</summary>
internal sealed class RedisReader(Stream stream)
{
    // Redis' own limit of a text is 512 MB; ours of what we keep is far below this.
    private const int LongestText = 64 * 1024 * 1024;
    private const int LongestLine = 64 * 1024;
    private const int MostValues = 1024;
    private const int Deepest = 8;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>The next value.</summary>
    /// <exception cref="IOException">The stream has ended, or is no RESP.</exception>
    public ValueTask<RedisValue> ReadAsync() => ReadAsync(Deepest);

    private async ValueTask<RedisValue> ReadAsync(int depth)
    {
        var line = await LineAsync().ConfigureAwait(false);
        if (line.Length == 0 || depth == 0)
        {
            throw Malformed();
        }

        var rest = line[1..];
        switch (line[0])
        {
            case '+' or ':':
                return new RedisValue.One(Encoding.UTF8.GetBytes(rest));
            case '-':
                return new RedisValue.Error(rest);
            case '$':
                var length = Number(rest, LongestText);
                return new RedisValue.One(length < 0 ? null : await TextAsync(length).ConfigureAwait(false));
            case '*':
                var count = Number(rest, MostValues);
                var values = new List<RedisValue>(Math.Max(0, count));
                for (var i = 0; i < count; i++)
                {
                    values.Add(await ReadAsync(depth - 1).ConfigureAwait(false));
                }

                return new RedisValue.Many(values);
            default:
                throw Malformed();
        }
    }

    private static int Number(string text, int most) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= -1 && number <= most ? number : throw Malformed();

    private async ValueTask<string> LineAsync()
    {
        var line = new StringBuilder();
        while (true)
        {
            var end = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (end >= 0)
            {
                line.Append(Encoding.UTF8.GetString(_buffer, _start, end));
                _start += end + 1;
                return line is { Length: > 0 } && line[^1] == '\r' ? line.ToString(0, line.Length - 1) : throw Malformed();
            }

            line.Append(Encoding.UTF8.GetString(_buffer, _start, _end - _start));
            if (line.Length > LongestLine)
            {
                throw Malformed();
            }

            await FillAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<byte[]> TextAsync(int length)
    {
        var text = new byte[length];
        var have = Math.Min(length, _end - _start);
        _buffer.AsSpan(_start, have).CopyTo(text);
        _start += have;
        await stream.ReadExactlyAsync(text.AsMemory(have)).ConfigureAwait(false);
        return (await LineAsync().ConfigureAwait(false)).Length == 0 ? text : throw Malformed();
    }

    private async ValueTask FillAsync()
    {
        _start = 0;
        _end = 0; // what was there has been taken
        _end = await stream.ReadAsync(_buffer).ConfigureAwait(false);
        if (_end == 0)
        {
            throw new IOException("Redis closed the connection.");
        }
    }

    private static IOException Malformed() => new("Redis' answer is malformed.");
}
