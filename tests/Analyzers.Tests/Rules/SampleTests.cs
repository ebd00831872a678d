using System.Collections.Immutable;
using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Rules;

/// <summary>The samples are what rules must be content with, for AOT too.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("Orders")]
    [InlineData("Workflows")]
    public async Task No_rule_has_anything_to_say(string sample)
    {
        var folder = Path.Combine(Repository.Root, "samples", sample);
        var sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText)
            .ToArray();
        var project = new Project(sources) { Properties = ImmutableDictionary<string, string>.Empty.Add("PublishAot", "true") };

        Assert.Empty(await Check.Run(project));
        Assert.Contains(sources, source => source.Contains("[Workflow(", StringComparison.Ordinal));
    }
}
