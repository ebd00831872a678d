// 'Tell' waits for the inference 'Write', which may take 45 s: the function is paid for all that time, and gateways give up before it answers; start a workflow that runs it as a step, or call the endpoint's asynchronous interface and answer at once
using Portable;

namespace Traps.Inference;

public sealed partial class PORT605
{
    [Function("port605"), HttpTrigger("POST", "/port605"), AllowAnonymous]
    public Task<string> Tell(string topic, CancellationToken cancellationToken) => Write(topic, cancellationToken);

    [Inference("port605-model", TimeoutSeconds = 45)]
    public partial Task<string> Write(string topic, CancellationToken cancellationToken = default);
}
