//// onnx
// property: PortableGpuPackages=Microsoft.ML.OnnxRuntime.Gpu
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string [|Get|](string id) => id;
}

//// torch, through another package
// property: PortableGpuPackages=libtorch-cuda-12.1-linux-x64,TorchSharp-cuda-linux
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function("find"), HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public Task<Order?> [|Find|](string id, CancellationToken cancellationToken) => store.Find(id, cancellationToken);

    [Function("list"), HttpTrigger("GET", "/orders"), AllowAnonymous]
    public string List() => "";
}

//// a language model
// property: PortableGpuPackages=LLamaSharp.Backend.Cuda12
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string [|Get|](string id) => id;
}

//// tensorflow
// property: PortableGpuPackages=SciSharp.TensorFlow.Redist-Linux-GPU
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function("find"), HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public Task<Order?> [|Find|](string id, CancellationToken cancellationToken) => store.Find(id, cancellationToken);

    [Function("list"), HttpTrigger("GET", "/orders"), AllowAnonymous]
    public string List() => "";
}

//// cuda by hand
// library: ManagedCuda
namespace Shop;

public static class Orders
{
    [Function, HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public static string [|Get|](string id) => id;
}

//// ilgpu
// library: ILGPU
namespace Shop;

public sealed class Orders(IOrderStore store)
{
    [Function("find"), HttpTrigger("GET", "/orders/{id}"), AllowAnonymous]
    public Task<Order?> [|Find|](string id, CancellationToken cancellationToken) => store.Find(id, cancellationToken);

    [Function("list"), HttpTrigger("GET", "/orders"), AllowAnonymous]
    public string List() => "";
}
