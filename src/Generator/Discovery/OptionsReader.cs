using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Portable.Generator.Model;

namespace Portable.Generator.Discovery;

/// <summary>Reads the MSBuild properties that the build targets make visible to the compiler. Unknown values are the build's to refuse.</summary>
internal static class OptionsReader
{
    public static Options Read(AnalyzerConfigOptions global, OutputKind outputKind, string? assemblyName)
    {
        var cloud = Text(global, "PortableCloud") switch
        {
            "aws" => Cloud.Aws,
            "gcp" => Cloud.Gcp,
            "azure" => Cloud.Azure,
            _ => Cloud.Local,
        };
        var isExecutable = outputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication;
        return new Options(
            cloud,
            Text(global, "PortableHosting") == "native" ? Hosting.Native : Hosting.Managed,
            isExecutable && Text(global, "PortableGenerateMain") != "false",
            Text(global, "PortableEmitAllClouds") == "true",
            Text(global, "PublishAot") == "true" || Text(global, "PublishTrimmed") == "true",
            assemblyName ?? "Application",
            Text(global, "RootNamespace"));
    }

    private static string Text(AnalyzerConfigOptions global, string name) =>
        global.TryGetValue("build_property." + name, out var value) ? (name is "RootNamespace" ? value.Trim() : value.Trim().ToLowerInvariant()) : "";
}
