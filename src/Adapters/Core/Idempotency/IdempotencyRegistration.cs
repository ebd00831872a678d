using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Portable.Runtime.Idempotency;

namespace Portable;

/// <summary>Says in a startup class what idempotent functions remember their work with.</summary>
public static class IdempotencyRegistration
{
    /// <summary>Uses a store of your own.</summary>
    public static IPortableBuilder UseIdempotencyStore(this IPortableBuilder app, Func<IServiceProvider, IIdempotencyStore> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        app.Services.Replace(ServiceDescriptor.Singleton(create));
        app.Services.TryAddSingleton<IdempotencyFlights>();
        return app;
    }

    /// <summary>Remembers in this process alone: for tests. Another process, and this one after a restart, knows nothing of it.</summary>
    public static IPortableBuilder UseMemoryIdempotency(this IPortableBuilder app) =>
        app.UseIdempotencyStore(static services => new MemoryIdempotencyStore(services.GetRequiredService<TimeProvider>()));

    /// <summary>Changes times and limits.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public static IPortableBuilder ConfigureIdempotency(this IPortableBuilder app, Action<IdempotencyOptions> configure)
    {
        var options = new IdempotencyOptions();
        configure(options);
        options.Validate();
        app.Services.Replace(ServiceDescriptor.Singleton(options));
        return app;
    }
}
