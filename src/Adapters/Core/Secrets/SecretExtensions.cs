using Microsoft.Extensions.DependencyInjection;

namespace Portable;

/// <summary>How emitted code, and code that is no handler, takes a secret.</summary>
public static class SecretExtensions
{
    /// <summary>A secret that was read before the invocation began.</summary>
    /// <param name="services">The services of the invocation.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="MissingSecretException">There is none of that name.</exception>
    public static string GetSecret(this IServiceProvider services, string name) => services.GetRequiredService<ISecrets>().Get(name);
}
