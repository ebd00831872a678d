using Microsoft.CodeAnalysis.Diagnostics;

namespace Portable.Analyzers;

/// <summary>The clouds that the project must fit, whatever is being built: the MSBuild property <c>PortableClouds</c>, all three without it.</summary>
internal sealed class TargetedClouds
{
    private readonly string[] _names;

    private TargetedClouds(string[] names) => _names = names;

    public static TargetedClouds Read(AnalyzerConfigOptions global)
    {
        var text = global.TryGetValue("build_property.PortableTargetedClouds", out var value) && value.Trim().Length > 0 ? value : "aws,gcp,azure";
        return new TargetedClouds([.. text.Split([','], StringSplitOptions.RemoveEmptyEntries).Select(static name => name.Trim().ToLowerInvariant())]);
    }

    public bool Contains(string cloud) => _names.Contains(cloud);
}
