using Microsoft.Extensions.DependencyInjection;

namespace Portable.Runtime;

/// <summary>The secrets of an application as the generator found them; emitted code makes it.</summary>
/// <param name="source">Where the cloud keeps secrets; <see langword="null"/> where there is the environment alone.</param>
/// <param name="functions">The names of the secrets that each function takes.</param>
/// <param name="options">The names of those that options classes have, which any function may use.</param>
/// <param name="bind">Sets the properties of options classes.</param>
public sealed class SecretsDefinition(
    ISecretSource? source = null,
    IReadOnlyDictionary<string, IReadOnlyList<string>>? functions = null,
    IReadOnlyList<string>? options = null,
    Action<IServiceCollection, ISecrets>? bind = null)
{
    /// <summary>Where the cloud keeps secrets.</summary>
    public ISecretSource? Source { get; } = source;

    internal void Bind(IServiceCollection services, ISecrets secrets) => bind?.Invoke(services, secrets);

    /// <summary>What must be there for a function; for all where none is named.</summary>
    internal IReadOnlyCollection<string> NamesOf(FunctionDefinition? function)
    {
        var names = new SortedSet<string>(options ?? [], StringComparer.Ordinal);
        foreach (var (owner, own) in functions ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            if (function is null || function.Name == owner)
            {
                names.UnionWith(own);
            }
        }

        return names;
    }
}
