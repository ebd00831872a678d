using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Portable.Runtime;

/// <summary>
/// The secrets that have been read. The environment comes first, <c>PORTABLE_SECRET_{NAME}</c>: platforms put what their own references resolve to
/// there, and people what they try out. What comes from the cloud's store is read again after a while, so that a rotated secret arrives; when that
/// fails, the old value stays, and the log says so.
/// </summary>
internal sealed class SecretStore(SecretsDefinition definition, PortableApp app, Func<string, string?> environment) : ISecrets
{
    /// <summary>What the name of a secret's variable begins with.</summary>
    public const string VariablePrefix = "PORTABLE_SECRET_";

    /// <summary>The variable that says for how many seconds a value is kept.</summary>
    public const string LifetimeVariable = "PORTABLE_SECRETS_SECONDS";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Entry> _values = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyCollection<string>> _names = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly TimeSpan _lifetime = int.TryParse(environment(LifetimeVariable), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
        ? TimeSpan.FromSeconds(seconds)
        : TimeSpan.FromMinutes(5);

    /// <summary>The variable of a secret: <c>PORTABLE_SECRET_PAYMENT_KEY</c>.</summary>
    public static string VariableOf(string name) => VariablePrefix + name.Replace('-', '_').ToUpperInvariant();

    /// <inheritdoc/>
    public string Get(string name) => _values.TryGetValue(name, out var entry) ? entry.Value : throw new MissingSecretException(Missing(name));

    /// <inheritdoc/>
    public async ValueTask<string> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        if (!IsFresh(name))
        {
            await ReadAsync([name], cancellationToken).ConfigureAwait(false);
        }

        return Get(name);
    }

    /// <summary>Whether the secrets of a function need not be read now.</summary>
    public bool IsFresh(FunctionDefinition function)
    {
        foreach (var name in NamesOf(function))
        {
            if (!IsFresh(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads the secrets of a function, or of all.</summary>
    /// <exception cref="MissingSecretException">Some are not there; the message names them all.</exception>
    public async ValueTask LoadAsync(FunctionDefinition? function, CancellationToken cancellationToken)
    {
        var stale = (function is null ? definition.NamesOf(null) : NamesOf(function)).Where(name => !IsFresh(name)).ToList();
        if (stale.Count > 0)
        {
            await ReadAsync(stale, cancellationToken).ConfigureAwait(false);
        }
    }

    private IReadOnlyCollection<string> NamesOf(FunctionDefinition function) =>
        _names.TryGetValue(function.Name, out var names) ? names : _names.GetOrAdd(function.Name, definition.NamesOf(function));

    private bool IsFresh(string name) => _values.TryGetValue(name, out var entry) && entry.Until > app.Time.GetUtcNow();

    // One reader at a time: who waits finds what the other has read.
    private async ValueTask ReadAsync(List<string> names, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            List<string>? missing = null;
            Exception? reason = null;
            foreach (var name in names)
            {
                if (IsFresh(name))
                {
                    continue;
                }

                try
                {
                    if (await FindAsync(name, cancellationToken).ConfigureAwait(false) is { } found)
                    {
                        app.Mask.Add(found.Value);
                        _values[name] = found;
                        continue;
                    }
                }
                catch (Exception e) when (e is InvalidOperationException or HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
                {
                    reason ??= e;
                }

                if (_values.TryGetValue(name, out var old))
                {
                    _values[name] = old with { Until = app.Time.GetUtcNow() + RetryAfter };
                    Log.SecretNotRefreshed(app.CreateLogger("Portable"), name, reason?.Message ?? "It is no longer there.");
                    continue;
                }

                (missing ??= []).Add(reason is null ? Missing(name) : $"The secret '{name}' could not be read: {reason.Message}");
            }

            if (missing is not null)
            {
                throw new MissingSecretException(string.Join(' ', missing), reason);
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    private async ValueTask<Entry?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (environment(VariableOf(name)) is { Length: > 0 } injected)
        {
            return new Entry(Resolved(name, injected), DateTimeOffset.MaxValue);
        }

        if (definition.Source is not { } source)
        {
            return null;
        }

        using var timeout = new CancellationTokenSource(Timeout, app.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await source.FindAsync(name, linked.Token).ConfigureAwait(false) is { Length: > 0 } value ? new Entry(value, app.Time.GetUtcNow() + _lifetime) : null;
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            throw new InvalidOperationException($"{source.Place(name)} did not answer within {Timeout.TotalSeconds:0} seconds.", e);
        }
    }

    // Azure leaves a reference that it cannot resolve as it is, and a function that signs in with that text would be hard to understand.
    private static string Resolved(string name, string value) => !value.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase)
        ? value
        : throw new InvalidOperationException($"{VariableOf(name)} is a Key Vault reference that the platform has not resolved: let the application's identity read the secret, and see the reference's status in the portal.");

    private string Missing(string name) =>
        $"The secret '{name}' is missing: it is looked for in the environment variable {VariableOf(name)}{(definition.Source is { } source ? " and in " + source.Place(name) : "")}.";

    private sealed record Entry(string Value, DateTimeOffset Until);
}
