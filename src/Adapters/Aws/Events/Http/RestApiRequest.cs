using System.Text;

namespace Portable.Aws.Events.Http;

/// <summary>
/// Payload format 1.0: REST APIs, and HTTP APIs that are set to it, whose events alone say so. Headers and query come twice, once with one value per name
/// and once with all of them. REST APIs leave path and path parameters as they came, HTTP APIs decode them (measured by others against the live services:
/// github.com/hotsock/voker, pull request 8); both decode the query.
/// </summary>
internal sealed class RestApiRequest(ReadOnlyMemory<byte> json, in HttpEventScan scan) : HttpRequestEvent(json, scan)
{
    /// <inheritdoc/>
    public override HttpReplyForm ReplyForm => HttpReplyForm.Format1;

    /// <inheritdoc/>
    public override string? Query(string name) =>
        Scan.MultiQuery >= 0 ? First(Scan.MultiQuery, name)
        : Scan.Query >= 0 ? First(Scan.Query, name)
        : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> QueryAll(string name) =>
        (Scan.MultiQuery >= 0 ? All(Scan.MultiQuery, name) : Scan.Query >= 0 ? All(Scan.Query, name) : null) ?? [];

    /// <inheritdoc/>
    public override string? Header(string name) => HeaderFamilies.Read(Scan.MultiHeaders >= 0 ? All(Scan.MultiHeaders, name) : Scan.Headers >= 0 ? All(Scan.Headers, name) : null, name);

    /// <inheritdoc/>
    protected override bool PrefersPath => true;

    /// <inheritdoc/>
    protected override string ReadPath() => Scan.SaysVersion1 ? WithoutStage(Scan.PlainPath!, Scan.Stage) : PercentEncoding.DecodePath(Scan.PlainPath!);

    /// <inheritdoc/>
    protected override bool IsRoutedTo(string gatewayRoute)
    {
        var resource = TextAt(Scan.Resource);
        return resource.Length == gatewayRoute.Length && Ascii.Equals(resource, gatewayRoute);
    }

    /// <inheritdoc/>
    protected override string? PathParameter(string? value) => value is null || Scan.SaysVersion1 ? value : PercentEncoding.DecodePath(value);
}
