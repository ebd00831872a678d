using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT730_GoogleWorkflowsLimitTests
{
    [Fact]
    public async Task A_definition_of_more_than_128_KB()
    {
        var diagnostic = Assert.Single(await Check.Run(new Project(Large(30))), d => d.Id == "PORT730");
        Assert.Matches(
            @"^Workflow 'Run' becomes a definition of 1\d\d KB, but Google Workflows takes 128 KB: move a part to a workflow of its own and run it with flow\.Child$",
            diagnostic.GetMessage());
        Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Warning, diagnostic.Severity);
    }

    [Fact]
    public async Task A_definition_within_the_limits() => Assert.DoesNotContain(await Check.Run(new Project(Large(3))), d => d.Id == "PORT730");

    private static string Large(int steps) =>
        WorkflowSource.With(string.Join("\n", Enumerable.Repeat($"await flow.Step(Pack, new Order(\"{new string('x', 5000)}\", 1, null));", steps)));
}
