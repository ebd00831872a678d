//// ONNX per request
// library: Microsoft.ML.OnnxRuntime
using Microsoft.ML.OnnxRuntime;

namespace Shop;

public static class Fraud
{
    [Function, HttpTrigger("POST", "/fraud"), AllowAnonymous]
    public static int Score(Order order)
    {
        using var session = [|new InferenceSession("fraud.onnx")|];
        return session.Run([order.Cents]).Count;
    }
}

//// ONNX in a static field
// library: Microsoft.ML.OnnxRuntime
using Microsoft.ML.OnnxRuntime;

namespace Shop;

public static class Fraud
{
    private static readonly InferenceSession Session = [|new("fraud.onnx")|];

    [Function, HttpTrigger("POST", "/fraud"), AllowAnonymous]
    public static int Score(Order order) => Session.Run([order.Cents]).Count;
}

//// ONNX, lazily
// library: Microsoft.ML.OnnxRuntime
using Microsoft.ML.OnnxRuntime;

namespace Shop;

public static class Fraud
{
    private static readonly Lazy<InferenceSession> Session = new(() => [|new InferenceSession("fraud.onnx")|]);

    [Function, HttpTrigger("POST", "/fraud"), AllowAnonymous]
    public static int Score(Order order) => Session.Value.Run([order.Cents]).Count;
}

//// ONNX, injected
// library: Microsoft.ML.OnnxRuntime
using Microsoft.ML.OnnxRuntime;

namespace Shop;

public sealed class Fraud(InferenceSession [|session|])
{
    [Function, HttpTrigger("POST", "/fraud"), AllowAnonymous]
    public int Score(Order order) => session.Run([order.Cents]).Count;
}

//// ONNX behind an interface
// library: Microsoft.ML.OnnxRuntime
using Microsoft.ML.OnnxRuntime;

namespace Shop;

public interface IScores
{
    int Of(Order order);
}

public sealed class Scores : IScores
{
    private readonly InferenceSession _session = new("fraud.onnx");

    public int Of(Order order) => _session.Run([order.Cents]).Count;
}

public sealed class Fraud(IScores scores)
{
    [Function, HttpTrigger("POST", "/fraud"), AllowAnonymous]
    public int Score(Order order) => [|scores.Of(order)|];
}

//// ML.NET
// library: Microsoft.ML
using Microsoft.ML;

namespace Shop;

public sealed class Churn
{
    [Function, HttpTrigger("POST", "/churn"), AllowAnonymous]
    public bool Predict(Order order)
    {
        var context = new MLContext();
        var model = [|context.Model.Load("churn.zip", out _)|];
        var engine = context.Model.CreatePredictionEngine<Order, Prediction>(model);
        return engine.Predict(order).Leaves;
    }

    public sealed class Prediction
    {
        public bool Leaves { get; set; }
    }
}

//// TorchSharp in a step
// library: TorchSharp
using TorchSharp;

namespace Shop;

public sealed class Vision
{
    [Workflow("vision")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(See, order);

    [Step]
    public Task<Receipt> See(Order order)
    {
        var module = [|torch.jit.load("vision.pt")|];
        return Task.FromResult(new Receipt(order.Id, module.forward(order.Cents).ToString()!));
    }
}

//// a language model in the constructor
// library: LLamaSharp
using LLama;
using LLama.Common;

namespace Shop;

public sealed class Stories
{
    private readonly LLamaWeights _weights;

    public Stories()
    {
        _weights = [|LLamaWeights.LoadFromFile(new ModelParams("story.gguf"))|];
    }

    [Function, HttpTrigger("POST", "/stories"), AllowAnonymous]
    public string Tell(Order order) => order.Id + _weights.GetHashCode();
}

//// TensorFlow
// library: Tensorflow.Binding
using Tensorflow;

namespace Shop;

public static class Forecast
{
    [Function, HttpTrigger("POST", "/forecast"), AllowAnonymous]
    public static string Run(Order order) => [|new Session(new Graph())|].run(order).ToString()!;
}
