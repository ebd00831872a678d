using System.Buffers.Text;
using System.Text;

namespace Portable.Aws.RuntimeApi;

/// <summary>The status line and those headers of an answer that a Lambda runtime needs. One instance is used again and again.</summary>
internal sealed class ResponseHead
{
    private const long Unknown = -1;

    /// <summary>The status code.</summary>
    public int StatusCode { get; private set; }

    /// <summary>The length of the body, or -1 where the head does not say.</summary>
    public long ContentLength { get; private set; }

    /// <summary>Whether the body comes in chunks.</summary>
    public bool Chunked { get; private set; }

    /// <summary>Whether the peer closes the connection after this answer.</summary>
    public bool Close { get; private set; }

    /// <summary>Lambda-Runtime-Aws-Request-Id.</summary>
    public string? RequestId { get; private set; }

    /// <summary>Lambda-Runtime-Deadline-Ms: milliseconds since 1970; 0 where absent.</summary>
    public long DeadlineMs { get; private set; }

    /// <summary>Lambda-Runtime-Trace-Id.</summary>
    public string? TraceId { get; private set; }

    /// <summary>Reads a whole head, from the status line up to and without the empty line.</summary>
    /// <exception cref="RuntimeApiException">It is not the head of an HTTP/1.x answer.</exception>
    public void Read(ReadOnlySpan<byte> head)
    {
        var line = NextLine(ref head);
        if (line.Length < 12 || !line.StartsWith("HTTP/1."u8) || line[8] != ' '
            || !Utf8Parser.TryParse(line.Slice(9, 3), out int status, out var digits) || digits != 3)
        {
            throw new RuntimeApiException("The Runtime API's answer does not begin with an HTTP/1 status line.");
        }

        StatusCode = status;
        ContentLength = Unknown;
        Chunked = false;
        Close = line[7] == '0';
        RequestId = null;
        DeadlineMs = 0;
        TraceId = null;
        while (!head.IsEmpty)
        {
            line = NextLine(ref head);
            var colon = line.IndexOf((byte)':');
            if (colon <= 0)
            {
                throw new RuntimeApiException("The Runtime API's answer has a header line without a name.");
            }

            ReadHeader(line[..colon], Trim(line[(colon + 1)..]));
        }
    }

    // The length tells the known names apart, so that other headers cost one comparison.
    private void ReadHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        switch (name.Length)
        {
            case 29 when Is(name, "lambda-runtime-aws-request-id"u8):
                RequestId = Encoding.Latin1.GetString(value);
                break;
            case 26 when Is(name, "lambda-runtime-deadline-ms"u8):
                DeadlineMs = Utf8Parser.TryParse(value, out long deadline, out var read) && read == value.Length ? deadline : 0;
                break;
            case 23 when Is(name, "lambda-runtime-trace-id"u8):
                TraceId = Encoding.Latin1.GetString(value);
                break;
            case 14 when Is(name, "content-length"u8):
                if (!Utf8Parser.TryParse(value, out long length, out var used) || used != value.Length || length < 0
                    || (ContentLength != Unknown && ContentLength != length))
                {
                    throw new RuntimeApiException("The Runtime API's answer has a Content-Length that is no length.");
                }

                ContentLength = length;
                break;
            case 17 when Is(name, "transfer-encoding"u8):
                if (!Is(value, "chunked"u8))
                {
                    throw new RuntimeApiException("The Runtime API's answer has a transfer encoding other than chunked.");
                }

                Chunked = true;
                break;
            case 10 when Is(name, "connection"u8):
                Close = Is(value, "close"u8) || (Close && !Is(value, "keep-alive"u8));
                break;
        }
    }

    private static ReadOnlySpan<byte> NextLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf("\r\n"u8);
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 2)..];
        return line;
    }

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> value)
    {
        while (value is [(byte)' ' or (byte)'\t', ..])
        {
            value = value[1..];
        }

        while (value is [.., (byte)' ' or (byte)'\t'])
        {
            value = value[..^1];
        }

        return value;
    }

    private static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> lowerCase)
    {
        if (text.Length != lowerCase.Length)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if ((letter is >= (byte)'A' and <= (byte)'Z' ? letter | 0x20 : letter) != lowerCase[i])
            {
                return false;
            }
        }

        return true;
    }
}
