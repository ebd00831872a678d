using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Generator.Tests.Harness;
using Portable.TestKit;

namespace Portable.Generator.Tests;

public sealed class EmittedCodeTests
{
    public static TheoryData<string> Targets => [.. Target.All.Select(target => target.ToString())];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Everything_emitted_compiles_without_a_warning(string target)
    {
        var run = Run.Of(new Project(Sources.All) { Target = Target.Parse(target) });
        run.AssertCompiles();
        Assert.Equal(run.Files.Length, run.Files.Select(file => file.HintName).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Every_valid_function_is_in_the_registry(string target)
    {
        var registry = Run.Of(new Project(Sources.All) { Target = Target.Parse(target) }).Text("PortableApplication.g.cs");
        string[] functions =
        [
            "Portable.Generated.Orders.OrderFunctions_Place", "Portable.Generated.Orders.Messages_Settle", "Portable.Generated.Orders.Housekeeping_Expire",
            "Portable.Generated.Greeter_Hello", "Shapes_Texts", "Shapes_Nothing", "Shapes_Value", "Shapes_Simple", "Shapes_Result", "Shapes_Batch", "Shapes_Bodies", "Shapes_Arrays",
            "Shapes_Single", "Shapes_Nested_void", "Shapes_Old", "Shapes__Nested_void",
        ];
        Assert.All(functions, function => Assert.Contains(function + ".Definition", registry, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void Emitted_code_is_the_same_on_every_run_and_has_unix_line_ends(string target)
    {
        var project = new Project(Sources.All) { Target = Target.Parse(target) };
        var first = Run.Start(project).Files;
        var second = Run.Start(project with { Sources = [.. Sources.All.Reverse()] }).Files;
        Assert.Equal(
            first.OrderBy(file => file.HintName, StringComparer.Ordinal).Select(file => file.SourceText.ToString()),
            second.OrderBy(file => file.HintName, StringComparer.Ordinal).Select(file => file.SourceText.ToString()));
        Assert.All(first, file => Assert.DoesNotContain('\r', file.SourceText.ToString()));
    }

    [Fact]
    public void An_inference_may_do_without_a_cancellation_token() =>
        Run.Of(new Project("""
            using System.Threading.Tasks;
            using Portable;
            public sealed partial class Models { [Inference("risk-model")] public partial Task<int> Score(string text); }
            public static class Program { static void Main() { } }
            """)).AssertCompiles();

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_function_may_take_the_CloudEvents_SDKs_own_event(string target)
    {
        var run = Run.Of(new Project("""
            using System.Threading.Tasks;
            using CloudNative.CloudEvents;
            using Portable;
            public static class Audit { [Function, EventTrigger("com.acme.order.placed")] public static Task Keep(CloudEvent placed) => Task.CompletedTask; }
            public static class Program { static void Main() { } }
            """) { Target = Target.Parse(target) });
        run.AssertCompiles();
        Snapshot.Match(run.Text("PortableCloudEvents.g.cs"), "CloudEvents");
    }

    [Fact]
    public void A_project_without_functions_gets_nothing() =>
        Assert.Empty(Run.Of(new Project("public class Program { static void Main() { } }")).Files);

    [Fact]
    public void A_project_in_which_nothing_asks_for_a_service_gets_none()
    {
        var run = Run.Of(new Project(Sources.Global));
        run.AssertCompiles();
        Assert.Contains("PortableApp.WithoutServices(", run.Text("PortableApplication.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("WithoutServices", Run.Of(new Project(Sources.Contracts, Sources.Http)).Text("PortableApplication.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_gets_no_main_and_neither_does_who_asks_for_none()
    {
        Assert.DoesNotContain(Run.Of(new Project(Sources.Global) { OutputKind = OutputKind.DynamicallyLinkedLibrary }).Files, file => file.HintName == "PortableMain.g.cs");
        var own = new Project(Sources.Global, "return await Portable.Generated.PortableHost.RunAsync(args);")
        {
            Properties = ImmutableDictionary<string, string>.Empty.Add("PortableGenerateMain", "false"),
        };
        Run.Of(own).AssertCompiles();
    }

    [Fact]
    public void Projects_without_nullable_annotations_compile_too()
    {
        var run = Run.Of(new Project(Sources.Contracts.Replace("string?", "string", StringComparison.Ordinal), Sources.Http, Sources.Schedule) { Nullable = NullableContextOptions.Disable });
        run.AssertCompiles();
    }

    [Fact]
    public void Two_classes_of_one_name_in_two_namespaces_do_not_meet()
    {
        var run = Run.Of(new Project(
            "namespace A { public static class F { [Function(\"a\"), HttpTrigger(\"GET\", \"/a\")] public static string Get() => \"\"; } }",
            "namespace B { public static class F { [Function(\"b\"), HttpTrigger(\"GET\", \"/b\")] public static string Get() => \"\"; } }"));
        run.AssertCompiles();
    }

    [Fact]
    public void What_every_cloud_would_compile_is_carried_as_artifacts_when_asked()
    {
        var run = Run.Of(new Project(Sources.All) { Properties = ImmutableDictionary<string, string>.Empty.Add("PortableEmitAllClouds", "true") });
        run.AssertCompiles();
        var paths = Artifacts(run).Keys;
        Assert.Contains("portable.json", paths);
        Assert.Contains("definitions/aws/fulfilment.asl.json", paths);
        Assert.Contains("definitions/gcp/fulfilment.workflows.yaml", paths);
        Assert.Contains("entrypoints/shared/Orders.OrderFunctions_Place.g.cs", paths);
        Assert.All(Target.All.Skip(1), target => Assert.Contains($"entrypoints/{target}/PortableHost.g.cs", paths));
        Assert.Contains("entrypoints/azure-managed/Orders.OrderWorkflow_Run.Durable.g.cs", paths);
    }

    [Theory]
    [InlineData("aws-managed", "definitions/aws/fulfilment.asl.json")]
    [InlineData("aws-native", "definitions/aws/fulfilment.asl.json")]
    [InlineData("gcp-managed", "definitions/gcp/fulfilment.workflows.yaml")]
    [InlineData("gcp-native", "definitions/gcp/fulfilment.workflows.yaml")]
    public void A_clouds_build_carries_its_own_definitions_alone(string target, string definition) =>
        Assert.Equal([definition, "portable.json", "workflows/fulfilment.mmd"], Artifacts(Run.Of(new Project(Sources.All) { Target = Target.Parse(target) })).Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void A_workflow_is_drawn_for_the_local_host_too()
    {
        var artifacts = Artifacts(Run.Of(new Project(Sources.All)));
        Assert.Equal(["portable.json", "workflows/fulfilment.mmd"], artifacts.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("flowchart TD", artifacts["workflows/fulfilment.mmd"], StringComparison.Ordinal);
    }

    internal static Dictionary<string, string> Artifacts(Run run) => run.Output.Assembly.GetAttributes()
        .Where(attribute => attribute.AttributeClass?.Name == "PortableArtifactAttribute")
        .ToDictionary(attribute => (string)attribute.ConstructorArguments[0].Value!, attribute => (string)attribute.ConstructorArguments[1].Value!);
}
