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

    public static ICloudEmitter For(Options options) => For(options.Cloud, options.Hosting);

    public static ICloudEmitter For(Cloud cloud, Hosting hosting)
    {
        foreach (var emitter in All)
        {
            if (emitter.Cloud == cloud && (emitter.Hosting == hosting || emitter.Cloud == Cloud.Local))
            {
                return emitter;
            }
        }

        return All[0];
    }
}
