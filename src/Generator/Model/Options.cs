using Portable.Generator.Helpers;

namespace Portable.Generator.Model;

internal enum Cloud
{
    Local,
    Aws,
    Gcp,
    Azure,
}

internal enum Hosting
{
    Managed,
    Native,
}

/// <summary>What the build asks of the generator, from MSBuild properties.</summary>
/// <param name="Cloud"><c>PortableCloud</c>.</param>
/// <param name="Hosting"><c>PortableHosting</c>.</param>
/// <param name="HasRuntime">Whether the project references Portable's runtime, without which there is nothing to emit for.</param>
/// <param name="HasHost">Whether it references the cloud's adapter. A library need not; of an application, the build targets demand it.</param>
/// <param name="HasOutputs">Whether the adapter has a way to queues, buckets and the bus that the registry names.</param>
/// <param name="GenerateMain"><c>PortableGenerateMain</c>, and the output is an executable without a Main of its own.</param>
/// <param name="EmitAllClouds"><c>PortableEmitAllClouds</c>: also emit what every other cloud and hosting would compile, as artifacts to read.</param>
/// <param name="AllDefinitions"><c>PortableDefinitions</c> is <c>all</c>: carry every engine's workflow definitions, for tests that run them.</param>
/// <param name="AotEnabled"><c>PublishAot</c> or <c>PublishTrimmed</c>: no reflection-based JSON.</param>
/// <param name="AssemblyName">The assembly's name; handlers of class libraries are addressed by it.</param>
/// <param name="RootNamespace">The project's root namespace.</param>
/// <param name="ExportsTelemetry">Whether the project references Portable.OpenTelemetry, so that spans and metrics have somewhere to go.</param>
internal sealed record Options(
    Cloud Cloud,
    Hosting Hosting,
    bool HasRuntime,
    bool HasHost,
    bool HasOutputs,
    bool GenerateMain,
    bool EmitAllClouds,
    bool AllDefinitions,
    bool AotEnabled,
    string AssemblyName,
    string RootNamespace,
    bool ExportsTelemetry = false);

/// <summary>What all outputs depend on and what hardly ever changes.</summary>
/// <param name="Options">The options.</param>
/// <param name="Conflicts">Names of files that must be told apart; see <c>FileNames</c>.</param>
internal sealed record Setup(Options Options, EquatableArray<string> Conflicts);
