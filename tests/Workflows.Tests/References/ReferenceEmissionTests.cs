using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.Durable;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.Generator.Workflows.Graph;
using Portable.TestKit;
using Portable.TestKit.ExternalTools;

namespace Portable.Workflows.Tests.References;

/// <summary>What the reference workflows become, in full: text that a person has read and accepted.</summary>
public sealed class ReferenceEmissionTests(NodeToolsFixture tools) : IClassFixture<NodeToolsFixture>
{
    public static TheoryData<string> Workflows => ReferenceWorkflows.Names;

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Step_Functions(string workflow) => Snapshot.Match(AslEmitter.Emit(ReferenceWorkflows.Model(workflow))!, $"{workflow}.asl", "json");

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Google_Workflows(string workflow) => Snapshot.Match(GoogleWorkflowsEmitter.Emit(ReferenceWorkflows.Model(workflow))!, $"{workflow}.workflows", "yaml");

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Durable(string workflow) => Snapshot.Match(DurableEmitter.Emit(ReferenceWorkflows.Model(workflow)), $"{workflow}.Durable");

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Graph(string workflow) => Snapshot.Match(MermaidEmitter.Emit(ReferenceWorkflows.Model(workflow))!, workflow, "mmd");

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Mermaid_reads_the_graph(string workflow) => Assert.Empty(tools.Tools.ValidateMermaid(MermaidEmitter.Emit(ReferenceWorkflows.Model(workflow))!));
}
