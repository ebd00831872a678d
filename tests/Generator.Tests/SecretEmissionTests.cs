using Portable.Generator.Tests.Harness;

namespace Portable.Generator.Tests;

/// <summary>Secrets: who is handed which, what the manifest says, and that values are nowhere.</summary>
public sealed class SecretEmissionTests
{
    private const string Paying = """
        namespace Orders;

        public sealed class Paying([Secret("payment-key")] string key, IOrderStore store)
        {
            [Function("pay"), HttpTrigger("POST", "/pay")]
            public string Pay(Order order, [Secret("signing-key")] string signing) => order.Id + key.Length + signing.Length + store;

            [Function("look"), HttpTrigger("GET", "/look")]
            public static string Look() => "";
        }
        """;

    private const string Flow = """
        namespace Orders;

        public sealed class Flow([Secret("flow-key")] string key)
        {
            [Workflow("paying")]
            public async Task Run(IWorkflow flow, Order order) => await flow.Step(Charge, order);

            [Step]
            public Task Charge(Order order) => key.Length > 0 ? Task.CompletedTask : throw new StepFailed("NoKey");
        }
        """;

    private const string Options = """
        namespace Orders;

        public sealed class DatabaseOptions
        {
            [Secret("db-password")]
            public string Password { get; set; } = "";

            public string Host { get; set; } = "localhost";
        }

        public static class Outer
        {
            public class Inner
            {
                [Secret("inner-key")]
                internal string? @event { get; set; }
            }
        }

        [Startup]
        public sealed class Startup : IPortableStartup
        {
            public void Configure(IPortableBuilder app) { }
        }
        """;

    [Theory]
    [InlineData("local", "Portable.Runtime.UserSecrets")]
    [InlineData("aws-native", "Portable.Aws.AwsSecrets")]
    [InlineData("gcp-native", "Portable.Gcp.GoogleSecrets")]
    [InlineData("azure-native", "Portable.Azure.KeyVaultSecrets")]
    public void Handlers_are_handed_their_secrets_from_where_the_cloud_keeps_them(string target, string source)
    {
        var run = Run.Of(new Project([Sources.Contracts, Paying, Flow]) { Target = Target.Parse(target) });
        Assert.Contains("new global::Orders.Paying(services.GetSecret(\"payment-key\"), services.GetRequiredService<global::Orders.IOrderStore>())", run.Text("Orders.Paying_Pay.g.cs"), StringComparison.Ordinal);
        Assert.Contains("services.GetSecret(\"signing-key\")", run.Text("Orders.Paying_Pay.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain("GetSecret", run.Text("Orders.Paying_Look.g.cs"), StringComparison.Ordinal);
        Assert.Contains("services.GetSecret(\"flow-key\")", run.Text("Orders.Flow_Run.g.cs"), StringComparison.Ordinal);
        var secrets = run.Text("PortableSecrets.g.cs");
        Assert.Contains($"source: new global::{source}(),", secrets, StringComparison.Ordinal);
        Assert.Contains("[\"pay\"] = [\"payment-key\", \"signing-key\"],", secrets, StringComparison.Ordinal);
        Assert.Contains("[\"paying-steps\"] = [\"flow-key\"],", secrets, StringComparison.Ordinal);
        Assert.DoesNotContain("look", secrets, StringComparison.Ordinal);
        Assert.Contains("secrets: global::Portable.Generated.PortableSecrets.Create()", run.Text("PortableApplication.g.cs"), StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Fact]
    public void Properties_of_options_are_set_after_the_configuration()
    {
        var run = Run.Of(new Project([Sources.Contracts, Options]) { Target = Target.Parse("aws-native") });
        var secrets = run.Text("PortableSecrets.g.cs");
        Assert.Contains("options: [\"db-password\", \"inner-key\"],", secrets, StringComparison.Ordinal);
        Assert.Contains("PostConfigure(services, (global::Orders.DatabaseOptions options) => options.Password = secrets.Get(\"db-password\"));", secrets, StringComparison.Ordinal);
        Assert.Contains("PostConfigure(services, (global::Orders.Outer.Inner options) => options.@event = secrets.Get(\"inner-key\"));", secrets, StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Fact]
    public void The_manifest_lists_names_of_what_a_function_may_read()
    {
        var manifest = System.Text.Json.Nodes.JsonNode.Parse(EmittedCodeTests.Artifacts(Run.Of(new Project([Sources.Contracts, Paying, Flow, Options]) { Target = Target.Parse("aws-native") }))["portable.json"])!;
        var secrets = manifest["functions"]!.AsArray().ToDictionary(function => (string)function!["name"]!, function => function!["secrets"]?.ToJsonString());
        Assert.Equal("""["db-password","inner-key","payment-key","signing-key"]""", secrets["pay"]);
        Assert.Equal("""["db-password","inner-key"]""", secrets["look"]);
        Assert.Equal("""["db-password","flow-key","inner-key"]""", secrets["paying-steps"]);
    }

    [Fact]
    public void An_application_without_secrets_is_spared_them()
    {
        var run = Run.Of(new Project([Sources.Contracts, Sources.Schedule]) { Target = Target.Parse("aws-native") });
        Assert.DoesNotContain("secrets", run.Text("PortableApplication.g.cs"), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("telemetry", run.Text("PortableApplication.g.cs"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("aws-native")]
    [InlineData("azure-managed")]
    public void Telemetry_is_exported_where_the_project_references_an_exporter(string target)
    {
        var run = Run.Of(new Project([Sources.Contracts, Options, "namespace Portable { public static class OpenTelemetryExtensions; }"]) { Target = Target.Parse(target) });
        Assert.Contains("telemetry: global::Portable.Runtime.ActivityTelemetry.Instance", run.Text("PortableApplication.g.cs"), StringComparison.Ordinal);
        run.AssertCompiles();
    }

    [Theory]
    [InlineData("int", "payment-key")]
    [InlineData("string", "Payment Key")]
    public void What_no_secret_can_be_makes_no_function(string type, string name)
    {
        var run = Run.Of(new Project([Sources.Contracts, $$"""
            public static class F { [Function("f"), HttpTrigger("GET", "/f")] public static string Get([Secret("{{name}}")] {{type}} key) => ""; }
            """]));
        Assert.DoesNotContain("F_Get", string.Join(' ', run.Result.GeneratedSources.Select(static source => source.HintName)), StringComparison.Ordinal);
    }
}
