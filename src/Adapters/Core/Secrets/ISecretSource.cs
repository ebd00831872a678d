namespace Portable.Runtime;

/// <summary>Where a cloud keeps secrets; one implementation per cloud, named by emitted code where an application has secrets.</summary>
public interface ISecretSource
{
    /// <summary>Where it looks, for the message when there is nothing: <c>a secret 'x' of Secrets Manager</c>.</summary>
    /// <param name="name">The name of the secret.</param>
    string Place(string name);

    /// <summary>Reads a secret.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The value; <see langword="null"/> where there is none of that name.</returns>
    /// <exception cref="InvalidOperationException">It may not be read, or the service could not be reached; the message says which.</exception>
    ValueTask<string?> FindAsync(string name, CancellationToken cancellationToken);
}
