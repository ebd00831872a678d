using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Analyzers;

/// <summary>The clouds that the project must fit, whatever is being built: the MSBuild property <c>PortableClouds</c>, all three without it.</summary>
internal sealed class TargetedClouds
{
    private readonly string[] _names;

    /// <summary>Every cloud that can be targeted, in the order in which messages name them.</summary>
    public static IReadOnlyList<string> All { get; } = ["aws", "gcp", "azure"];

    private TargetedClouds(string[] names) => _names = names;

    public static TargetedClouds Read(AnalyzerConfigOptions global)
    {
        // The list has commas instead of semicolons, after which the compiler reads no more of a property.
        var text = global.TryGetValue("build_property.PortableTargetedClouds", out var value) && value.Trim().Length > 0 ? value : "aws,gcp,azure";
        return new TargetedClouds([.. text.Split([','], StringSplitOptions.RemoveEmptyEntries).Select(static name => name.Trim().ToLowerInvariant())]);
    }

    public bool Contains(string cloud) => _names.Contains(cloud);
}
