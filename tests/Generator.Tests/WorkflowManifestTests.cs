using System.Text.Json;
using System.Text.RegularExpressions;
using Portable.Generator.Tests.Harness;

namespace Portable.Generator.Tests;

/// <summary>What the manifest and the emitted definition say of a workflow that uses everything.</summary>
public sealed partial class WorkflowManifestTests
{
    private const string Source = """
        namespace Orders;

        [EventContract("com.acme.shipped", Version = 2)]
        public record Shipped(string OrderId);

        public record Parcel(string OrderId, int Weight);

        [JsonSerializable(typeof(Shipped))]
        [JsonSerializable(typeof(Parcel))]
        [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
        public sealed partial class ShipJson : JsonSerializerContext;

        public sealed class Shipping
        {
            [Workflow("shipping", CompensateOnFailure = true)]
            public async Task<Parcel> Run(IWorkflow flow, Parcel parcel)
            {
                var booked = await flow.Step(Book, parcel);
                var weighed = await flow.Step(Weigh, booked);
                var approved = await flow.Event<Parcel>("approval", TimeSpan.FromHours(1));
                var returned = await flow.Child(Returns.Run, approved);
                await flow.Publish(new Shipped(returned.OrderId));
                return weighed;
            }

            [Step(TimeoutSeconds = 60, HeartbeatSeconds = 5), Retry(MaxAttempts = 2, Jitter = true), Compensate(nameof(Cancel)), Idempotent(nameof(Parcel.OrderId))]
            public Task<Parcel> Book(Parcel parcel) => Task.FromResult(parcel);

            [Step]
            public Task Cancel(Parcel parcel) => Task.CompletedTask;

            [Step(Isolated = true)]
            public Task<Parcel> Weigh(Parcel parcel) => Task.FromResult(parcel);
        }

        public static class Returns
        {
            [Workflow("returns")]
            public static async Task<Parcel> Run(IWorkflow flow, Parcel parcel)
            {
                await flow.Delay(TimeSpan.FromSeconds(1));
                return parcel;
            }
        }
        """;

    [Fact]
    public void Policies_events_children_and_publishing_are_in_the_manifest()
    {
        using var manifest = JsonDocument.Parse(EmittedCodeTests.Artifacts(Run.Of(new Project(Source) { Target = Target.Parse("aws-native") }))["portable.json"]);
        var workflow = manifest.RootElement.GetProperty("workflows").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "shipping");
        Assert.True(workflow.GetProperty("compensateOnFailure").GetBoolean());
        Assert.Equal("""["approval"]""", Text(workflow.GetProperty("events")));
        Assert.Equal("""["returns"]""", Text(workflow.GetProperty("children")));
        Assert.Equal("""[{"type":"com.acme.shipped","version":2}]""", Text(workflow.GetProperty("publishes")));
        Assert.Equal(
            """
            [{"name":"Book","timeoutSeconds":60,"heartbeatSeconds":5,"retry":{"maxAttempts":2,"intervalSeconds":1,"backoffRate":2,"jitter":true},"key":"orderId","compensation":{"step":"Cancel","takesResult":true}},{"name":"Cancel"},{"name":"Weigh","isolated":true}]
            """,
            Text(workflow.GetProperty("steps")));
    }

    [Theory]
    [InlineData("aws-native", "definitions/aws/shipping.asl.json")]
    [InlineData("gcp-native", "definitions/gcp/shipping.workflows.yaml")]
    public void The_manifest_names_what_the_definition_leaves_open(string target, string definition)
    {
        var artifacts = EmittedCodeTests.Artifacts(Run.Of(new Project(Source) { Target = Target.Parse(target) }));
        using var manifest = JsonDocument.Parse(artifacts["portable.json"]);
        var named = manifest.RootElement.GetProperty("workflows").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "shipping")
            .GetProperty("substitutions").EnumerateArray().Select(entry => entry.GetProperty("name").GetString());
        var open = Open().Matches(artifacts[definition]).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal);
        Assert.Equal(open.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("local")]
    [InlineData("azure-managed")]
    [InlineData("aws-native")]
    public void The_emitted_definition_knows_what_engines_cannot_see(string target)
    {
        var run = Run.Of(new Project(Source) { Target = Target.Parse(target) });
        run.AssertCompiles();
        var text = run.Text("Orders.Shipping_Run.g.cs");
        foreach (var part in (string[])
            [
                "with { Jitter = true }", "HeartbeatSeconds: 5", "Key: \"orderId\"", "Compensation: new(\"Cancel\", true)", "IsSaga = true", "CompensatesOnFailure = true",
                "[\"Returns.Run\"] = \"returns\"", "From<global::Orders.Shipped>",
            ])
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    private static string Text(JsonElement json) => JsonSerializer.Serialize(json);

    [GeneratedRegex("""\$\{(?<name>[A-Za-z]+)\}|sys\.get_env\(\\?"(?<name>PORTABLE_[A-Z_]+)""")]
    private static partial Regex Open();
}
