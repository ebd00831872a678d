using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;

namespace Portable;

/// <summary>How code gets at queues and buckets that is no handler: handlers take <c>[Queue("orders")] IQueue&lt;Order&gt;</c> and <c>[Bucket("uploads")] IBlobStore</c>.</summary>
public static class OutputExtensions
{
    /// <summary>The queue of that name.</summary>
    /// <typeparam name="T">The type of the bodies.</typeparam>
    /// <param name="services">The services of an invocation; correlation id and trace context are taken from it.</param>
    /// <param name="name">The name of the queue, as triggers name it.</param>
    /// <exception cref="ArgumentException">No cloud would take the name.</exception>
    /// <exception cref="InvalidOperationException">The application was built as one that sends nothing.</exception>
    public static IQueue<T> GetQueue<T>(this IServiceProvider services, string name) =>
        GetQueue<T>(services, name, null);

    /// <summary>The queue of that name; emitted code calls this.</summary>
    /// <typeparam name="T">The type of the bodies.</typeparam>
    /// <param name="services">The services of an invocation.</param>
    /// <param name="name">The name of the queue.</param>
    /// <param name="type">The JSON contract of the bodies; that of the application's contexts when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">No cloud would take the name.</exception>
    /// <exception cref="InvalidOperationException">The application was built as one that sends nothing.</exception>
    public static IQueue<T> GetQueue<T>(this IServiceProvider services, string name, JsonTypeInfo<T>? type) =>
        Source(services).Queue(name, type, services.GetRequiredService<CurrentInvocation>());

    /// <summary>The bucket of that name.</summary>
    /// <param name="services">The services of an invocation.</param>
    /// <param name="name">The name of the bucket, as triggers name it.</param>
    /// <exception cref="ArgumentException">No cloud would take the name.</exception>
    /// <exception cref="InvalidOperationException">The application was built as one that sends nothing.</exception>
    public static IBlobStore GetBucket(this IServiceProvider services, string name) => Source(services).Bucket(name);

    /// <summary>Lets services of the application take <c>IQueue&lt;T&gt;</c> in their constructor. They must be scoped or transient, as invocations are.</summary>
    /// <typeparam name="T">The type of the bodies; one queue for each.</typeparam>
    /// <param name="app">The application.</param>
    /// <param name="name">The name of the queue.</param>
    /// <exception cref="ArgumentException">No cloud would take the name.</exception>
    public static IPortableBuilder AddQueue<T>(this IPortableBuilder app, string name)
    {
        ArgumentNullException.ThrowIfNull(app);
        OutputNames.Check("queue", name);
        app.Services.AddScoped(services => services.GetQueue<T>(name));
        return app;
    }

    /// <summary>Lets services of the application take <see cref="IBlobStore"/> in their constructor, or, where there are several, by key: <c>[FromKeyedServices("uploads")]</c>.</summary>
    /// <param name="app">The application.</param>
    /// <param name="name">The name of the bucket, which is also its key.</param>
    /// <exception cref="ArgumentException">No cloud would take the name.</exception>
    public static IPortableBuilder AddBucket(this IPortableBuilder app, string name)
    {
        ArgumentNullException.ThrowIfNull(app);
        OutputNames.Check("bucket", name);
        app.Services.AddScoped(services => services.GetBucket(name));
        app.Services.AddKeyedScoped(name, (services, _) => services.GetBucket(name));
        return app;
    }

    private static OutputSource Source(IServiceProvider services) => services.GetService<OutputSource>() ?? throw new InvalidOperationException(
        "This application has no way to queues and buckets. Functions that take [Queue] or [Bucket] parameters bring it, and so does a startup class.");
}
