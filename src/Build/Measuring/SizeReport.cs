using System.Globalization;
using System.Text;

namespace Portable.Build.Measuring;

/// <summary>
/// What a package weighs and why, as the analyzer reads it (<c>Portable.Analyzers.Size.PackageSizes</c>): a first line with the version of the form, then one line per package, project or file,
/// heaviest first, with tabs: kind (<c>dependency</c>, <c>compiled</c> into the program, or <c>content</c>), name, version, bytes, the direct reference that brings it, the project file that states that, its line and column there.
/// </summary>
internal static class SizeReport
{
    private const string FirstLine = "portable-size\t1";

    /// <summary>Measures what is listed and writes the report, when it says something new.</summary>
    public static void Write(string listPath, string assetsPath, string reportPath)
    {
        var list = PackageList.Read(listPath);
        var graph = DependencyGraph.Read(assetsPath, list.References.Keys);
        var text = new StringBuilder(FirstLine).Append('\n');
        foreach (var line in Lines(list, graph))
        {
            text.Append(line).Append('\n');
        }

        // A report with the same content keeps its time, so that nothing is compiled for it.
        var report = text.ToString();
        if (!File.Exists(reportPath) || File.ReadAllText(reportPath) != report)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(reportPath))!);
            File.WriteAllText(reportPath, report);
        }
    }

    private static IEnumerable<string> Lines(PackageList list, DependencyGraph graph)
    {
        var places = new ProjectPlaces();
        var dependencies = list.Files
            .Where(file => file.Kind != ListedKind.Content && RunsOn(file.RuntimeIdentifier, list) && !(list.Cloud == "local" && graph.IsOnlyLocal(file.Owner)))
            .GroupBy(file => (Kind: file.Kind == ListedKind.Assembly && list.IsCompiledAway ? "compiled" : "dependency", Owner: file.Owner.ToUpperInvariant()))
            .Select(part => (part.Key.Kind, Name: part.First().Owner, Bytes: part.Sum(SizeOf)))
            .Select(part => (part.Kind, part.Name, Version: graph.VersionOf(part.Name), part.Bytes, By: graph.BroughtBy(part.Name) ?? part.Name, File: ""));
        var content = list.Files
            .Where(static file => file.Kind == ListedKind.Content)
            .DistinctBy(static file => file.Path)
            .Select(static file => (Kind: "content", Name: file.Owner, Version: "", Bytes: SizeOf(file), By: file.Owner, File: file.DefinedIn));
        foreach (var (kind, name, version, bytes, by, file) in dependencies.Concat(content).Where(static part => part.Bytes > 0).OrderByDescending(static part => part.Bytes).ThenBy(static part => part.Name, StringComparer.Ordinal))
        {
            // Content that the SDK includes by itself is stated nowhere.
            var statedIn = kind == "content" ? file : list.References.GetValueOrDefault(by, list.Project);
            statedIn = File.Exists(statedIn) && !IsOfTheSdk(statedIn) ? statedIn : list.Project;
            var (line, column) = places.Find(statedIn, by);
            yield return string.Join('\t', kind, name, version, bytes.ToString(CultureInfo.InvariantCulture), by, statedIn, line.ToString(CultureInfo.InvariantCulture), column.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static bool IsOfTheSdk(string file) => file.Replace('\\', '/').Contains("/Microsoft.NET.Sdk", StringComparison.OrdinalIgnoreCase);

    // A build for any platform has every platform's libraries. When it is a local one, those are measured that Linux would get, which all clouds run on.
    private static bool RunsOn(string runtimeIdentifier, PackageList list) =>
        runtimeIdentifier.Length == 0 || list.RuntimeIdentifier.Length > 0 || list.Cloud != "local" || runtimeIdentifier is "linux" or "linux-x64" or "unix" or "unix-x64" or "any";

    private static long SizeOf(ListedFile file)
    {
        try
        {
            return new FileInfo(file.Path) is { Exists: true } info ? info.Length : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return 0;
        }
    }
}
