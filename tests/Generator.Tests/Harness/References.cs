using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Portable.Generator.Tests.Harness;

/// <summary>The assemblies that sources under test see.</summary>
internal static class References
{
    public static string RepositoryRoot { get; } = Metadata("RepositoryRoot");

    /// <summary>The framework, ASP.NET Core included.</summary>
    public static ImmutableArray<MetadataReference> Framework { get; } = [.. Pack("ReferencePack"), .. Pack("AspNetCorePack")];

    /// <summary>Portable without any cloud: attributes and core.</summary>
    public static ImmutableArray<MetadataReference> Core { get; } =
    [
        Of(typeof(FunctionAttribute).Assembly.Location),
        Of(typeof(IPortableStartup).Assembly.Location),
    ];

    /// <summary>Every adapter, and what managed hosting brings along.</summary>
    public static ImmutableArray<MetadataReference> Clouds { get; } =
    [
        .. Files("Portable.Local.dll", "Portable.Aws.dll", "Portable.Gcp.dll", "Portable.Azure.dll"),
        .. Files("Amazon.Lambda.Core.dll", "CloudNative.CloudEvents.dll", "Google.Cloud.Functions.*.dll", "Microsoft.Azure.Functions.Worker*.dll", "Microsoft.DurableTask.*.dll"),
    ];

    /// <summary>The framework's own JSON generator: emitted code names what it emits.</summary>
    public static IIncrementalGenerator JsonGenerator() => (IIncrementalGenerator)Activator.CreateInstance(
        Assembly.LoadFrom(Path.Combine(Metadata("ReferencePack"), "analyzers", "dotnet", "cs", "System.Text.Json.SourceGeneration.dll"))
            .GetTypes().Single(type => type.GetCustomAttribute<GeneratorAttribute>() is not null && !type.IsAbstract))!;

    private static string Metadata(string key) =>
        typeof(References).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;

    private static IEnumerable<MetadataReference> Pack(string key)
    {
        var folder = Directory.EnumerateDirectories(Path.Combine(Metadata(key), "ref")).Single();
        return Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal).Select(Of);
    }

    private static IEnumerable<MetadataReference> Files(params string[] patterns) =>
        patterns.SelectMany(pattern => Directory.EnumerateFiles(AppContext.BaseDirectory, pattern).Order(StringComparer.Ordinal)).Select(Of);

    private static PortableExecutableReference Of(string file) => MetadataReference.CreateFromFile(file);
}
