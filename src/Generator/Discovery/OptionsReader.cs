using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Emit;
using Portable.Generator.Model;

namespace Portable.Generator.Discovery;

/// <summary>
/// Reads the MSBuild properties that the build targets make visible to the compiler, and the little of the compilation as a whole
/// that decides what is emitted. Unknown values are the build's to refuse.
/// </summary>
internal static class OptionsReader
{
    public static Options Read(AnalyzerConfigOptions global, Compilation compilation, CancellationToken cancellationToken)
    {
        var cloud = Text(global, "PortableCloud") switch
        {
            "aws" => Cloud.Aws,
            "gcp" => Cloud.Gcp,
            "azure" => Cloud.Azure,
            _ => Cloud.Local,
        };
        var hosting = Text(global, "PortableHosting") == "native" ? Hosting.Native : Hosting.Managed;
        var emitter = CloudEmitters.For(cloud, hosting);
        var hasRuntime = compilation.GetTypeByMetadataName("Portable.Runtime.PortableApp") is not null;
        var hasHost = hasRuntime && compilation.GetTypeByMetadataName(emitter.Adapter) is not null;
        return new Options(
            cloud,
            hosting,
            hasRuntime,
            hasHost,
            hasHost && emitter.OutputBackend is { } outputs && compilation.GetTypeByMetadataName(outputs) is not null,
            hasHost && compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication
                && Text(global, "PortableGenerateMain") != "false"
                && compilation.GetEntryPoint(cancellationToken) is null,
            Text(global, "PortableEmitAllClouds") == "true",
            Text(global, "PortableDefinitions") == "all",
            Text(global, "PublishAot") == "true" || Text(global, "PublishTrimmed") == "true",
            compilation.AssemblyName ?? "Application",
            Text(global, "RootNamespace"),
            compilation.GetTypeByMetadataName("Portable.OpenTelemetryExtensions") is not null);
    }

    private static string Text(AnalyzerConfigOptions global, string name) =>
        global.TryGetValue("build_property." + name, out var value) ? (name is "RootNamespace" ? value.Trim() : value.Trim().ToLowerInvariant()) : "";
}
