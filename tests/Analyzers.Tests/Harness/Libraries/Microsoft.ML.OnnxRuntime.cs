namespace Microsoft.ML.OnnxRuntime;

public sealed class InferenceSession : System.IDisposable
{
    public InferenceSession(string modelPath) => throw null!;

    public InferenceSession(byte[] model) => throw null!;

    public System.Collections.Generic.IReadOnlyList<object> Run(System.Collections.Generic.IReadOnlyCollection<object> inputs) => throw null!;

    public void Dispose() => throw null!;
}
