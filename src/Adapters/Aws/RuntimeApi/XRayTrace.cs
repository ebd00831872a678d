namespace Portable.Aws.RuntimeApi;

/// <summary>Translates X-Ray's trace header, <c>Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1</c>.</summary>
internal static class XRayTrace
{
    /// <summary>The W3C <c>traceparent</c>, or <see langword="null"/> where the header names no parent.</summary>
    public static string? ToTraceParent(string? header)
    {
        ReadOnlySpan<char> root = default, parent = default;
        var sampled = false;
        foreach (var range in new Parts(header))
        {
            if (range.StartsWith("Root=", StringComparison.Ordinal))
            {
                root = range[5..];
            }
            else if (range.StartsWith("Parent=", StringComparison.Ordinal))
            {
                parent = range[7..];
            }
            else if (range.SequenceEqual("Sampled=1"))
            {
                sampled = true;
            }
        }

        // 1-{8 hex digits of time}-{24 hex digits}
        if (root.Length != 35 || !root.StartsWith("1-", StringComparison.Ordinal) || root[10] != '-' || !IsId(root.Slice(2, 8), 8, mayBeZero: true)
            || !IsId(root[11..], 24, mayBeZero: true) || !IsId(parent, 16, mayBeZero: false))
        {
            return null;
        }

        return string.Concat(string.Concat("00-", root.Slice(2, 8), root[11..]), "-", parent, sampled ? "-01" : "-00");
    }

    /// <summary>X-Ray's header for a <c>traceparent</c>; <see langword="null"/> where there is none.</summary>
    public static string? FromTraceParent(string? traceParent) => IsTraceParent(traceParent)
        ? $"Root=1-{traceParent.AsSpan(3, 8)}-{traceParent.AsSpan(11, 24)};Parent={traceParent.AsSpan(36, 16)};Sampled={(traceParent![54] is '1' or '3' or '5' or '7' or '9' or 'b' or 'd' or 'f' ? 1 : 0)}"
        : null;

    /// <summary>Whether a text is a <c>traceparent</c> that W3C calls valid.</summary>
    public static bool IsTraceParent(ReadOnlySpan<char> text) =>
        text is ['0', '0', '-', ..] && text.Length == 55 && text[35] == '-' && text[52] == '-'
        && IsId(text.Slice(3, 32), 32, mayBeZero: false) && IsId(text.Slice(36, 16), 16, mayBeZero: false) && IsId(text[53..], 2, mayBeZero: true);

    // A plain loop: the vectorised searches cost more to compile at start than they save on three short texts.
    private static bool IsId(ReadOnlySpan<char> text, int length, bool mayBeZero)
    {
        var zero = true;
        foreach (var digit in text)
        {
            if (!char.IsAsciiHexDigitLower(digit))
            {
                return false;
            }

            zero &= digit == '0';
        }

        return text.Length == length && (mayBeZero || !zero);
    }

    private ref struct Parts(ReadOnlySpan<char> rest)
    {
        private ReadOnlySpan<char> _rest = rest;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly Parts GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            var end = _rest.IndexOf(';');
            Current = (end < 0 ? _rest : _rest[..end]).Trim();
            _rest = end < 0 ? default : _rest[(end + 1)..];
            return true;
        }
    }
}
