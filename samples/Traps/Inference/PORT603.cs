// Inference 'Score' has no TimeoutSeconds and so waits up to 30 s, whatever the model needs: a busy endpoint holds every caller that long; state about twice what its slowest answers take
using Portable;

namespace Traps.Inference;

public sealed partial class PORT603
{
    [Function("port603"), HttpTrigger("POST", "/port603"), AllowAnonymous]
    public async Task<int> Judge(string order, CancellationToken cancellationToken)
    {
        try
        {
            return await Score(order, cancellationToken);
        }
        catch (StepFailed)
        {
            return 50;
        }
    }

    [Inference("port603-model")]
    public partial Task<int> Score(string order, CancellationToken cancellationToken = default);
}
