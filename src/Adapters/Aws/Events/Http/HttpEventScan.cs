using System.Text.Json;

namespace Portable.Aws.Events.Http;

/// <summary>
/// Where things are in a request's event. One pass over the event fills it, whatever form the event has; what no parameter is bound to is never decoded.
/// Positions are those of values; -1 where there is none of the right kind.
/// </summary>
internal struct HttpEventScan()
{
    /// <summary>The method: <c>httpMethod</c>, in format 2.0 <c>requestContext.http.method</c>.</summary>
    public string? Method;

    /// <summary><c>rawPath</c> of format 2.0.</summary>
    public string? RawPath;

    /// <summary><c>path</c> of the other forms.</summary>
    public string? PlainPath;

    /// <summary><c>rawQueryString</c> of format 2.0.</summary>
    public string? RawQuery;

    /// <summary><c>requestContext.stage</c>, unless it is <c>$default</c>.</summary>
    public string? Stage;

    /// <summary>Whether the event says that it is of format 1.0, which HTTP APIs do and REST APIs do not.</summary>
    public bool SaysVersion1;

    /// <summary>Whether there is <c>requestContext.elb</c>: the mark of a load balancer.</summary>
    public bool IsLoadBalancer;

    /// <summary><c>isBase64Encoded</c>.</summary>
    public bool BodyIsBase64;

    /// <summary><c>routeKey</c> of format 2.0.</summary>
    public int RouteKey = -1;

    /// <summary><c>resource</c> of format 1.0.</summary>
    public int Resource = -1;

    /// <summary><c>headers</c>.</summary>
    public int Headers = -1;

    /// <summary><c>multiValueHeaders</c>.</summary>
    public int MultiHeaders = -1;

    /// <summary><c>queryStringParameters</c>.</summary>
    public int Query = -1;

    /// <summary><c>multiValueQueryStringParameters</c>.</summary>
    public int MultiQuery = -1;

    /// <summary><c>pathParameters</c>.</summary>
    public int PathParameters = -1;

    /// <summary><c>cookies</c> of format 2.0.</summary>
    public int Cookies = -1;

    /// <summary><c>body</c>.</summary>
    public int Body = -1;

    /// <summary>Reads an event.</summary>
    /// <exception cref="MalformedEventException">It is no JSON object.</exception>
    public static HttpEventScan Of(ReadOnlyMemory<byte> json)
    {
        var scan = new HttpEventScan();
        try
        {
            var reader = new Utf8JsonReader(json.Span);
            EventJson.BeginObject(ref reader);
            while (EventJson.NextProperty(ref reader))
            {
                scan.Take(ref reader);
            }

            EventJson.End(ref reader);
            return scan;
        }
        catch (Exception e) when (EventJson.IsBadJson(e))
        {
            throw EventJson.Malformed(e);
        }
    }

    // Ordered by length first: most names differ there, and a comparison is saved.
    private void Take(ref Utf8JsonReader reader)
    {
        switch (reader.ValueSpan.Length)
        {
            case 4 when reader.ValueSpan.SequenceEqual("path"u8):
                PlainPath = EventJson.ReadString(ref reader);
                break;
            case 4 when reader.ValueSpan.SequenceEqual("body"u8):
                Body = Mark(ref reader, JsonTokenType.String);
                break;
            case 7 when reader.ValueSpan.SequenceEqual("headers"u8):
                Headers = Mark(ref reader, JsonTokenType.StartObject);
                break;
            case 7 when reader.ValueSpan.SequenceEqual("rawPath"u8):
                RawPath = EventJson.ReadString(ref reader);
                break;
            case 7 when reader.ValueSpan.SequenceEqual("cookies"u8):
                Cookies = Mark(ref reader, JsonTokenType.StartArray);
                break;
            case 7 when reader.ValueSpan.SequenceEqual("version"u8):
                reader.Read();
                SaysVersion1 = reader.TokenType == JsonTokenType.String && reader.ValueSpan.SequenceEqual("1.0"u8);
                reader.Skip();
                break;
            case 8 when reader.ValueSpan.SequenceEqual("routeKey"u8):
                RouteKey = Mark(ref reader, JsonTokenType.String);
                break;
            case 8 when reader.ValueSpan.SequenceEqual("resource"u8):
                Resource = Mark(ref reader, JsonTokenType.String);
                break;
            case 10 when reader.ValueSpan.SequenceEqual("httpMethod"u8):
                Method = ReadMethod(ref reader);
                break;
            case 14 when reader.ValueSpan.SequenceEqual("rawQueryString"u8):
                RawQuery = EventJson.ReadString(ref reader);
                break;
            case 14 when reader.ValueSpan.SequenceEqual("requestContext"u8):
                TakeContext(ref reader);
                break;
            case 14 when reader.ValueSpan.SequenceEqual("pathParameters"u8):
                PathParameters = Mark(ref reader, JsonTokenType.StartObject);
                break;
            case 15 when reader.ValueSpan.SequenceEqual("isBase64Encoded"u8):
                reader.Read();
                BodyIsBase64 = reader.TokenType == JsonTokenType.True;
                reader.Skip();
                break;
            case 17 when reader.ValueSpan.SequenceEqual("multiValueHeaders"u8):
                MultiHeaders = Mark(ref reader, JsonTokenType.StartObject);
                break;
            case 21 when reader.ValueSpan.SequenceEqual("queryStringParameters"u8):
                Query = Mark(ref reader, JsonTokenType.StartObject);
                break;
            case 31 when reader.ValueSpan.SequenceEqual("multiValueQueryStringParameters"u8):
                MultiQuery = Mark(ref reader, JsonTokenType.StartObject);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void TakeContext(ref Utf8JsonReader reader)
    {
        if (!EventJson.TryBeginValue(ref reader))
        {
            return;
        }

        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueSpan.SequenceEqual("stage"u8))
            {
                reader.Read();
                Stage = reader.TokenType == JsonTokenType.String && !reader.ValueSpan.SequenceEqual("$default"u8) ? reader.GetString() : null;
                reader.Skip();
            }
            else if (reader.ValueSpan.SequenceEqual("http"u8))
            {
                TakeHttp(ref reader);
            }
            else if (reader.ValueSpan.SequenceEqual("elb"u8))
            {
                IsLoadBalancer = true;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void TakeHttp(ref Utf8JsonReader reader)
    {
        if (!EventJson.TryBeginValue(ref reader))
        {
            return;
        }

        while (EventJson.NextProperty(ref reader))
        {
            if (reader.ValueSpan.SequenceEqual("method"u8))
            {
                Method = ReadMethod(ref reader);
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

        return reader.ValueSpan.SequenceEqual("GET"u8) ? "GET"
            : reader.ValueSpan.SequenceEqual("POST"u8) ? "POST"
            : reader.ValueSpan.SequenceEqual("PUT"u8) ? "PUT"
            : reader.ValueSpan.SequenceEqual("DELETE"u8) ? "DELETE"
            : reader.ValueSpan.SequenceEqual("PATCH"u8) ? "PATCH"
            : reader.GetString()!.ToUpperInvariant();
    }

    /// <summary>Notes where a value begins and passes over it.</summary>
    private static int Mark(ref Utf8JsonReader reader, JsonTokenType kind)
    {
        reader.Read();
        var start = reader.TokenType == kind ? (int)reader.TokenStartIndex : -1;
        reader.Skip();
        return start;
    }
}
