namespace LLama
{
    public sealed class LLamaWeights : System.IDisposable
    {
        public static LLamaWeights LoadFromFile(Common.ModelParams parameters) => throw null!;

        public void Dispose() => throw null!;
    }

    public sealed class StatelessExecutor
    {
        public StatelessExecutor(LLamaWeights weights, Common.ModelParams parameters) => throw null!;

        public System.Collections.Generic.IAsyncEnumerable<string> InferAsync(string prompt) => throw null!;
    }
}

namespace LLama.Common
{
    public sealed class ModelParams
    {
        public ModelParams(string modelPath) => throw null!;
    }
}
