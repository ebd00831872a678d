using Portable.Generator.Tests.Harness;

namespace Portable.Generator.Tests;

/// <summary>What an edit computes anew. The IDE runs the generator at every keystroke.</summary>
public sealed class CachingTests
{
    private static readonly string[] Registries = ["PortableApplication.g.cs", "PortableArtifacts.g.cs"];

    private static Project Project => new([Sources.Contracts, Sources.Http, Sources.Queue, Sources.Schedule, Sources.Workflow, Sources.Startup, "public class Unrelated { public int M() => 1; }"]);

    [Fact]
    public void An_unrelated_edit_writes_nothing() => Run.Start(Project).Edit(6, "=> 1;", "=> 2; // more").AssertNothingRan();

    [Fact]
    public void A_handlers_body_writes_nothing() => Run.Start(Project).Edit(1, "await Task.Yield();", "await Task.Delay(1, cancellationToken);").AssertNothingRan();

    [Fact]
    public void Moved_lines_write_nothing()
    {
        var run = Run.Start(Project);
        run.Edit(1, "namespace Orders;", "namespace Orders;\n\n// a comment\n\n").AssertNothingRan();
        run.Edit(4, "namespace Orders;", "namespace Orders;\n\n// a comment\n\n").AssertNothingRan();
        run.Edit(0, "namespace Orders;", "namespace Orders;\n\n// a comment\n\n").AssertNothingRan();
    }

    [Fact]
    public void A_steps_body_writes_nothing() => Run.Start(Project).Edit(4, "Task.FromResult(store);", "Task.FromResult(1);").AssertNothingRan();

    [Theory]
    [InlineData("aws-managed", ".Aws")]
    [InlineData("gcp-managed", ".Gcp")]
    [InlineData("azure-managed", ".Azure")]
    [InlineData("aws-native", null)]
    [InlineData("local", null)]
    public void A_contract_edit_writes_that_handlers_files_and_the_registries(string target, string? shim)
    {
        var run = Run.Start(Project with { Target = Target.Parse(target) }).Edit(1, "\"/orders\"", "\"/orders/new\"");
        string[] expected = ["Orders.OrderFunctions_Place.g.cs", .. Registries];
        if (shim is not null)
        {
            expected = [.. expected, $"Orders.OrderFunctions_Place{shim}.g.cs"];
        }

        if (target == "azure-managed")
        {
            expected = [.. expected, "PortableAzureHttp.g.cs", "PortableAzureWorker.g.cs", "PortableDurableContext.g.cs"];
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), Ours(run));
        run.AssertCompiles();
    }

    [Fact]
    public void A_parameter_that_only_binds_otherwise_leaves_the_registries_alone()
    {
        var run = Run.Start(Project).Edit(1, "CancellationToken cancellationToken)", "CancellationToken cancellationToken = default, string? trace = null)");
        Assert.Equal(["Orders.OrderFunctions_Place.g.cs"], Ours(run));
    }

    [Fact]
    public void A_workflows_body_writes_its_definition_alone()
    {
        var run = Run.Start(Project with { Target = new("aws", "native") }).Edit(4, "verdict.Score > 80", "verdict.Score > 90");
        Assert.Equal(["Orders.OrderWorkflow_Run.Artifacts.g.cs", "Orders.OrderWorkflow_Run.g.cs"], Ours(run));
        Assert.Contains("> 90", EmittedCodeTests.Artifacts(run)["definitions/aws/fulfilment.asl.json"], StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_a_context_names_anew_writes_the_files_that_use_it()
    {
        var project = new Project([Sources.Contracts, Sources.Http, Sources.Schedule, "namespace Orders; public record Other(int X); public static class Others { [Function(\"other\"), HttpTrigger(\"POST\", \"/other\")] public static void Take(Other other) { } }"]);
        var before = Run.Start(project);
        Assert.Contains("Reflected", before.Text("Orders.Others_Take.g.cs"), StringComparison.Ordinal);
        var run = before.Edit(0, "[JsonSerializable(typeof(Accepted))]", "[JsonSerializable(typeof(Accepted))]\n[JsonSerializable(typeof(Other))]");
        Assert.Equal(["Orders.Others_Take.g.cs"], Ours(run));
        Assert.DoesNotContain("Reflected", run.Text("Orders.Others_Take.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_edit_that_must_be_seen_is_seen()
    {
        var run = Run.Start(Project).Edit(1, "TimeoutSeconds = 10", "TimeoutSeconds = 20");
        Assert.Contains("timeoutSeconds: 20", run.Text("Orders.OrderFunctions_Place.g.cs"), StringComparison.Ordinal);
    }

    /// <summary>The JSON generator's own files are its business.</summary>
    private static IEnumerable<string> Ours(Run run) => run.Rerun;
}
