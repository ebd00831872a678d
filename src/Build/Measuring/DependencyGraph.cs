using System.Text.Json;

namespace Portable.Build.Measuring;

/// <summary>Who brings which package: what NuGet wrote into project.assets.json. Where that cannot be read, nobody is known to bring anything.</summary>
internal sealed class DependencyGraph
{
    // The local host is no part of what is deployed, nor is what only it needs.
    private const string LocalHost = "Portable.Local";

    private readonly Dictionary<string, string> _broughtBy = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _versions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the graph of the first target, which has the others' packages too.</summary>
    /// <param name="assetsPath">project.assets.json.</param>
    /// <param name="direct">The names of the direct references.</param>
    public static DependencyGraph Read(string assetsPath, IEnumerable<string> direct)
    {
        var graph = new DependencyGraph();
        var dependencies = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var stream = File.OpenRead(assetsPath);
            using var document = JsonDocument.Parse(stream);
            foreach (var target in document.RootElement.GetProperty("targets").EnumerateObject())
            {
                foreach (var library in target.Value.EnumerateObject())
                {
                    var (name, version) = library.Name.Split('/') is [var id, var number] ? (id, number) : (library.Name, "");
                    graph._versions[name] = version;
                    if (!dependencies.TryGetValue(name, out var list))
                    {
                        dependencies[name] = list = [];
                    }

                    if (library.Value.TryGetProperty("dependencies", out var needed))
                    {
                        list.AddRange(needed.EnumerateObject().Select(static dependency => dependency.Name));
                    }
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Sizes are known without it.
        }

        var names = direct.Order(StringComparer.OrdinalIgnoreCase).ToList();
        graph.Spread(names.Where(static name => !IsLocalHost(name)), dependencies);
        graph.Spread(names.Where(IsLocalHost), dependencies);
        return graph;
    }

    /// <summary>The direct reference through which a package comes: the one nearest to it. <see langword="null"/> when none is known.</summary>
    public string? BroughtBy(string name) => _broughtBy.GetValueOrDefault(name);

    /// <summary>The version of a package; empty for what is none.</summary>
    public string VersionOf(string name) => _versions.GetValueOrDefault(name, "");

    /// <summary>Whether only local runs need it.</summary>
    public bool IsOnlyLocal(string name) => IsLocalHost(name) || (_broughtBy.TryGetValue(name, out var by) && IsLocalHost(by));

    private static bool IsLocalHost(string name) => name.Equals(LocalHost, StringComparison.OrdinalIgnoreCase);

    private void Spread(IEnumerable<string> direct, Dictionary<string, List<string>> dependencies)
    {
        var pending = new Queue<string>();
        foreach (var name in direct)
        {
            // A reference is its own reason, whoever else needs it.
            _broughtBy[name] = name;
            pending.Enqueue(name);
        }

        while (pending.TryDequeue(out var name))
        {
            foreach (var needed in dependencies.GetValueOrDefault(name) ?? [])
            {
                if (_broughtBy.TryAdd(needed, _broughtBy[name]))
                {
                    pending.Enqueue(needed);
                }
            }
        }
    }
}
