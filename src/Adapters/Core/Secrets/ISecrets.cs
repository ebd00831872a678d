namespace Portable;

/// <summary>
/// The secrets of the application, for code that is no handler: handlers take <c>[Secret("payment-key")] string key</c>, and options classes have
/// properties with the attribute. Values are read once and again after a while; what is logged never shows them.
/// </summary>
public interface ISecrets
{
    /// <summary>A secret that a <see cref="SecretAttribute"/> names, read before the invocation began.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="MissingSecretException">There is none of that name, or nothing has read it yet.</exception>
    string Get(string name);

    /// <summary>Any secret.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MissingSecretException">There is none of that name; the message says where it was looked for.</exception>
    ValueTask<string> GetAsync(string name, CancellationToken cancellationToken = default);
}

/// <summary>A secret is not there or may not be read. The message names it and says where it is looked for; it never has a value.</summary>
public sealed class MissingSecretException(string message, Exception? innerException = null) : InvalidOperationException(message, innerException);
