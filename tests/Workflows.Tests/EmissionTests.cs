using Portable.Generator.Workflows.Asl;
using Portable.Generator.Workflows.Durable;
using Portable.Generator.Workflows.GoogleWorkflows;
using Portable.TestKit;
using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests;

/// <summary>What the emitters print, in full.</summary>
public sealed class EmissionTests
{
    [Theory]
    [InlineData("linear")]
    [InlineData("branches")]
    [InlineData("catching")]
    [InlineData("inference")]
    [InlineData("nulls")]
    [InlineData("locals")]
    [InlineData("bare")]
    public void Step_Functions(string workflow) => Snapshot.Match(AslEmitter.Emit(Compiled.Case(workflow))!, $"{workflow}.asl", "json");

    [Theory]
    [InlineData("linear")]
    [InlineData("branches")]
    [InlineData("catching")]
    [InlineData("inference")]
    [InlineData("nulls")]
    [InlineData("locals")]
    [InlineData("bare")]
    public void Google_Workflows(string workflow) => Snapshot.Match(GoogleWorkflowsEmitter.Emit(Compiled.Case(workflow))!, $"{workflow}.workflows", "yaml");

    [Theory]
    [InlineData("linear")]
    [InlineData("bare")]
    public void Durable(string workflow) => Snapshot.Match(DurableEmitter.Emit(Compiled.Case(workflow)), $"{workflow}.Durable");
}
