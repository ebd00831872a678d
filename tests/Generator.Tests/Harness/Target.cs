using System.Collections.Immutable;

namespace Portable.Generator.Tests.Harness;

/// <summary>A cloud and hosting, as MSBuild properties name them.</summary>
internal sealed record Target(string Cloud, string Hosting)
{
    public static Target Local { get; } = new("local", "managed");

    public static ImmutableArray<Target> All { get; } =
    [
        Local, new("aws", "managed"), new("aws", "native"), new("gcp", "managed"), new("gcp", "native"), new("azure", "managed"), new("azure", "native"),
    ];

    /// <summary>As a member of test names and theory data: <c>aws-managed</c>.</summary>
    public static Target Parse(string text) => text.Split('-') is [var cloud, var hosting] ? new(cloud, hosting) : Local;

    public override string ToString() => Cloud == "local" ? "local" : $"{Cloud}-{Hosting}";
}
