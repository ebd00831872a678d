namespace Portable.Fuzz;

/// <summary>The events that damaged ones are made of.</summary>
public static class Corpus
{
    /// <summary>The events of a target, in the order of their names.</summary>
    /// <param name="target">The target.</param>
    /// <param name="shared">Whether to use what lies beside the repository too. A run by seed and index uses the same as the run that it repeats.</param>
    public static IReadOnlyList<FuzzEvent> Of(FuzzTarget target, bool shared = false)
    {
        var events = new List<FuzzEvent>();
        var fixtures = Path.Combine(AppContext.BaseDirectory, "Fixtures", "events");
        foreach (var pattern in target.Fixtures)
        {
            var found = Files(fixtures, pattern);
            events.AddRange(found.Count == 0 ? throw new FileNotFoundException($"{target.Name} has no fixture {pattern}.") : found.Select(FuzzEvent.Read));
        }

        if (shared && Shared() is { } folder)
        {
            events.AddRange((target.Shared ?? []).SelectMany(pattern => Files(folder, pattern)).Select(FuzzEvent.Read));
        }

        return events;
    }

    private static List<string> Files(string folder, string pattern)
    {
        var path = Path.Combine([folder, .. pattern.Split('/')]);
        return Directory.Exists(Path.GetDirectoryName(path)) ? [.. Directory.EnumerateFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path)).Order(StringComparer.Ordinal)] : [];
    }

    private static string? Shared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        return null;
    }
}
