namespace Portable.Runtime;

/// <summary>
/// A request as a platform's envelope has it. Adapters read their envelope on demand: what no parameter is bound to is never parsed.
/// </summary>
public abstract class HttpEnvelope
{
    /// <summary>The method in upper case.</summary>
    public abstract string Method { get; }

    /// <summary>The path, decoded, from the first slash on.</summary>
    public abstract string Path { get; }

    /// <summary>The body.</summary>
    public abstract ReadOnlyMemory<byte> Body { get; }

    /// <summary>The value of a route parameter, decoded.</summary>
    public abstract string? Route(string name);

    /// <summary>The first value of that name in the query string, decoded.</summary>
    public abstract string? Query(string name);

    /// <summary>Every value of that name in the query string, decoded, in order.</summary>
    public abstract IReadOnlyList<string> QueryAll(string name);

    /// <summary>What the platform's own authoriser says of the caller, where the envelope has a place for it that no caller can write to; <see langword="null"/> otherwise.</summary>
    public virtual IReadOnlyList<KeyValuePair<string, string>>? PlatformClaims => null;

    /// <summary>The value of a header, ignoring the case of its name; several values are joined by a comma.</summary>
    public abstract string? Header(string name);
}

/// <summary>One HTTP invocation.</summary>
public sealed class HttpCall(HttpEnvelope request, InvocationContext context)
{
    /// <summary>The request.</summary>
    public HttpEnvelope Request { get; } = request;

    /// <summary>The invocation.</summary>
    public InvocationContext Context { get; } = context;
}
