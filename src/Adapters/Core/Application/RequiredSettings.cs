using Microsoft.Extensions.Configuration;

namespace Portable;

/// <summary>Settings that an application cannot work without.</summary>
public static class RequiredSettings
{
    /// <summary>A setting that must be there. Startup classes ask for it, so that a process without it ends at its start and says what is missing.</summary>
    /// <param name="configuration">The configuration: <see cref="IPortableBuilder.Configuration"/>.</param>
    /// <param name="key">The key, such as <c>Payments:Url</c>.</param>
    /// <exception cref="MissingSettingException">It is not there or empty.</exception>
    public static string Require(this IConfiguration configuration, string key)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentException.ThrowIfNullOrEmpty(key);
        return configuration[key] is { Length: > 0 } value ? value : throw new MissingSettingException(key);
    }
}

/// <summary>A setting is missing; the message names it and says where it can be set.</summary>
public sealed class MissingSettingException : InvalidOperationException
{
    internal MissingSettingException(string key)
        : base($"The setting '{key}' is missing: set the environment variable {key.Replace(":", "__", StringComparison.Ordinal)}, or '{key}' in appsettings.json.") => Key = key;

    /// <summary>The key of the setting.</summary>
    public string Key { get; }
}
