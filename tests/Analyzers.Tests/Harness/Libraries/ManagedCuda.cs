namespace ManagedCuda;

public sealed class CudaContext;
