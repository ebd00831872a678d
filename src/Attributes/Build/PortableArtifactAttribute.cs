namespace Portable;

/// <summary>
/// A text file that the generator wants written beside the compiled assembly: a workflow definition, the manifest.
/// Generators must not write files; the build targets read these attributes from the compiled assembly's metadata,
/// without loading it, and write the files.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class PortableArtifactAttribute : Attribute
{
    /// <summary>Declares a file.</summary>
    /// <param name="path">A relative path with forward slashes that stays below the output folder.</param>
    /// <param name="content">The whole text of the file; lines end with <c>\n</c>.</param>
    public PortableArtifactAttribute(string path, string content)
    {
        Path = path;
        Content = content;
    }

    /// <summary>A relative path with forward slashes.</summary>
    public string Path { get; }

    /// <summary>The whole text of the file.</summary>
    public string Content { get; }
}
