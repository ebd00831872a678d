namespace ILGPU;

public sealed class Context;
