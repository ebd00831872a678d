// The project references libtorch-cuda-12.1, TorchSharp-cuda-linux: no function has a GPU, and native libraries for one are far larger than a package may be; reference what runs without, or put the model on an endpoint and call that with [Inference]
using Portable;

namespace Traps.Whole.Inference;

public static class PORT602
{
    [Function("port602"), HttpTrigger("GET", "/port602/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}
