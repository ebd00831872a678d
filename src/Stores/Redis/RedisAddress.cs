using System.Globalization;

namespace Portable.Idempotency;

/// <summary>Where a Redis server is and how to enter.</summary>
internal sealed record RedisAddress(string Host, int Port, string? User, string? Password, int Database, bool UseTls)
{
    private const int DefaultPort = 6379;

    public static RedisAddress Parse(string configuration)
    {
        ArgumentException.ThrowIfNullOrEmpty(configuration);
        return configuration.Contains("://", StringComparison.Ordinal) ? ParseUri(configuration) : ParseOptions(configuration);
    }

    // Never with the text itself: it may hold a password.
    private static RedisAddress ParseUri(string configuration)
    {
        if (!Uri.TryCreate(configuration, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0)
        {
            throw new FormatException("The address of the Redis server is not of the form redis://user:password@host:port/database, or rediss:// for TLS.");
        }

        var entry = uri.UserInfo.Split(':', 2);
        var path = uri.AbsolutePath.Trim('/');
        return new RedisAddress(
            uri.Host,
            uri.Port > 0 ? uri.Port : DefaultPort,
            entry.Length == 2 && entry[0].Length > 0 ? Uri.UnescapeDataString(entry[0]) : null,
            entry.Length == 2 ? Uri.UnescapeDataString(entry[1]) : null,
            path.Length == 0 ? 0 : Number(path, "database"),
            uri.Scheme == "rediss");
    }

    private static RedisAddress ParseOptions(string configuration)
    {
        var parts = configuration.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length == 0 || parts[0].Contains('='))
        {
            throw new FormatException("The address of the Redis server begins with host or host:port.");
        }

        var colon = parts[0].LastIndexOf(':');
        var address = new RedisAddress(
            colon < 0 ? parts[0] : parts[0][..colon], colon < 0 ? DefaultPort : Number(parts[0][(colon + 1)..], "port"), null, null, 0, false);
        foreach (var part in parts.AsSpan(1))
        {
            var equals = part.IndexOf('=');
            var (name, value) = equals < 0 ? (part, "") : (part[..equals], part[(equals + 1)..]);
            address = name.ToLowerInvariant() switch
            {
                "user" => address with { User = value },
                "password" => address with { Password = value },
                "ssl" => address with { UseTls = bool.TryParse(value, out var tls) ? tls : throw new FormatException("The option 'ssl' of the Redis server is true or false.") },
                "defaultdatabase" => address with { Database = Number(value, "database") },
                "abortconnect" => address, // of StackExchange.Redis, in nearly every connection string; here a connection is made when it is needed
                _ => throw new FormatException($"The Redis server has no option '{name}': use user, password, ssl and defaultDatabase, or hand over a client of your own."),
            };
        }

        return address;
    }

    private static int Number(string text, string name) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 65535
        ? number
        : throw new FormatException($"The {name} of the Redis server is no number.");
}
