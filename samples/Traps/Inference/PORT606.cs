// 'Judge' answers a request with the inference 'Score' and has no other answer: when the endpoint is busy, starting or gone, so is the function; catch StepFailed and answer with a rule, a neutral value or what was known last
using Portable;

namespace Traps.Inference;

public sealed partial class PORT606
{
    [Function("port606"), HttpTrigger("POST", "/port606"), AllowAnonymous]
    public Task<int> Judge(string order, CancellationToken cancellationToken) => Score(order, cancellationToken);

    [Inference("port606-model", TimeoutSeconds = 5)]
    public partial Task<int> Score(string order, CancellationToken cancellationToken = default);
}
