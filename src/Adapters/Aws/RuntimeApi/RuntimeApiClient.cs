using System.Buffers.Text;
using System.Text;

namespace Portable.Aws.RuntimeApi;

/// <summary>What became of a request that hands something in.</summary>
internal enum PostResult
{
    /// <summary>It was accepted.</summary>
    Accepted,

    /// <summary>The body is larger than the platform takes.</summary>
    TooLarge,

    /// <summary>The platform does not want it: the invocation is over or was answered before.</summary>
    Refused,
}

/// <summary>The four calls of the Lambda Runtime API (version 2018-06-01) that a runtime makes.</summary>
internal sealed class RuntimeApiClient(string endpoint, Drain drain) : IDisposable
{
    private const string ErrorType = "application/vnd.aws.lambda.error+json";
    private const string Common = " HTTP/1.1\r\nUser-Agent: portable-dotnet/0.1\r\nHost: ";

    private readonly RuntimeApiConnection _connection = new(endpoint, drain);
    private readonly byte[] _next = Encoding.ASCII.GetBytes("GET /2018-06-01/runtime/invocation/next" + Common + endpoint + "\r\n\r\n");
    private readonly byte[] _head = new byte[PostBuffer.HeadRoom];
    private int _headLength;

    /// <summary>The headers of the event.</summary>
    public ResponseHead Head => _connection.Head;

    /// <summary>The event, valid until the next call.</summary>
    public ReadOnlyMemory<byte> Event => _connection.Body;

    /// <summary>Called while a request is under way: work that need not be done before it.</summary>
    public Action? Meanwhile
    {
        get => _connection.Sent;
        set => _connection.Sent = value;
    }

    /// <summary>Waits for the next event.</summary>
    /// <returns><see langword="false"/> when the loop is to end.</returns>
    /// <exception cref="RuntimeApiException">The platform did not answer as documented; the process must end.</exception>
    public bool TryNext()
    {
        if (!_connection.TryWait(_next))
        {
            return false;
        }

        if (Head.StatusCode != 200)
        {
            throw Unexpected("the next event");
        }

        if (Head.RequestId is not { Length: > 0 and <= 256 } id || !IsToken(id))
        {
            throw new RuntimeApiException("The Runtime API's event has no usable request id.");
        }

        return true;
    }

    /// <summary>Hands in the result of an invocation.</summary>
    public PostResult PostResponse(string requestId, PostBuffer body)
    {
        BeginHead("invocation/", requestId, "/response");
        Append("\r\nContent-Type: application/json");
        return Post(body, "a response");
    }

    /// <summary>Opens the way for a streamed result; nothing is sent before its first part is flushed.</summary>
    /// <param name="requestId">The invocation.</param>
    /// <param name="prelude">What stands before the body; must stay as it is until the stream is completed.</param>
    public ResponseStream StreamResponse(string requestId, ReadOnlyMemory<byte> prelude) => new(this, requestId, prelude);

    /// <summary>Begins a streamed result.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The connection is broken.</exception>
    internal void BeginStream(string requestId)
    {
        BeginHead("invocation/", requestId, "/response");
        Append("\r\nContent-Type: application/vnd.awslambda.http-integration-response\r\nLambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked"
            + "\r\nTrailer: Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body\r\n\r\n");
        _connection.Begin(_head.AsSpan(0, _headLength));
    }

    /// <summary>Sends a part of a streamed result, framed already.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The connection is broken.</exception>
    internal void SendStream(ReadOnlySpan<byte> part) => _connection.SendPart(part);

    /// <summary>Reads what became of a streamed result.</summary>
    internal PostResult EndStream() => _connection.TryEnd() && Head.StatusCode is >= 200 and < 300 ? PostResult.Accepted : PostResult.Refused;

    /// <summary>Gives up a streamed result.</summary>
    internal void BreakStream() => _connection.Break();

    /// <summary>Hands in the failure of an invocation.</summary>
    /// <param name="requestId">The invocation.</param>
    /// <param name="errorType">The type of the error, for the header.</param>
    /// <param name="body">The error as JSON.</param>
    public PostResult PostError(string requestId, string errorType, PostBuffer body)
    {
        BeginHead("invocation/", requestId, "/error");
        Append("\r\nContent-Type: " + ErrorType + "\r\nLambda-Runtime-Function-Error-Type: ");
        AppendToken(errorType);
        return Post(body, "an error");
    }

    /// <summary>Says why the function cannot start; the process must end after it.</summary>
    public PostResult PostInitError(string errorType, PostBuffer body)
    {
        BeginHead("init/error", "", "");
        Append("\r\nContent-Type: " + ErrorType + "\r\nLambda-Runtime-Function-Error-Type: ");
        AppendToken(errorType);
        return Post(body, "an initialisation error");
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _connection.Dispose();

    private PostResult Post(PostBuffer body, string what)
    {
        Append("\r\nContent-Length: ");
        Utf8Formatter.TryFormat(body.Body.Length, _head.AsSpan(_headLength), out var written);
        _headLength += written;
        Append("\r\n\r\n");
        _connection.Exchange(body.WithHead(_head.AsSpan(0, _headLength)));
        return Head.StatusCode switch
        {
            >= 200 and < 300 => PostResult.Accepted,
            413 => PostResult.TooLarge,
            >= 400 and < 500 when _connection.Attempts > 1 => PostResult.Accepted, // the first attempt did arrive
            >= 400 and < 500 => PostResult.Refused,
            _ => throw Unexpected(what),
        };
    }

    private void BeginHead(string path, string requestId, string verb)
    {
        _headLength = 0;
        Append("POST /2018-06-01/runtime/");
        Append(path);
        Append(requestId);
        Append(verb);
        Append(Common);
        Append(endpoint);
    }

    private void Append(string text) => _headLength += Encoding.ASCII.GetBytes(text, _head.AsSpan(_headLength));

    // Error codes are the user's; a header takes visible ASCII only.
    private void AppendToken(string text)
    {
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, 128)))
        {
            _head[_headLength++] = letter is > ' ' and <= '~' ? (byte)letter : (byte)'_';
        }
    }

    private static bool IsToken(string id)
    {
        foreach (var letter in id)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.' or ':' or '~'))
            {
                return false;
            }
        }

        return true;
    }

    private RuntimeApiException Unexpected(string what) =>
        new($"The Runtime API answered {Head.StatusCode} to {what}: {Encoding.UTF8.GetString(Event.Span[..Math.Min(512, Event.Length)])}");
}
