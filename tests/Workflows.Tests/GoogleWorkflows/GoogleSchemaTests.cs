using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.TestKit;
using Portable.TestKit.ExternalTools;

namespace Portable.Workflows.Tests.GoogleWorkflows;

/// <summary>What is printed, in full, and what the public schema of Google Workflows says of it and of random programs.</summary>
public sealed class GoogleSchemaTests(NodeToolsFixture tools) : IClassFixture<NodeToolsFixture>
{
    public static TheoryData<string> Names => [.. Printed.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_printed(string name) => Snapshot.Match(Printed.Definition(name), $"hand-{name}.workflows", "yaml");

    [Theory]
    [MemberData(nameof(Names))]
    public void Fits_the_public_schema(string name) => Assert.Empty(tools.Tools.ValidateGoogleWorkflow(Printed.Definition(name)));

    [Fact]
    public void Random_programs_fit_the_public_schema()
    {
        var all = tools.Tools;
        for (var seed = 5000; seed < 5030; seed++)
        {
            var yaml = GoogleWorkflowsEmitter.Emit(Build.Workflow(new RandomPrograms(seed, seed % 2 == 0).Next()))!;
            var problems = all.ValidateGoogleWorkflow(yaml);
            Assert.True(problems.Count == 0, $"seed {seed}: {string.Join("\n", problems)}\n{yaml}");
        }
    }
}
