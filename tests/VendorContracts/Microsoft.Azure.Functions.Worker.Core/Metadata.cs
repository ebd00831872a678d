namespace Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;

public interface IFunctionMetadata
{
    string? FunctionId { get; }

    bool IsProxy { get; }

    string? Language { get; }

    bool ManagedDependencyEnabled { get; }

    string? Name { get; }

    string? EntryPoint { get; }

    IList<string>? RawBindings { get; }

    string? ScriptFile { get; }

    IRetryOptions? Retry { get; }
}

public interface IRetryOptions
{
    int MaxRetryCount { get; }

    TimeSpan? DelayInterval { get; }

    TimeSpan? MinimumInterval { get; }

    TimeSpan? MaximumInterval { get; }
}

public class DefaultRetryOptions : IRetryOptions
{
    public int MaxRetryCount { get; set; }

    public TimeSpan? DelayInterval { get; set; }

    public TimeSpan? MinimumInterval { get; set; }

    public TimeSpan? MaximumInterval { get; set; }
}

public class DefaultFunctionMetadata : IFunctionMetadata
{
    public string? FunctionId => throw null!;

    public bool IsProxy { get; set; }

    public string? Language { get; set; }

    public bool ManagedDependencyEnabled { get; set; }

    public string? Name { get; set; }

    public string? EntryPoint { get; set; }

    public IList<string>? RawBindings { get; set; }

    public string? ScriptFile { get; set; }

    public IRetryOptions? Retry { get; set; }
}

public interface IFunctionMetadataTransformer
{
    string Name { get; }

    void Transform(IList<IFunctionMetadata> original);
}
