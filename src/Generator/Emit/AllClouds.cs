using Portable.Generator.Emit.Application;
using Portable.Generator.Emit.Functions;
using Portable.Generator.Emit.Workflows;
using Portable.Generator.Model;

namespace Portable.Generator.Emit;

/// <summary>
/// What every cloud's build would compile, as files to read: <c>entrypoints/aws-managed/...</c>. What is the same everywhere is
/// in <c>entrypoints/shared</c>.
/// </summary>
internal static class AllClouds
{
    public static IEnumerable<EmittedFile> Function(FunctionUnit unit, Options options)
    {
        yield return At("shared", FunctionEmitter.Emit(unit));
        var entry = FunctionEntry.Create(unit.Function);
        foreach (var (folder, cloud, built) in Targets(options))
        {
            if (cloud.Function(entry, built) is { } file)
            {
                yield return At(folder, file);
            }
        }
    }

    public static IEnumerable<EmittedFile> Workflow(WorkflowUnit unit, Options options)
    {
        yield return At("shared", WorkflowEmitter.Emit(unit));
        foreach (var (folder, cloud, built) in Targets(options))
        {
            foreach (var file in cloud.Workflow(unit, built))
            {
                yield return At(folder, file);
            }
        }

        foreach (var definition in Definitions(unit))
        {
            yield return definition;
        }
    }

    /// <summary>The workflow's definition for every engine that takes one; both hostings of a cloud have the same.</summary>
    public static IEnumerable<EmittedFile> Definitions(WorkflowUnit unit)
    {
        var definitions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cloud in CloudEmitters.All)
        {
            if (cloud.Definition(unit) is { } definition && definitions.Add(definition.Name))
            {
                yield return definition;
            }
        }
    }

    public static IEnumerable<EmittedFile> Application(ApplicationModel application, Options options)
    {
        foreach (var (folder, cloud, built) in Targets(options))
        {
            yield return At(folder, ApplicationEmitter.Registry(application, built, cloud));
            yield return At(folder, ApplicationEmitter.Host(built, cloud));
            foreach (var file in cloud.Application(application, built))
            {
                yield return At(folder, file);
            }
        }
    }

    private static IEnumerable<(string Folder, ICloudEmitter Emitter, Options Options)> Targets(Options options)
    {
        foreach (var emitter in CloudEmitters.All)
        {
            if (emitter.Cloud != Cloud.Local)
            {
                yield return ($"{emitter.Cloud}-{emitter.Hosting}".ToLowerInvariant(), emitter, options with { Cloud = emitter.Cloud, Hosting = emitter.Hosting });
            }
        }
    }

    private static EmittedFile At(string folder, EmittedFile file) => new($"entrypoints/{folder}/{file.Name}", file.Text);
}
