namespace Portable.Testing.Jsonata;

/// <summary>An error of an expression, with the reference implementation's code.</summary>
/// <param name="code">
/// Such as <c>S0201</c> (syntax), <c>T2001</c> (type) or <c>D3030</c> (evaluation); <c>D1001</c> also stands for a result that is no JSON number.
/// </param>
/// <param name="message">What is wrong.</param>
/// <param name="position">Where in the text, or -1.</param>
public class JsonataException(string code, string message, int position = -1) : Exception($"{code}: {message}")
{
    /// <summary>The reference implementation's error code.</summary>
    public string Code { get; } = code;

    /// <summary>Where in the text, or -1.</summary>
    public int Position { get; } = position;
}

/// <summary>The expression uses a construct that this simulator does not know. It never guesses what such a construct would give.</summary>
/// <param name="construct">What is not simulated.</param>
/// <param name="position">Where in the text, or -1.</param>
public sealed class JsonataNotSupportedException(string construct, int position = -1)
    : JsonataException("NotSimulated", $"{construct} is not simulated.", position);
