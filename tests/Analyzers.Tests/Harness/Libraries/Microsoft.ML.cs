namespace Microsoft.ML;

public class MLContext
{
    public MLContext(int? seed = null) => throw null!;

    public ModelOperationsCatalog Model => throw null!;
}

public interface ITransformer;

public sealed class DataViewSchema;

public sealed class ModelOperationsCatalog
{
    public ITransformer Load(string filePath, out DataViewSchema inputSchema) => throw null!;

    public PredictionEngine<TSrc, TDst> CreatePredictionEngine<TSrc, TDst>(ITransformer transformer)
        where TSrc : class
        where TDst : class, new() => throw null!;
}

public abstract class PredictionEngineBase<TSrc, TDst>
{
    public TDst Predict(TSrc example) => throw null!;
}

public sealed class PredictionEngine<TSrc, TDst> : PredictionEngineBase<TSrc, TDst>;
