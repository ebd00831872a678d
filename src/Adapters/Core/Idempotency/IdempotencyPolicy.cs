namespace Portable.Runtime.Idempotency;

/// <summary>What <see cref="IdempotentAttribute"/> says of one function; emitted code makes it.</summary>
/// <param name="application">What no other application has that shares the store: the name of the assembly.</param>
/// <param name="function">The function.</param>
public sealed class IdempotencyPolicy(string application, string function)
{
    /// <summary>The application.</summary>
    public string Application { get; } = application;

    /// <summary>The function.</summary>
    public string Function { get; } = function;

    /// <summary>How long a result is kept, and with it the memory that the work was done.</summary>
    public TimeSpan ExpiresAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>What happens when the store cannot be asked.</summary>
    public StoreFailure OnStoreFailure { get; init; } = StoreFailure.Fail;

    /// <summary>Whether another payload under the same key is an error.</summary>
    public bool ValidatesPayload { get; init; }
}
