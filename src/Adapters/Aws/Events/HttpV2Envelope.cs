using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Aws.Events;

/// <summary>
/// A request as HTTP APIs (payload format 2.0) and function URLs send it. One pass finds where things are; what no parameter is
/// bound to is never decoded.
/// </summary>
internal sealed class HttpV2Envelope : HttpEnvelope
{
    private readonly ReadOnlyMemory<byte> _json;
    private string? _method;
    private string? _rawPath;
    private string? _stage;
    private string? _query;
    private string? _path;
    private int _routeKey = -1;
    private int _headers = -1;
    private int _cookies = -1;
    private int _pathParameters = -1;
    private int _bodyStart = -1;
    private bool _bodyIsBase64;
    private ReadOnlyMemory<byte>? _body;
    private bool _routedByGateway;
    private IReadOnlyDictionary<string, string>? _routeValues;

    /// <summary>Reads an event.</summary>
    /// <exception cref="MalformedEventException">It is no such event.</exception>
    public HttpV2Envelope(ReadOnlyMemory<byte> json)
    {
        _json = EventJson.WithoutMark(json);
        try
        {
            Scan();
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw EventJson.Malformed(e);
        }

        if (_rawPath is null || _method is null)
        {
            throw new MalformedEventException(
                "The event has no rawPath or no requestContext.http.method. HTTP functions take events of payload format 2.0, from an HTTP API or a function URL.");
        }
    }

    /// <inheritdoc/>
    public override string Method => _method!;

    /// <inheritdoc/>
    public override string Path => _path ??= PercentEncoding.DecodePath(WithoutStage(_rawPath!, _stage));

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Body => _body ??= ReadBody();

    /// <summary>What turned out to be wrong with the event when a part of it was read; no fault of the handler's.</summary>
    public MalformedEventException? Fault { get; private set; }

    /// <summary>
    /// Checks that the request is one for this function. Where the gateway itself matched the function's own route, its answer holds:
    /// the path may then have a prefix that only the gateway knows, such as the base path of a custom domain.
    /// </summary>
    /// <returns>The refusal (404 or 405), or <see langword="null"/>.</returns>
    public HttpReply? Match(HttpFunction function, string gatewayRoute)
    {
        _routedByGateway = _routeKey >= 0 && IsRoutedTo(gatewayRoute);
        if (!_routedByGateway)
        {
            if (!function.Route.TryMatch(Path, out var values))
            {
                return new RouteMatch(null, EmptyRoute, []).Refusal();
            }

            _routeValues = values;
        }
        else if (_pathParameters < 0)
        {
            _routeValues = function.Route.TryMatch(Path, out var values) ? values : EmptyRoute;
        }

        return function.Method == "*" || function.Method == Method ? null : new RouteMatch(null, EmptyRoute, [function.Method]).Refusal();
    }

    /// <summary>How HTTP APIs write a route: <c>{*rest}</c> is <c>{rest+}</c> there.</summary>
    public static string GatewayRoute(RoutePattern route)
    {
        var rest = route.Template.IndexOf("{*", StringComparison.Ordinal);
        return rest < 0 ? route.Template : string.Concat(route.Template.AsSpan(0, rest + 1), route.Template.AsSpan(rest + 2, route.Template.Length - rest - 3), "+}");
    }

    /// <inheritdoc/>
    public override string? Route(string name) =>
        _routeValues is { } values ? values.GetValueOrDefault(name)
        : _pathParameters >= 0 ? Lookup(_pathParameters, name)
        : null;

    /// <inheritdoc/>
    public override string? Query(string name) => _query is null ? null : QueryString.First(_query, name);

    /// <inheritdoc/>
    public override IReadOnlyList<string> QueryAll(string name) => _query is null ? [] : QueryString.All(_query, name);

    /// <inheritdoc/>
    public override string? Header(string name)
    {
        var value = _headers < 0 ? null : Lookup(_headers, name);
        return value is null && _cookies >= 0 && name.Equals("cookie", StringComparison.OrdinalIgnoreCase) ? ReadCookies() : value;
    }

    /// <summary>The caller's valid <c>traceparent</c> header, or <see langword="null"/>.</summary>
    public string? TraceParent()
    {
        if (_headers < 0 || _json.Span.IndexOf("traceparent\""u8) < 0)
        {
            return null;
        }

        return Header("traceparent") is { } text && RuntimeApi.XRayTrace.IsTraceParent(text) ? text : null;
    }

    private static IReadOnlyDictionary<string, string> EmptyRoute { get; } = new Dictionary<string, string>(0);

    private void Scan()
    {
        var reader = new Utf8JsonReader(_json.Span);
        EventJson.BeginObject(ref reader);
        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("rawPath"u8))
            {
                _rawPath = EventJson.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("rawQueryString"u8))
            {
                _query = EventJson.ReadString(ref reader);
            }
            else if (reader.ValueTextEquals("headers"u8))
            {
                _headers = Mark(ref reader, JsonTokenType.StartObject);
            }
            else if (reader.ValueTextEquals("cookies"u8))
            {
                _cookies = Mark(ref reader, JsonTokenType.StartArray);
            }
            else if (reader.ValueTextEquals("body"u8))
            {
                _bodyStart = Mark(ref reader, JsonTokenType.String);
            }
            else if (reader.ValueTextEquals("isBase64Encoded"u8))
            {
                reader.Read();
                _bodyIsBase64 = reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("pathParameters"u8))
            {
                _pathParameters = Mark(ref reader, JsonTokenType.StartObject);
            }
            else if (reader.ValueTextEquals("routeKey"u8))
            {
                _routeKey = Mark(ref reader, JsonTokenType.String);
            }
            else if (reader.ValueTextEquals("requestContext"u8))
            {
                ScanContext(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        EventJson.End(ref reader);
    }

    private void ScanContext(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("stage"u8))
            {
                reader.Read();
                _stage = reader.TokenType == JsonTokenType.String && !reader.ValueTextEquals("$default"u8) ? reader.GetString() : null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("http"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject)
                {
                    reader.Skip();
                    continue;
                }

                while (EventJson.NextProperty(ref reader))
                {
                    if (reader.ValueTextEquals("method"u8))
                    {
                        _method = ReadMethod(ref reader);
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }
    }

    // The usual methods without an allocation.
    private static string? ReadMethod(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        return reader.ValueTextEquals("GET"u8) ? "GET"
            : reader.ValueTextEquals("POST"u8) ? "POST"
            : reader.ValueTextEquals("PUT"u8) ? "PUT"
            : reader.ValueTextEquals("DELETE"u8) ? "DELETE"
            : reader.ValueTextEquals("PATCH"u8) ? "PATCH"
            : reader.GetString()!.ToUpperInvariant();
    }

    /// <summary>Notes where a value begins and passes over it; -1 for a value of another kind, such as null.</summary>
    private static int Mark(ref Utf8JsonReader reader, JsonTokenType kind)
    {
        reader.Read();
        var start = reader.TokenType == kind ? (int)reader.TokenStartIndex : -1;
        reader.Skip();
        return start;
    }

    private bool IsRoutedTo(string gatewayRoute)
    {
        var reader = new Utf8JsonReader(_json.Span[_routeKey..], isFinalBlock: false, default);
        reader.Read();
        if (reader.ValueIsEscaped)
        {
            return false;
        }

        // "POST /orders/{id}": the method is checked against the request's own.
        var key = reader.ValueSpan;
        var space = key.IndexOf((byte)' ');
        return space > 0 && key.Length - space - 1 == gatewayRoute.Length && Ascii.Equals(key[(space + 1)..], gatewayRoute);
    }

    private ReadOnlyMemory<byte> ReadBody()
    {
        if (_bodyStart < 0)
        {
            return default;
        }

        try
        {
            var reader = new Utf8JsonReader(_json.Span[_bodyStart..], isFinalBlock: false, default);
            reader.Read();
            var text = EventJson.ReadBytes(ref reader, _json[_bodyStart..]);
            if (!_bodyIsBase64)
            {
                return text;
            }

            var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
            if (Base64.DecodeFromUtf8(text.Span, bytes, out _, out var written) != OperationStatus.Done)
            {
                throw new FormatException("The body is not base64.");
            }

            return bytes.AsMemory(0, written);
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw Fault = new MalformedEventException("The event's body cannot be decoded.", e);
        }
    }

    private string? Lookup(int start, string name)
    {
        try
        {
            var reader = new Utf8JsonReader(_json.Span[start..], isFinalBlock: false, default);
            reader.Read();
            while (EventJson.NextProperty(ref reader))
            {
                if (IsName(ref reader, name))
                {
                    return EventJson.ReadString(ref reader);
                }

                reader.TrySkip(); // Skip wants a reader that began at the start
            }

            return null;
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw Fault = EventJson.Malformed(e);
        }
    }

    private string? ReadCookies()
    {
        try
        {
            var reader = new Utf8JsonReader(_json.Span[_cookies..], isFinalBlock: false, default);
            reader.Read();
            string? cookies = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                cookies = cookies is null ? reader.GetString() : cookies + "; " + reader.GetString();
            }

            return cookies;
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw Fault = EventJson.Malformed(e);
        }
    }

    private static bool IsName(ref Utf8JsonReader reader, string name) => reader.ValueIsEscaped
        ? name.Equals(reader.GetString(), StringComparison.OrdinalIgnoreCase)
        : reader.ValueSpan.Length == name.Length && Ascii.EqualsIgnoreCase(reader.ValueSpan, name);

    private static string WithoutStage(string path, string? stage) =>
        stage is { Length: > 0 } && path.Length > stage.Length && path[0] == '/' && path.AsSpan(1).StartsWith(stage, StringComparison.Ordinal)
        && (path.Length == stage.Length + 1 || path[stage.Length + 1] == '/')
            ? path.Length == stage.Length + 1 ? "/" : path[(stage.Length + 1)..]
            : path;
}
