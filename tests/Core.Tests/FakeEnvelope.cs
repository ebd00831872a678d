using System.Text;
using Portable.Runtime;

namespace Portable.Core.Tests;

internal sealed class FakeEnvelope : HttpEnvelope
{
    public Dictionary<string, string> RouteValues { get; } = [];

    public List<KeyValuePair<string, string>> QueryValues { get; } = [];

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string? Json { get; init; }

    public override string Method => "POST";

    public override string Path => "/";

    public override ReadOnlyMemory<byte> Body => Json is null ? default : Encoding.UTF8.GetBytes(Json);

    public override string? Route(string name) => RouteValues.GetValueOrDefault(name);

    public override string? Query(string name) => QueryAll(name) is [var first, ..] ? first : null;

    public override IReadOnlyList<string> QueryAll(string name) => [.. QueryValues.Where(value => value.Key == name).Select(value => value.Value)];

    public override string? Header(string name) => Headers.GetValueOrDefault(name);
}
