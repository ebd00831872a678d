namespace Portable.Build.Measuring;

/// <summary>
/// What the targets know of a package before it exists, one line each, with tabs: how it is built (<c>project</c>, <c>cloud</c>, <c>compiled</c>, <c>runtime</c>), the files, and
/// the direct references with the files that state them.
/// </summary>
internal sealed class PackageList
{
    /// <summary>The project file.</summary>
    public string Project { get; private set; } = "";

    /// <summary>The cloud that is built, or <c>local</c>.</summary>
    public string Cloud { get; private set; } = "local";

    /// <summary>Whether assemblies end up in a native program or are trimmed, so that their sizes say nothing of the package's.</summary>
    public bool IsCompiledAway { get; private set; }

    /// <summary>The runtime identifier that is built for; empty for any.</summary>
    public string RuntimeIdentifier { get; private set; } = "";

    /// <summary>The files.</summary>
    public List<ListedFile> Files { get; } = [];

    /// <summary>The direct references, by name, with the file that states each.</summary>
    public Dictionary<string, string> References { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the list.</summary>
    public static PackageList Read(string path)
    {
        var list = new PackageList();
        foreach (var line in File.ReadAllLines(path))
        {
            list.Add(line.Split('\t'));
        }

        return list;
    }

    private void Add(string[] cells)
    {
        switch (cells)
        {
            case ["project", var project, var cloud, var compiled, var runtime]:
                (Project, Cloud, IsCompiledAway, RuntimeIdentifier) = (project, cloud.ToLowerInvariant(), compiled == "true", runtime);
                break;
            case ["asset", var path, var package, var source, var runtime, var kind] when IsPublished(path):
                var owner = package.Length > 0 ? package : Path.GetFileNameWithoutExtension(source.Length > 0 ? source : path);
                Files.Add(new ListedFile(kind == "native" ? ListedKind.Native : ListedKind.Assembly, path, owner, runtime, ""));
                break;
            case ["content", var path, var name, var definedIn, var output, var publish] when IsCopied(output, publish):
                Files.Add(new ListedFile(ListedKind.Content, path, name.Replace('\\', '/'), "", definedIn));
                break;
            case ["reference", var name, var definedIn]:
                References.TryAdd(name.EndsWith("proj", StringComparison.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(name.Replace('\\', '/')) : name, definedIn);
                break;
            default:
                break;
        }
    }

    // What is copied to the output is published too, unless its item says otherwise.
    private static bool IsCopied(string output, string publish) => publish.Length > 0 ? publish != "Never" : output is not ("" or "Never");

    // What is beside assemblies for people to read is not published.
    private static bool IsPublished(string path) => Path.GetExtension(path) is not (".xml" or ".pdb");
}
