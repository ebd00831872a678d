using System.Collections.Immutable;
using Portable.Generator.Emit.Aws;
using Portable.Generator.Emit.Azure;
using Portable.Generator.Emit.Gcp;
using Portable.Generator.Emit.Local;
using Portable.Generator.Model;

namespace Portable.Generator.Emit;

/// <summary>The one place that lists the clouds.</summary>
internal static class CloudEmitters
{
    public static ImmutableArray<ICloudEmitter> All { get; } = ImmutableArray.Create<ICloudEmitter>(
        new LocalEmitter(),
        new AwsManagedEmitter(),
        new AwsNativeEmitter(),
        new GcpManagedEmitter(),
        new GcpNativeEmitter(),
        new AzureManagedEmitter(),
        new AzureNativeEmitter());

    public static ICloudEmitter For(Options options)
    {
        foreach (var emitter in All)
        {
            if (emitter.Cloud == options.Cloud && (emitter.Hosting == options.Hosting || emitter.Cloud == Cloud.Local))
            {
                return emitter;
            }
        }

        return All[0];
    }
}
