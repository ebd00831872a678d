using System.Collections.Immutable;
using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Inference;

public sealed class PORT604_InferenceLimitTests
{
    private const string Records = """


        public sealed record Scan(string Id, [property: System.ComponentModel.DataAnnotations.MaxLength(5_000_000)] byte[] Front);
        public sealed record Scans(string Id, [System.ComponentModel.DataAnnotations.MaxLength(3_000_000)] byte[] Front, [System.ComponentModel.DataAnnotations.MaxLength(3_000_000)] byte[] Back);
        public sealed record Note([System.ComponentModel.DataAnnotations.StringLength(10_000)] string Text, byte[] Whole);
        """;

    [Theory]
    [InlineData("aws,gcp,azure", 61, "Inference 'Score' may take 61 s, and aws ends a call of a SageMaker endpoint after 60 s (Amazon SageMaker, InvokeEndpoint: the container must answer within 60 s)")]
    [InlineData("aws,gcp,azure", 4000, "aws ends a call")]
    [InlineData("azure,gcp", 91, "azure ends a call of a managed online endpoint after 90 s")]
    [InlineData("gcp", 3601, "gcp ends a prediction of a dedicated endpoint after an hour")]
    public Task Too_long(string clouds, int seconds, string message) => Reports(clouds, $"[|Inference(\"risk-model\", TimeoutSeconds = {seconds})|]", "Order", message);

    [Theory]
    [InlineData("aws", "Scan", "sends up to 6.7 MB, as the attributes of Scan say, and aws takes payloads of up to 6 MB at a SageMaker endpoint")]
    [InlineData("aws,gcp,azure", "Scans", "sends up to 8 MB")]
    public Task Too_much(string clouds, string payload, string message) => Reports(clouds, "[|Inference(\"risk-model\", TimeoutSeconds = 5)|]", payload, message);

    [Theory]
    [InlineData("aws,gcp,azure", "TimeoutSeconds = 60", "Order")]
    [InlineData("azure", "TimeoutSeconds = 90", "Scans")]
    [InlineData("gcp", "TimeoutSeconds = 3600", "Scans")]
    [InlineData("azure,gcp", "Http = true, TimeoutSeconds = 600", "Scans", true)]
    [InlineData("aws", "TimeoutSeconds = 5", "Note")]
    public async Task Within(string clouds, string values, string payload, bool orPort013 = false)
    {
        var project = Source(clouds, $"Inference(\"risk-model\", {values})", payload, out _);
        Assert.All(await Check.Run(project), d => Assert.True(d.Severity < Microsoft.CodeAnalysis.DiagnosticSeverity.Warning || (orPort013 && d.Id == "PORT013"), d.ToString()));
    }

    private static Task Reports(string clouds, string attribute, string payload, string message) => Check.Reports("PORT604", Source(clouds, attribute, payload, out var marked), marked, message);

    private static Project Source(string clouds, string attribute, string payload, out Marked marked)
    {
        marked = Marked.Parse(InferenceSource.With("return new(1);", quick: attribute).Replace("Score(Order", $"Score({payload}", StringComparison.Ordinal) + Records);
        return new Project(marked.Text) { Properties = ImmutableDictionary<string, string>.Empty.Add("PortableTargetedClouds", clouds) };
    }
}
