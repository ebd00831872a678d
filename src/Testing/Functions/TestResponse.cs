using System.Text;

namespace Portable.Testing;

/// <summary>The answer of an HTTP function.</summary>
public sealed class TestResponse
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly TestContracts _contracts;

    internal TestResponse(int statusCode, IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body, TestContracts contracts)
    {
        StatusCode = statusCode;
        Headers = headers;
        _body = body;
        _contracts = contracts;
    }

    /// <summary>The status code.</summary>
    public int StatusCode { get; }

    /// <summary>The headers, names compared ignoring case; several values of a name are joined by commas.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; }

    /// <summary>The body as it is.</summary>
    public ReadOnlyMemory<byte> Body => _body;

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(_body.Span);

    /// <summary>The body by the application's JSON contract of the type.</summary>
    /// <exception cref="System.Text.Json.JsonException">It is no such JSON.</exception>
    public T Json<T>() => _contracts.Read<T>(_body);

    /// <summary>The status and the text.</summary>
    public override string ToString() => $"{StatusCode} {Text}";
}
