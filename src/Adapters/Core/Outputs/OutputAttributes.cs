using System.Text;

namespace Portable.Runtime;

/// <summary>
/// The attributes that travel beside a body: those of the sender, checked against what every cloud takes, and those by which a message is
/// followed from hop to hop.
/// </summary>
internal static class OutputAttributes
{
    /// <summary>The W3C <c>traceparent</c>.</summary>
    public const string TraceParent = "traceparent";

    /// <summary>The correlation id beside a message.</summary>
    public const string CorrelationId = "portable-correlation-id";

    /// <summary>The correlation id of an event: names of CloudEvents' extensions are lower-case letters and digits.</summary>
    public const string EventCorrelationId = "correlationid";

    /// <summary>The most attributes of a sender's own. SQS takes 10 in all (Developer Guide, "Amazon SQS message metadata"), and two are ours.</summary>
    public const int MaxCount = 8;

    /// <summary>The longest value in bytes of UTF-8: Pub/Sub takes 1,024 (Quotas and limits, "Resource limits").</summary>
    public const int MaxValueBytes = 1024;

    /// <summary>The most attributes of all: those that SQS takes.</summary>
    public const int MaxTotal = 10;

    private const int MaxNameLength = 128; // Pub/Sub takes 256 bytes, SQS 256 characters

    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>(0);

    /// <summary>Attributes of a message: the sender's and ours.</summary>
    /// <exception cref="ArgumentException">One is not fit to be sent; the message says which and why.</exception>
    public static IReadOnlyDictionary<string, string> OfMessage(IReadOnlyDictionary<string, string>? own, InvocationContext? context, TelemetrySpan? span = null)
    {
        own ??= None;
        if (own.Count > MaxCount)
        {
            throw new ArgumentException($"The message has {own.Count} attributes; up to {MaxCount} fit beside a body on every cloud.", nameof(own));
        }

        var all = new Dictionary<string, string>(own.Count + 2, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in own)
        {
            CheckName(name);
            CheckValue(name, value);
            if (!all.TryAdd(name, value))
            {
                throw new ArgumentException($"The attribute '{name}' is there twice: names are compared ignoring case.", nameof(own));
            }
        }

        AddTrace(all, context, CorrelationId, span);

        // Vendors' data beside the trace goes along where there is room for it.
        if ((span?.TraceParent is null ? context?.OutgoingTraceState : span.TraceState) is { Length: > 0 } state && all.Count < MaxTotal && ValueProblem(state) is null)
        {
            all[Correlation.TraceState] = state;
        }

        return all;
    }

    /// <summary>The extension attributes of an event.</summary>
    public static IReadOnlyDictionary<string, string> OfEvent(InvocationContext? context, TelemetrySpan? span = null)
    {
        var all = new Dictionary<string, string>(2, StringComparer.OrdinalIgnoreCase);
        AddTrace(all, context, EventCorrelationId, span);
        return all;
    }

    /// <summary>A text of one line, cut to what an attribute holds; for reasons, which come from exceptions.</summary>
    public static string Fit(string text, int maxBytes = MaxValueBytes)
    {
        var fit = new StringBuilder(Math.Min(text.Length, maxBytes));
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes()) // lone surrogates become U+FFFD
        {
            var plain = Rune.IsControl(rune) ? new Rune(' ') : rune;
            bytes += plain.Utf8SequenceLength;
            if (bytes > maxBytes)
            {
                break;
            }

            fit.Append(plain.ToString());
        }

        return fit.Length == 0 ? "unknown" : fit.ToString(); // SQS takes no empty value
    }

    /// <summary>An identifier that travels in headers and attributes: 1 to 128 visible ASCII characters.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void CheckIdentifier(string what, string? value)
    {
        if (value is not null && (value.Length is 0 or > 128 || value.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0))
        {
            throw new ArgumentException($"The {what} must be 1 to 128 visible ASCII characters.", what);
        }
    }

    /// <summary>A text of one line that becomes a header, an attribute or a member of an event.</summary>
    /// <exception cref="ArgumentException">It is empty, too long, or has control characters.</exception>
    public static void CheckValue(string name, string? value)
    {
        if (ValueProblem(value) is { } problem)
        {
            throw new ArgumentException($"'{name}' {problem}.", nameof(value));
        }
    }

    /// <summary>Whether an attribute that came with a message can go along with it.</summary>
    public static bool IsFit(string name, string value) =>
        ValueProblem(value) is null
        && (name.Equals(TraceParent, StringComparison.OrdinalIgnoreCase) || name.Equals(CorrelationId, StringComparison.OrdinalIgnoreCase) || NameProblem(name) is null);

    // Letters, digits, '_', '-' and '.': what SQS takes; the prefixes are those that it and Pub/Sub keep for themselves, and ours.
    private static void CheckName(string name)
    {
        if (NameProblem(name) is { } problem)
        {
            throw new ArgumentException($"The name '{Fit(name, 140)}' of an attribute {problem}.", nameof(name));
        }
    }

    private static string? NameProblem(string name) =>
        name.Length is 0 or > MaxNameLength ? $"must have 1 to {MaxNameLength} characters"
            : name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')) ? "may have letters, digits, '_', '-' and '.' alone"
            : name.StartsWith('.') || name.EndsWith('.') || name.Contains("..", StringComparison.Ordinal) ? "may not begin or end with '.', nor have two in a row"
            : IsReserved(name) ? "is kept for the platform or for Portable"
            : null;

    private static string? ValueProblem(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "is empty, which SQS does not take; leave it out";
        }

        if (Encoding.UTF8.GetByteCount(value) > MaxValueBytes)
        {
            return $"is longer than {MaxValueBytes} bytes; put it into the body";
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsControl(value[i]))
            {
                return "has a control character; an attribute is one line of text";
            }

            if (char.IsSurrogate(value[i]) && !(char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[++i])))
            {
                return "has half of a surrogate pair, which is no text";
            }
        }

        return null;
    }

    private static bool IsReserved(string name) =>
        name.StartsWith("aws.", StringComparison.OrdinalIgnoreCase) || name.StartsWith("amazon.", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("goog", StringComparison.OrdinalIgnoreCase) || name.StartsWith("portable-", StringComparison.OrdinalIgnoreCase)
        || name.Equals(TraceParent, StringComparison.OrdinalIgnoreCase) || name.Equals("tracestate", StringComparison.OrdinalIgnoreCase);

    // The span that runs wins over the caller's: what is sent is its child.
    public static void AddTrace(Dictionary<string, string> all, InvocationContext? context, string correlationName, TelemetrySpan? span = null)
    {
        if ((span?.TraceParent ?? context?.OutgoingTraceParent) is { } trace)
        {
            all[TraceParent] = trace;
        }

        if (context is not null && Correlation.Accept(context.CorrelationId) is { } correlation)
        {
            all[correlationName] = correlation;
        }
    }
}
