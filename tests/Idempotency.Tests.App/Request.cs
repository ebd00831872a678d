using System.Text;
using System.Text.Json;
using Portable.Runtime;

namespace Portable.Idempotency.Tests.App;

/// <summary>A request that was never on a wire.</summary>
public sealed class Request(string? key, string mode, string? body = null) : HttpEnvelope
{
    public override string Method => "POST";

    public override string Path => "/jobs";

    public override ReadOnlyMemory<byte> Body => body is not null ? Encoding.UTF8.GetBytes(body) : JsonSerializer.SerializeToUtf8Bytes(new Job(key, mode), AppJson.Default.Job);

    public override string? Route(string name) => key;

    public override string? Query(string name) => null;

    public override IReadOnlyList<string> QueryAll(string name) => [];

    public override string? Header(string name) => name.Equals("Idempotency-Key", StringComparison.OrdinalIgnoreCase) ? key : null;
}

/// <summary>A clock that is wrong, and always as much.</summary>
public sealed class SkewedTime(TimeSpan skew) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + skew;
}
