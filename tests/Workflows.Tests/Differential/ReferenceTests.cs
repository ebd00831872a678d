using Portable.Generator.Helpers;
using Portable.Generator.Model;
using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Ir;
using Portable.Testing.Asl;
using Portable.Testing.GoogleWorkflows;
using Portable.TestKit;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests.Differential;

/// <summary>The reference workflows of <c>samples/Workflows</c>: accepted as they are, and compiled to definitions that the simulators can read.</summary>
public sealed class ReferenceTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, WorkflowModel>> s_models = new(Read);

    public static TheoryData<string> Workflows =>
    [
        "order-with-approval", "ship-parcel", "travel-booking", "escalating-payment", "video-pipeline", "document-pipeline", "nightly-batch", "long-job",
    ];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Definitions_can_be_run(string workflow)
    {
        var model = s_models.Value[workflow];
        Assert.NotEmpty(AslSimulator.Parse(AslEmitter.Emit(model)!).Expressions);
        Assert.NotEmpty(GoogleWorkflowSimulator.Parse(GoogleWorkflowsEmitter.Emit(model)!).Expressions);
    }

    private static Dictionary<string, WorkflowModel> Read()
    {
        var sources = new[] { "Commerce", "Media", "Operations" }
            .SelectMany(static folder => Directory.GetFiles(RepositoryFolder.Find("samples/Workflows/" + folder)!, "*.cs"))
            .Select(static file => "using Portable;\n" + File.ReadAllText(file));
        return Compiled.Read(Compiled.Compile(sources)).ToDictionary(
            static parsed => parsed.Model!.Name,
            static parsed =>
            {
                Assert.True(parsed.Findings.IsEmpty, string.Join("\n", parsed.Findings.Select(static finding => $"{finding.RuleId} {string.Join(" ", finding.Arguments)}")));
                return JsonNames.Apply(parsed.Model!, EquatableArray<JsonContextModel>.Empty);
            },
            StringComparer.Ordinal);
    }
}
