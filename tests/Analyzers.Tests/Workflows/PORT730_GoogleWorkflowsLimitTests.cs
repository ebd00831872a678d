using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT730_GoogleWorkflowsLimitTests
{
    [Fact]
    public async Task A_wait_of_two_years()
    {
        var diagnostic = Assert.Single(await Check.Run(new Project(WorkflowSource.With("await flow.Delay(TimeSpan.FromDays(730));"))), d => d.Id == "PORT730");
        Assert.Equal("Workflow 'Run' waits 63072000 seconds, but a run on Google Workflows takes a year at most: start a new run instead", diagnostic.GetMessage());
        Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Warning, diagnostic.Severity);
    }

    [Fact]
    public async Task Within_the_limits() =>
        Assert.DoesNotContain(await Check.Run(new Project(WorkflowSource.With("await flow.Delay(TimeSpan.FromDays(7));"))), d => d.Id == "PORT730");
}
