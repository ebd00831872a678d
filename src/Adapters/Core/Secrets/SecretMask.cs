using System.Text.Encodings.Web;
using System.Text.Json;

namespace Portable.Runtime;

/// <summary>
/// Takes the values of secrets out of what is logged, whoever logs them: an exception of a driver likes to quote the connection string that it
/// could not use.
/// </summary>
internal sealed class SecretMask
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Text = "***";

    private const int ShortestMasked = 4; // replacing every "a" of a log would help nobody

    private readonly object _gate = new();
    private volatile string[] _values = [];

    /// <summary>A value that must not be logged from now on, nor the forms in which it stands in JSON and addresses.</summary>
    public void Add(string value)
    {
        if (value.Length < ShortestMasked)
        {
            return;
        }

        string[] forms =
        [
            value,
            JsonEncodedText.Encode(value).ToString(),
            JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString(),
            Uri.EscapeDataString(value),
        ];
        lock (_gate)
        {
            // Longest first: one value may be part of another.
            _values = [.. _values.Concat(forms).Distinct(StringComparer.Ordinal).OrderByDescending(static text => text.Length)];
        }
    }

    /// <summary>The text without the values.</summary>
    public string Apply(string text)
    {
        foreach (var value in _values)
        {
            text = text.Replace(value, Text, StringComparison.Ordinal);
        }

        return text;
    }
}
