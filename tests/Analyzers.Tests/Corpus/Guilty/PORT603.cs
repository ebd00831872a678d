//// only a name
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public string Get(string id) => id;

    [[|Inference("risk-model")|]]
    public partial Task<Receipt> Judge(Order order, CancellationToken cancellationToken = default);
}

//// zero
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public string Get(string id) => id;

    [[|Inference("risk-model", TimeoutSeconds = 0)|]]
    public partial Task<Receipt> Judge(Order order, CancellationToken cancellationToken = default);
}

//// an address
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public string Get(string id) => id;

    [[|Inference("risk-model", Http = true)|]]
    public partial Task<Receipt> Judge(Order order, CancellationToken cancellationToken = default);
}

//// beside another attribute
namespace Shop;

public sealed partial class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public string Get(string id) => id;

    [Obsolete("Ask the new one."), [|Inference("risk-model")|]]
    public partial Task<Receipt> Judge(Order order, CancellationToken cancellationToken = default);
}

//// a constant name
namespace Shop;

public sealed partial class Orders
{
    private const string Model = "risk-model";

    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public string Get(string id) => id;

    [[|Inference(Model)|]]
    public partial Task<Receipt> Judge(Order order, CancellationToken cancellationToken = default);
}

//// in a workflow's class
namespace Shop;

public sealed partial class Fulfilment
{
    [Workflow("fulfilment")]
    public async Task<Receipt> Run(IWorkflow flow, Order order) => await flow.Step(Judge, order);

    [[|Inference("risk-model")|]]
    public partial Task<Receipt> Judge(Order order, CancellationToken cancellationToken = default);
}
