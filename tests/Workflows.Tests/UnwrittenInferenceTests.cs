using Portable.Workflows.Tests.Harness;

namespace Portable.Workflows.Tests;

/// <summary>A generator does not see its own output: to it, an inference has no body yet.</summary>
public sealed class UnwrittenInferenceTests
{
    [Fact]
    public void A_workflow_is_read_although_the_body_of_its_inference_is_not_written_yet()
    {
        var read = Compiled.Read("""
            using Portable;

            namespace Shop;

            public record Order(string Id);

            public record Risk(int Score, string Reason);

            public sealed partial class Scoring
            {
                [Workflow("scoring")]
                public async Task<Risk> Run(IWorkflow flow, Order order)
                {
                    var risk = await flow.Step(ScoreRisk, order);
                    if (risk.Score > 80)
                    {
                        return new Risk(100, risk.Reason);
                    }

                    return risk;
                }

                [Inference("risk-model")]
                public partial Task<Risk> ScoreRisk(Order order, CancellationToken cancellationToken = default);
            }
            """);

        Assert.Empty(read.Findings);
        Assert.NotNull(read.Model?.Body);
    }
}
