namespace Portable.Runtime;

/// <summary>
/// What a request is followed by from function to function, where nobody keeps traces: the caller's <c>x-correlation-id</c>, the attribute
/// <c>portable-correlation-id</c> of a message or the extension <c>correlationid</c> of an event.
/// </summary>
public static class Correlation
{
    /// <summary>The HTTP header.</summary>
    public const string Header = "x-correlation-id";

    /// <summary>The attribute of a message.</summary>
    public const string Attribute = "portable-correlation-id";

    /// <summary>The extension attribute of an event.</summary>
    public const string Extension = "correlationid";

    /// <summary>The attribute of messages and events that carries W3C's <c>traceparent</c>.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>The attribute of messages and events that carries W3C's <c>tracestate</c>.</summary>
    public const string TraceState = "tracestate";

    private const int MaxLength = 128;
    private const int TraceParentLength = 55;

    /// <summary>An identifier from outside, if it may be taken over: 1 to 128 visible ASCII characters, so that it can neither break a line of a log nor a header.</summary>
    /// <returns><see langword="null"/> for any other text.</returns>
    public static string? Accept(string? text)
    {
        if (text is null || text.Length is 0 or > MaxLength)
        {
            return null;
        }

        foreach (var character in text)
        {
            if (character is < '!' or > '~')
            {
                return null;
            }
        }

        return text;
    }

    /// <summary>The trace of a W3C <c>traceparent</c>, 32 hexadecimal digits; <see langword="null"/> when it is none.</summary>
    public static string? TraceId(string? traceParent) => IsTraceParent(traceParent) ? traceParent!.Substring(3, 32) : null;

    /// <summary>The span of a W3C <c>traceparent</c>, 16 hexadecimal digits; <see langword="null"/> when it is none.</summary>
    public static string? SpanId(string? traceParent) => IsTraceParent(traceParent) ? traceParent!.Substring(36, 16) : null;

    /// <summary>The correlation id among the attributes of a message or the extensions of an event.</summary>
    public static string? Of(IReadOnlyDictionary<string, string>? attributes) =>
        attributes is null ? null
        : attributes.TryGetValue(Attribute, out var sent) && Accept(sent) is { } message ? message
        : attributes.TryGetValue(Extension, out var extension) ? Accept(extension)
        : null;

    private static bool IsTraceParent(string? text) =>
        text is { Length: >= TraceParentLength } && text[2] == '-' && text[35] == '-' && text[52] == '-' && IsHex(text, 3, 32) && IsHex(text, 36, 16);

    // A plain loop: the vectorised searches cost more to compile at start than they save on short texts.
    private static bool IsHex(string text, int start, int length)
    {
        for (var i = start; i < start + length; i++)
        {
            if (!char.IsAsciiHexDigitLower(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
