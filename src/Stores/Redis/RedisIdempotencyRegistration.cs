using Microsoft.Extensions.DependencyInjection;
using Portable.Idempotency;

namespace Portable;

/// <summary>Says in a startup class that idempotent functions remember their work in Redis.</summary>
public static class RedisIdempotencyRegistration
{
    /// <summary>What keys begin with when nothing else is said.</summary>
    public const string DefaultPrefix = "portable:idempotency:";

    /// <summary>Remembers in a Redis server, over a connection of its own.</summary>
    /// <param name="app">The application.</param>
    /// <param name="configuration">
    /// <c>redis://user:password@host:6379/0</c>, <c>rediss://...</c> with TLS, or <c>host:6380,user=...,password=...,ssl=true,defaultDatabase=0</c>.
    /// </param>
    /// <param name="prefix">What keys begin with: another one for each deployment that shares the server.</param>
    /// <exception cref="FormatException">The configuration is malformed; the message says where.</exception>
    public static IPortableBuilder UseRedisIdempotency(this IPortableBuilder app, string configuration, string prefix = DefaultPrefix)
    {
        RedisAddress.Parse(configuration); // here and not at the first message
        return app.UseIdempotencyStore(services => new RedisIdempotencyStore(configuration, prefix, services.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Remembers in Redis, by means of a client that the application has already.</summary>
    /// <param name="app">The application.</param>
    /// <param name="script">Makes what runs a script.</param>
    /// <param name="prefix">What keys begin with.</param>
    public static IPortableBuilder UseRedisIdempotency(this IPortableBuilder app, Func<IServiceProvider, RedisScript> script, string prefix = DefaultPrefix)
    {
        ArgumentNullException.ThrowIfNull(script);
        return app.UseIdempotencyStore(services => new RedisIdempotencyStore(script(services), prefix));
    }
}
