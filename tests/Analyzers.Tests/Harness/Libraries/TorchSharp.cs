namespace TorchSharp;

public static class torch
{
    public static class jit
    {
        public static ScriptModule load(string filename) => throw null!;

        public class ScriptModule
        {
            public object forward(params object[] input) => throw null!;
        }
    }
}
