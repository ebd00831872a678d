using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Portable.Runtime;

/// <summary>What an application that sends anything has among its services.</summary>
internal static class OutputServices
{
    /// <summary>Adds the bus and the way to queues and buckets; what the startup class registered stays.</summary>
    public static void Register(IServiceCollection services, PortableApp app)
    {
        if (app.Outputs is not { } backend)
        {
            return;
        }

        services.TryAddScoped<CurrentInvocation>();
        services.TryAddSingleton(new OutputSource(app, backend));
        services.TryAddScoped(static scope => scope.GetRequiredService<OutputSource>().Bus(scope.GetRequiredService<CurrentInvocation>()));
        services.TryAddScoped<IEventBus>(static scope => scope.GetRequiredService<OutputEventBus>());

        // Of the application as a whole: engines publish outside of invocations too.
        services.TryAddSingleton<IEventPublisher>(static all => all.GetRequiredService<OutputSource>().Bus(new CurrentInvocation()));
    }
}

/// <summary>Makes what users send with.</summary>
internal sealed class OutputSource(PortableApp app, IOutputBackend backend)
{
    public OutputEventBus Bus(CurrentInvocation current) => new(app, backend, current);

    public IQueue<T> Queue<T>(string name, JsonTypeInfo<T>? type, CurrentInvocation current) => new OutputQueue<T>(name, app, backend, type ?? OutputContracts.Json<T>(app), current);

    public IBlobStore Bucket(string name) => backend.Bucket(OutputNames.Check("bucket", name));
}
