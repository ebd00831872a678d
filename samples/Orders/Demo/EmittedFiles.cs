using System.Reflection;
using Portable;

namespace Orders.Demo;

/// <summary>
/// The text that the generator emitted besides code: it travels in the assembly as attributes, and the build extracts it. Here the demo
/// does, to show it.
/// </summary>
internal static class EmittedFiles
{
    private static readonly string[] Clouds = ["aws", "gcp", "azure"];

    /// <summary>Writes the files and says what there is.</summary>
    /// <returns>Whether every cloud has entry points and a definition.</returns>
    public static bool Write(string folder, TextWriter output)
    {
        var files = typeof(EmittedFiles).Assembly.GetCustomAttributes<PortableArtifactAttribute>().ToList();
        foreach (var kind in files.Select(static file => file.Path.Split('/')[0]).Distinct().Select(kind => Path.Combine(folder, kind)).Where(Directory.Exists))
        {
            Directory.Delete(kind, recursive: true);
        }

        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Content);
        }

        var folders = files.Where(static file => file.Path.Contains('/')).GroupBy(static file => file.Path[..file.Path.LastIndexOf('/')]).OrderBy(static group => group.Key, StringComparer.Ordinal).ToList();
        foreach (var group in folders)
        {
            output.WriteLine($"  {group.Key,-26} {group.Count()} {(group.Count() == 1 ? "file" : "files")}");
        }

        // The definition for Azure is C#: the orchestrator, among the entry points.
        return Clouds.All(cloud => folders.Any(group => group.Key.StartsWith($"entrypoints/{cloud}-", StringComparison.Ordinal)))
            && folders.Any(static group => group.Key == "definitions/aws")
            && folders.Any(static group => group.Key == "definitions/gcp")
            && files.Any(static file => file.Path.StartsWith("entrypoints/azure-managed/", StringComparison.Ordinal) && file.Path.Contains(".Durable.", StringComparison.Ordinal));
    }
}
