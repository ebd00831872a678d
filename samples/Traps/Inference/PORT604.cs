// Inference 'Tell' may take 70 s, and aws ends a call of a SageMaker endpoint after 60 s (Amazon SageMaker, InvokeEndpoint: the container must answer within 60 s): ask for less, hand large inputs over in a bucket, or say Http = true for an endpoint of your own
using Portable;

namespace Traps.Inference;

public sealed partial class PORT604
{
    [Workflow("port604")]
    public async Task<string> Run(IWorkflow flow, string topic) => await flow.Step(Tell, topic);

    [Inference("port604-model", TimeoutSeconds = 70)]
    public partial Task<string> Tell(string topic, CancellationToken cancellationToken = default);
}
