namespace Portable.Aws.Events.Http;

/// <summary>
/// A request through an application load balancer: names with one value each, or with all of them where the target group has
/// <c>lambda.multi_value_headers.enabled</c>; the answer must be of the same family. Neither path nor query is decoded.
/// </summary>
internal sealed class LoadBalancerRequest(ReadOnlyMemory<byte> json, in HttpEventScan scan) : HttpRequestEvent(json, scan)
{
    private string? _query;

    /// <inheritdoc/>
    public override HttpReplyForm ReplyForm => Scan.MultiHeaders >= 0 ? HttpReplyForm.LoadBalancerMultiValue : HttpReplyForm.LoadBalancer;

    /// <inheritdoc/>
    public override string? Query(string name) => QueryString.First(_query ??= RawQuery(), name);

    /// <inheritdoc/>
    public override IReadOnlyList<string> QueryAll(string name) => QueryString.All(_query ??= RawQuery(), name);

    /// <inheritdoc/>
    public override string? Header(string name) => HeaderFamilies.Read(Scan.MultiHeaders >= 0 ? All(Scan.MultiHeaders, name) : Scan.Headers >= 0 ? All(Scan.Headers, name) : null, name);

    /// <inheritdoc/>
    protected override string ReadPath() => PercentEncoding.DecodePath(Scan.PlainPath!);

    /// <inheritdoc/>
    protected override bool IsRoutedTo(string gatewayRoute) => false;

    // Put together again as it came: names are encoded too, so that nothing can be looked up by its name before.
    private string RawQuery() => Scan.MultiQuery >= 0 ? Pairs(Scan.MultiQuery) : Scan.Query >= 0 ? Pairs(Scan.Query) : "";
}
