using System.Text;

namespace Portable.Aws.Events.Http;

/// <summary>Payload format 2.0: HTTP APIs and function URLs. The query stands in it as it came, and cookies have a list of their own.</summary>
internal sealed class HttpApiRequest(ReadOnlyMemory<byte> json, in HttpEventScan scan) : HttpRequestEvent(json, scan)
{
    /// <inheritdoc/>
    public override HttpReplyForm ReplyForm => HttpReplyForm.Format2;

    /// <inheritdoc/>
    public override string? Query(string name) => Scan.RawQuery is { } query ? QueryString.First(query, name) : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> QueryAll(string name) => Scan.RawQuery is { } query ? QueryString.All(query, name) : [];

    /// <inheritdoc/>
    public override string? Header(string name)
    {
        var value = Scan.Headers < 0 ? null : First(Scan.Headers, name);
        return value is null && Scan.Cookies >= 0 && name.Equals("cookie", StringComparison.OrdinalIgnoreCase) ? Joined(Scan.Cookies, "; ") : value;
    }

    /// <inheritdoc/>
    protected override string ReadPath() => PercentEncoding.DecodePath(WithoutStage(Scan.RawPath!, Scan.Stage));

    // "POST /orders/{id}": the method is checked against the request's own.
    protected override bool IsRoutedTo(string gatewayRoute)
    {
        var key = TextAt(Scan.RouteKey);
        var space = key.IndexOf((byte)' ');
        return space > 0 && key.Length - space - 1 == gatewayRoute.Length && Ascii.Equals(key[(space + 1)..], gatewayRoute);
    }
}
