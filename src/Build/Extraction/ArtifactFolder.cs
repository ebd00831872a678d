using System.Text;

namespace Portable.Build.Extraction;

/// <summary>
/// A folder that holds exactly the artifacts of one assembly. Files whose bytes do not change keep their time, so that nothing is
/// copied again; what an earlier extraction wrote and this one does not is deleted.
/// </summary>
internal static class ArtifactFolder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <param name="folder">Where the files go.</param>
    /// <param name="listPath">The list of what is there; read to learn what an earlier extraction wrote.</param>
    /// <param name="artifacts">What to write.</param>
    public static void Write(string folder, string listPath, IReadOnlyList<Artifact> artifacts)
    {
        var root = Path.GetFullPath(folder);
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var artifact in artifacts)
        {
            ArtifactPath.Check(artifact.Path);
            if (!seen.Add(artifact.Path))
            {
                throw new BuildException(BuildErrors.ArtifactPath, $"Two artifacts have the path '{artifact.Path}', ignoring case.");
            }

            paths.Add(artifact.Path);
        }

        foreach (var old in File.Exists(listPath) ? File.ReadAllLines(listPath) : [])
        {
            if (!paths.Contains(old) && ArtifactPath.IsSafe(old))
            {
                Delete(root, old);
            }
        }

        foreach (var artifact in artifacts)
        {
            WriteIfChanged(Path.Combine(root, artifact.Path), Utf8.GetBytes(artifact.Content));
        }

        // Written always: its time tells the build that this extraction is newer than the assembly.
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(listPath))!);
        File.WriteAllText(listPath, string.Concat(paths.Select(static path => path + "\n")), Utf8);
    }

    private static void WriteIfChanged(string path, byte[] content)
    {
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    private static void Delete(string root, string path)
    {
        var file = Path.Combine(root, path);
        if (!File.Exists(file))
        {
            return;
        }

        File.Delete(file);
        for (var parent = Path.GetDirectoryName(file)!; parent.Length > root.Length && Directory.Exists(parent); parent = Path.GetDirectoryName(parent)!)
        {
            if (Directory.EnumerateFileSystemEntries(parent).Any())
            {
                break;
            }

            Directory.Delete(parent);
        }
    }
}
