using Portable.Generator.Tests.Harness;
using Portable.TestKit;

namespace Portable.Generator.Tests;

/// <summary>Emitted files as a reader sees them. Read every change of a snapshot as you would read code.</summary>
public sealed class SnapshotTests
{
    [Theory]
    [InlineData("Orders.OrderFunctions_Place.g.cs")]
    [InlineData("Orders.Messages_Settle.g.cs")]
    [InlineData("Orders.Housekeeping_Expire.g.cs")]
    [InlineData("Orders.Sources_Clicks.g.cs")]
    [InlineData("Orders.Sources_Thumbnails.g.cs")]
    [InlineData("Orders.Sources_Placed.g.cs")]
    [InlineData("Orders.Sources_Changes.g.cs")]
    [InlineData("Orders.Sources_Telemetry.g.cs")]
    [InlineData("Orders.OrderWorkflow_Run.g.cs")]
    [InlineData("Orders.OrderWorkflow.Judge.g.cs")]
    [InlineData("Orders.OrderWorkflow.InferenceClient.g.cs")]
    [InlineData("Orders.class.Deep.Shapes_Texts.g.cs")]
    public void Neutral(string file) => Match("local", file);

    [Theory]
    [InlineData("local")]
    [InlineData("aws-managed")]
    [InlineData("aws-native")]
    [InlineData("gcp-managed")]
    [InlineData("gcp-native")]
    [InlineData("azure-managed")]
    [InlineData("azure-native")]
    public void Application(string target)
    {
        var run = Run.Of(new Project(Sources.All) { Target = Target.Parse(target) });
        Snapshot.Match(run.Text("PortableApplication.g.cs") + "\n" + run.Text("PortableHost.g.cs"), $"{target}.Application");
        Snapshot.Match(EmittedCodeTests.Artifacts(run)["portable.json"], $"{target}.portable", "json");
    }

    [Theory]
    [InlineData("aws-managed", "Orders.OrderFunctions_Place.Aws.g.cs")]
    [InlineData("aws-managed", "Orders.OrderWorkflow_Run.Aws.g.cs")]
    [InlineData("gcp-managed", "Orders.OrderFunctions_Place.Gcp.g.cs")]
    [InlineData("gcp-managed", "Orders.Messages_Settle.Gcp.g.cs")]
    [InlineData("gcp-managed", "Orders.Sources_Changes.Gcp.g.cs")]
    [InlineData("gcp-managed", "Orders.Housekeeping_Expire.Gcp.g.cs")]
    [InlineData("azure-managed", "Orders.OrderFunctions_Place.Azure.g.cs")]
    [InlineData("azure-managed", "Orders.Messages_Settle.Azure.g.cs")]
    [InlineData("azure-managed", "Orders.Housekeeping_Expire.Azure.g.cs")]
    [InlineData("azure-managed", "Orders.Sources_Clicks.Azure.g.cs")]
    [InlineData("azure-managed", "Orders.Sources_Changes.Azure.g.cs")]
    [InlineData("azure-managed", "Orders.Sources_Thumbnails.Azure.g.cs")]
    [InlineData("azure-managed", "Orders.Sources_Telemetry.Azure.g.cs")]
    [InlineData("azure-managed", "Orders.OrderWorkflow_Run.Durable.g.cs")]
    [InlineData("azure-managed", "PortableAzureWorker.g.cs")]
    [InlineData("azure-managed", "PortableAzureHttp.g.cs")]
    [InlineData("azure-managed", "PortableDurableContext.g.cs")]
    [InlineData("local", "PortableMain.g.cs")]
    public void EntryPoints(string target, string file) => Match(target, file);

    private static void Match(string target, string file) =>
        Snapshot.Match(Run.Of(new Project(Sources.All) { Target = Target.Parse(target) }).Text(file), $"{target}.{file.Replace(".g.cs", "", StringComparison.Ordinal)}");
}
