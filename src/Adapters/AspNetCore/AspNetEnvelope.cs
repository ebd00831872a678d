using Microsoft.AspNetCore.Http;

namespace Portable.Runtime.AspNetCore;

/// <summary>A request of ASP.NET Core as handlers see it.</summary>
/// <param name="request">The request.</param>
/// <param name="body">The body, already read.</param>
/// <param name="routeValues">The values of the route's parameters.</param>
public sealed class AspNetEnvelope(HttpRequest request, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> routeValues) : HttpEnvelope
{
    /// <inheritdoc/>
    public override string Method => request.Method;

    /// <inheritdoc/>
    public override string Path => request.Path.Value ?? "/";

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Body => body;

    /// <inheritdoc/>
    public override string? Route(string name) => routeValues.GetValueOrDefault(name);

    /// <inheritdoc/>
    public override string? Query(string name) => request.Query[name] is [var first, ..] ? first : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> QueryAll(string name) => [.. request.Query[name].Select(static value => value ?? "")];

    /// <inheritdoc/>
    public override string? Header(string name) => request.Headers.TryGetValue(name, out var values) ? string.Join(',', values.AsEnumerable()) : null;
}
