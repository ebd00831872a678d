namespace Portable.Runtime;

/// <summary>Lets nobody in: the project asks for a check whose package it does not reference. The build says so too, as PORT802.</summary>
/// <param name="package">The package.</param>
public sealed class MissingAuthorization(string package) : HttpAuthorization
{
    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always.</exception>
    public override ValueTask<HttpReply?> CheckAsync(HttpCall call, TimeProvider time) =>
        throw new InvalidOperationException($"The project does not reference {package}, which checks the callers of '{call.Context.FunctionName}': nobody is let in.");
}
