namespace Microsoft.ML.Tokenizers;

public abstract class Tokenizer
{
    public int CountTokens(string text) => throw null!;
}

public sealed class TiktokenTokenizer : Tokenizer
{
    public static TiktokenTokenizer CreateForModel(string modelName) => throw null!;
}
