// 'Score' runs a model inside a function (new InferenceSession): its files make the package large, every new instance loads them again, and there is no GPU; put it on an endpoint and call that with [Inference]
using Microsoft.ML.OnnxRuntime;
using Portable;

namespace Traps.Inference
{
    public static class PORT601
    {
        [Function("port601"), HttpTrigger("POST", "/port601"), AllowAnonymous]
        public static int Score(string order) => new InferenceSession(order).Run();
    }
}

// What the package of that name has, so that the sample needs no package of 100 MB.
namespace Microsoft.ML.OnnxRuntime
{
    public sealed class InferenceSession(string path)
    {
        public int Run() => path.Length;
    }
}
