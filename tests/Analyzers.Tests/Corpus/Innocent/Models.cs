//// inference with a fallback
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        try
        {
            return await Judge(order, cancellationToken);
        }
        catch (StepFailed)
        {
            return new Receipt(order.Id, order.Cents > 50_000 ? "later" : "placed");
        }
    }

    [Inference("risk-model", TimeoutSeconds = 5)]
    public partial Task<Receipt> Judge(Order order, CancellationToken cancellationToken = default);
}

//// inference with a fallback in the service that asks
namespace Shop;

public sealed class Judges(ILogger<Judges> logger)
{
    public async Task<Receipt> Of(Orders orders, Order order)
    {
        try
        {
            return await orders.Judge(order);
        }
        catch (StepFailed failure)
        {
            logger.LogWarning("No model: {Code}", failure.Code);
            return new Receipt(order.Id, "placed");
        }
    }
}

public sealed partial class Orders(Judges judges)
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public Task<Receipt> Place(Order order) => judges.Of(this, order);

    [Inference("risk-model", TimeoutSeconds = 5)]
    public partial Task<Receipt> Judge(Order order, CancellationToken cancellationToken = default);
}

//// inference as a step of a workflow
namespace Shop;

public sealed partial class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Judge, order);

    [Inference("risk-model", TimeoutSeconds = 55)]
    public partial Task<Receipt> Judge(Order order, CancellationToken cancellationToken = default);
}

//// slow model behind a workflow that a request starts
namespace Shop;

public sealed partial class Stories(IWorkflowClient workflows)
{
    [Function, HttpTrigger("POST", "/stories"), AllowAnonymous]
    public async Task<string> Tell(Order order, CancellationToken cancellationToken) =>
        await workflows.Start("stories", order, cancellationToken: cancellationToken);

    [Workflow("stories")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Write, order);

    [Inference("story-model", TimeoutSeconds = 50)]
    public partial Task<Receipt> Write(Order order, CancellationToken cancellationToken = default);
}

//// a small picture
using System.ComponentModel.DataAnnotations;

namespace Shop;

public sealed record Picture(string Id, [MaxLength(2_000_000)] byte[] Bytes);

public sealed partial class Vision
{
    [Workflow("vision")]
    public async Task<Receipt> Run(IWorkflow flow, Picture picture) => await flow.Step(See, picture);

    [Inference("vision", TimeoutSeconds = 20)]
    public partial Task<Receipt> See(Picture picture, CancellationToken cancellationToken = default);
}

//// an endpoint of one's own
// property: PortableTargetedClouds=gcp,azure
namespace Shop;

public sealed partial class Vision
{
    [Workflow("vision")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(See, order);

    [Inference("vision", Http = true, TimeoutSeconds = 45)]
    public partial Task<Receipt> See(Order order, CancellationToken cancellationToken = default);
}

//// model in a worker beside the functions
// library: Microsoft.ML.OnnxRuntime
using Microsoft.ML.OnnxRuntime;

namespace Shop;

public sealed class Trainer
{
    private readonly InferenceSession _session = new("fraud.onnx");

    public int Check(Order order) => _session.Run([order.Cents]).Count;
}

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string Get(string id) => id;
}

//// tokens are counted
// library: Microsoft.ML.Tokenizers
using Microsoft.ML.Tokenizers;

namespace Shop;

public sealed class Prompts(Tokenizer tokenizer)
{
    [Function, HttpTrigger("POST", "/prompts"), AllowAnonymous]
    public bool Fits([FromBody] string prompt) => tokenizer.CountTokens(prompt) < 8_000;
}

//// a class of one's own that is called Model
namespace Shop;

public sealed class Model
{
    public int Predict(Order order) => order.Cents / 100;
}

public sealed class Prices(Model model)
{
    [Function, HttpTrigger("POST", "/prices"), AllowAnonymous]
    public int Of(Order order) => model.Predict(order);
}

//// arithmetic that looks like a model
namespace Shop;

public static class Scores
{
    private static readonly double[] Weights = [0.4, 0.35, 0.25];

    [Function, HttpTrigger("POST", "/scores"), AllowAnonymous]
    public static double Of([FromBody] double[] features) => features.Zip(Weights, (x, w) => x * w).Sum();
}

//// message that asks a model
namespace Shop;

public sealed partial class Labels(IOrderStore store)
{
    [Function, QueueTrigger("labels"), DeadLetter("labels-dead"), Idempotent(nameof(Order.Id))]
    public async Task Label(Order order, CancellationToken cancellationToken)
    {
        var receipt = await Judge(order, cancellationToken);
        await store.Save(order with { CustomerId = receipt.Status }, cancellationToken);
    }

    [Inference("label-model", TimeoutSeconds = 8)]
    public partial Task<Receipt> Judge(Order order, CancellationToken cancellationToken = default);
}

//// inference that is raced against a rule
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("POST", "/orders"), AllowAnonymous]
    public async Task<Receipt> Place(Order order, CancellationToken cancellationToken)
    {
        var judged = Judge(order, cancellationToken);
        var first = await Task.WhenAny(judged, Task.Delay(TimeSpan.FromSeconds(3), cancellationToken));
        return first == judged && judged.IsCompletedSuccessfully ? await judged : new Receipt(order.Id, "placed");
    }

    [Inference("risk-model", TimeoutSeconds = 5)]
    public partial Task<Receipt> Judge(Order order, CancellationToken cancellationToken = default);
}
