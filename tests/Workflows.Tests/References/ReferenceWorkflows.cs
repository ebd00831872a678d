using Portable.Generator.Discovery;
using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Ir;
using Portable.TestKit;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests.References;

/// <summary>The workflows of <c>samples/Workflows</c>, read as the generator reads them.</summary>
internal static class ReferenceWorkflows
{
    private static readonly Lazy<IReadOnlyDictionary<string, WorkflowModel>> s_models = new(Read);

    /// <summary>All of them: a folder that is not found, or a workflow that is no longer read, is seen.</summary>
    public static TheoryData<string> Names =>
    [
        "order-with-approval", "ship-parcel", "travel-booking", "escalating-payment", "video-pipeline", "document-pipeline", "nightly-batch", "long-job", "release-rollout", "region-release",
    ];

    public static WorkflowModel Model(string name) => s_models.Value[name];

    private static Dictionary<string, WorkflowModel> Read()
    {
        var sources = new[] { "Commerce", "Media", "Operations" }
            .SelectMany(static folder => Directory.GetFiles(RepositoryFolder.Find("samples/Workflows/" + folder)!, "*.cs").Order(StringComparer.Ordinal))
            .Select(static file => "using Portable;" + File.ReadAllText(file)); // on the first line, so that lines keep their numbers
        var models = Compiled.Read(Compiled.Compile(sources)).ToDictionary(
            static parsed => parsed.Model!.Name,
            static parsed =>
            {
                Assert.True(parsed.Findings.IsEmpty, string.Join("\n", parsed.Findings.Select(static finding => $"{finding.RuleId} {string.Join(" ", finding.Arguments)}")));
                return JsonNames.Apply(parsed.Model!, EquatableArray<JsonContextModel>.Empty);
            },
            StringComparer.Ordinal);
        Assert.Equal(Names.Select(static row => row.Data).Order(StringComparer.Ordinal), models.Keys.Order(StringComparer.Ordinal));
        return models;
    }
}
