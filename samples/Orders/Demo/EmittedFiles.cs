using System.Reflection;
using Portable;

namespace Orders.Demo;

/// <summary>
/// The text that the generator emitted besides code: it travels in the assembly as attributes, and the build extracts it. Here the demo
/// does, to show it.
/// </summary>
internal static class EmittedFiles
{
    /// <returns>How many entry points and definitions there are.</returns>
    public static int Write(string folder)
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

        return files.Count(static file => file.Path.Contains('/'));
    }
}
