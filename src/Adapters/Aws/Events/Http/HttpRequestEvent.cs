using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Aws.Events.Http;

/// <summary>
/// A request as one of Lambda's front doors sends it: format 2.0 (HTTP APIs, function URLs), format 1.0 (REST APIs, and HTTP APIs that are set so) or a load
/// balancer's. The event itself tells which, so that one deployed function may stand behind several.
/// </summary>
internal abstract class HttpRequestEvent : HttpEnvelope
{
    private readonly ReadOnlyMemory<byte> _json;
    private readonly HttpEventScan _scan;
    private ReadOnlyMemory<byte>? _body;
    private string? _path;
    private IReadOnlyDictionary<string, string>? _routeValues;

    /// <summary>Takes a scanned event.</summary>
    protected HttpRequestEvent(ReadOnlyMemory<byte> json, in HttpEventScan scan) => (_json, _scan) = (json, scan);

    /// <summary>Reads an event.</summary>
    /// <exception cref="MalformedEventException">It is no request.</exception>
    public static HttpRequestEvent Read(ReadOnlyMemory<byte> json)
    {
        json = EventJson.WithoutMark(json);
        var scan = HttpEventScan.Of(json);
        return scan switch
        {
            { Method: null } or { RawPath: null, PlainPath: null } => throw new MalformedEventException(
                "The event has no path or no method. HTTP functions take the events of HTTP APIs, function URLs, REST APIs and load balancers."),
            { IsLoadBalancer: true, PlainPath: not null } => new LoadBalancerRequest(json, scan),
            { RawPath: not null } => new HttpApiRequest(json, scan),
            _ => new RestApiRequest(json, scan),
        };
    }

    /// <summary>The form of the answer.</summary>
    public abstract HttpReplyForm ReplyForm { get; }

    /// <inheritdoc/>
    public sealed override string Method => _scan.Method!;

    /// <inheritdoc/>
    public sealed override string Path => _path ??= ReadPath();

    /// <inheritdoc/>
    public sealed override ReadOnlyMemory<byte> Body => _body ??= ReadBody();

    /// <inheritdoc/>
    public sealed override IReadOnlyList<KeyValuePair<string, string>>? PlatformClaims => AuthorizerClaims.Read(_json);

    /// <summary>What turned out to be wrong with the event when a part of it was read; no fault of the handler's.</summary>
    public MalformedEventException? Fault { get; private set; }

    /// <summary>What the event has.</summary>
    protected ref readonly HttpEventScan Scan => ref _scan;

    /// <summary>
    /// Checks that the request is one for this function. Where the gateway itself matched the function's own route, its answer holds:
    /// the path may then have a prefix that only the gateway knows, such as the base path of a custom domain.
    /// </summary>
    /// <returns>The refusal (404 or 405), or <see langword="null"/>.</returns>
    public HttpReply? Match(HttpFunction function, string gatewayRoute)
    {
        var routed = IsRoutedTo(gatewayRoute);
        if (!routed || _scan.PathParameters < 0 || PrefersPath)
        {
            if (function.Route.TryMatch(Path, out var values))
            {
                _routeValues = values;
            }
            else if (!routed)
            {
                return new RouteMatch(null, EmptyRoute, []).Refusal();
            }
            else if (_scan.PathParameters < 0)
            {
                _routeValues = EmptyRoute;
            }
        }

        return function.Method == "*" || function.Method == Method ? null : new RouteMatch(null, EmptyRoute, [function.Method]).Refusal();
    }

    /// <summary>How gateways write a route: <c>{*rest}</c> is <c>{rest+}</c> there.</summary>
    public static string GatewayRoute(RoutePattern route)
    {
        var rest = route.Template.IndexOf("{*", StringComparison.Ordinal);
        return rest < 0 ? route.Template : string.Concat(route.Template.AsSpan(0, rest + 1), route.Template.AsSpan(rest + 2, route.Template.Length - rest - 3), "+}");
    }

    /// <inheritdoc/>
    public sealed override string? Route(string name) =>
        _routeValues is { } values ? values.GetValueOrDefault(name)
        : _scan.PathParameters >= 0 ? PathParameter(First(_scan.PathParameters, name))
        : null;

    /// <summary>The caller's valid <c>traceparent</c> header, or <see langword="null"/>.</summary>
    public string? TraceParent() =>
        _json.Span.IndexOf("traceparent\""u8) >= 0 && Header("traceparent") is { } text && RuntimeApi.XRayTrace.IsTraceParent(text) ? text : null;

    /// <summary>Whether the values of the route are better taken from the path, where it fits the route.</summary>
    protected virtual bool PrefersPath => false;

    /// <summary>The path as the function's routes see it.</summary>
    protected abstract string ReadPath();

    /// <summary>Whether the gateway matched this route.</summary>
    protected abstract bool IsRoutedTo(string gatewayRoute);

    /// <summary>A value of the gateway's own matching as the function sees it.</summary>
    protected virtual string? PathParameter(string? value) => value;

    /// <summary>A path without the stage that it begins with.</summary>
    protected static string WithoutStage(string path, string? stage) =>
        stage is { Length: > 0 } && path.Length > stage.Length && path[0] == '/' && path.AsSpan(1).StartsWith(stage, StringComparison.Ordinal)
        && (path.Length == stage.Length + 1 || path[stage.Length + 1] == '/')
            ? path.Length == stage.Length + 1 ? "/" : path[(stage.Length + 1)..]
            : path;

    /// <summary>The text at a position, where nothing in it is escaped; else empty.</summary>
    protected ReadOnlySpan<byte> TextAt(int start)
    {
        if (start < 0)
        {
            return default;
        }

        var reader = ReaderAt(start);
        return reader.ValueIsEscaped ? default : reader.ValueSpan;
    }

    /// <summary>The first text of that name in the object at a position: the member itself or the first element of its array. What is no Unicode text counts as absent.</summary>
    protected string? First(int start, string name)
    {
        var reader = ReaderAt(start);
        while (EventJson.NextProperty(ref reader))
        {
            if (IsName(ref reader, name))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.StartArray)
                {
                    reader.Read();
                }

                return reader.TokenType == JsonTokenType.String ? EventJson.TextOrNull(ref reader) : null;
            }

            reader.TrySkip(); // Skip wants a reader that began at the start
        }

        return null;
    }

    /// <summary>Every text of that name in the object at a position: the member itself or every element of its array.</summary>
    protected List<string>? All(int start, string name)
    {
        List<string>? found = null;
        var reader = ReaderAt(start);
        while (EventJson.NextProperty(ref reader))
        {
            if (!IsName(ref reader, name))
            {
                reader.TrySkip();
                continue;
            }

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                Add(ref reader, ref found);
                continue;
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                Add(ref reader, ref found);
            }
        }

        return found;
    }

    /// <summary>The texts of the array at a position, joined.</summary>
    protected string? Joined(int start, string separator)
    {
        var reader = ReaderAt(start);
        string? joined = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            var text = EventJson.TextOrNull(ref reader);
            joined = joined is null ? text : joined + separator + text;
        }

        return joined;
    }

    /// <summary>The object of names and values at a position as a query string, in the order in which it has them.</summary>
    protected string Pairs(int start)
    {
        var query = new StringBuilder();
        var reader = ReaderAt(start);
        while (EventJson.NextProperty(ref reader))
        {
            var name = EventJson.TextOrNull(ref reader);
            reader.Read();
            var several = reader.TokenType == JsonTokenType.StartArray;
            while (!several || (reader.Read() && reader.TokenType != JsonTokenType.EndArray))
            {
                if (reader.TokenType == JsonTokenType.String)
                {
                    query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(EventJson.TextOrNull(ref reader));
                }

                reader.TrySkip();
                if (!several)
                {
                    break;
                }
            }
        }

        return query.ToString();
    }

    private static IReadOnlyDictionary<string, string> EmptyRoute { get; } = new Dictionary<string, string>(0);

    private static void Add(ref Utf8JsonReader reader, ref List<string>? found)
    {
        if (reader.TokenType == JsonTokenType.String && EventJson.TextOrNull(ref reader) is { } text)
        {
            (found ??= []).Add(text);
        }

        reader.TrySkip();
    }

    private static bool IsName(ref Utf8JsonReader reader, string name) => reader.ValueIsEscaped
        ? name.Equals(EventJson.TextOrNull(ref reader), StringComparison.OrdinalIgnoreCase)
        : reader.ValueSpan.Length == name.Length && Ascii.EqualsIgnoreCase(reader.ValueSpan, name);

    // The event goes on behind the value, which a reader that takes it for the last block would refuse.
    private Utf8JsonReader ReaderAt(int start)
    {
        var reader = new Utf8JsonReader(_json.Span[start..], isFinalBlock: false, default);
        reader.Read();
        return reader;
    }

    private ReadOnlyMemory<byte> ReadBody()
    {
        if (_scan.Body < 0)
        {
            return default;
        }

        try
        {
            var reader = ReaderAt(_scan.Body);
            var text = EventJson.ReadBytes(ref reader, _json[_scan.Body..]);
            if (!_scan.BodyIsBase64)
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
}
