namespace Portable.Build.Deployables;

/// <summary>What <c>dotnet publish</c> made, before it is finished for a cloud.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Cloud"><c>aws</c>, <c>gcp</c> or <c>azure</c>.</param>
/// <param name="Hosting"><c>managed</c> or <c>native</c>.</param>
/// <param name="AssemblyName">The name of the assembly, and of the executable beside it.</param>
internal sealed record PublishedFolder(string Folder, string Cloud, string Hosting, string AssemblyName)
{
    public string PathOf(string relative) => Path.Combine(Folder, relative);

    /// <summary>The executable of a native deployable.</summary>
    public string Executable
    {
        get
        {
            var path = PathOf(AssemblyName);
            return File.Exists(path)
                ? path
                : throw new BuildException(BuildErrors.EntryPoint, $"'{path}' was not published: native hosting runs on Linux, so publish for a Linux runtime identifier.");
        }
    }
}
