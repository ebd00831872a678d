using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Portable.Runtime.AspNetCore;

/// <summary>Finds the caller's W3C trace context among the request's headers.</summary>
public static class TraceHeaders
{
    /// <summary>
    /// The <c>traceparent</c> header; else Google's <c>X-Cloud-Trace-Context: TRACE/SPAN;o=FLAG</c> in the same form; else <see langword="null"/>.
    /// </summary>
    public static string? TraceParent(IHeaderDictionary headers)
    {
        var w3c = headers.TraceParent;
        return w3c is [{ Length: > 0 } parent, ..] ? parent : FromCloudTraceContext(headers["X-Cloud-Trace-Context"]);
    }

    /// <summary>Google's header in W3C form; <see langword="null"/> when it is absent or malformed.</summary>
    public static string? FromCloudTraceContext(string? header)
    {
        if (header is null || header.Length < 34 || header[32] != '/')
        {
            return null;
        }

        var trace = header.AsSpan(0, 32);
        var rest = header.AsSpan(33);
        var end = rest.IndexOf(';');
        var span = end < 0 ? rest : rest[..end];
        if (trace.ContainsAnyExcept("0123456789abcdefABCDEF") || !ulong.TryParse(span, NumberStyles.None, CultureInfo.InvariantCulture, out var spanId) || spanId == 0)
        {
            return null;
        }

        var sampled = end >= 0 && rest[end..].SequenceEqual(";o=1");
        return string.Create(CultureInfo.InvariantCulture, $"00-{trace.ToString().ToLowerInvariant()}-{spanId:x16}-{(sampled ? "01" : "00")}");
    }
}
