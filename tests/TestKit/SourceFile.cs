using System.Reflection;

namespace Portable.TestKit;

/// <summary>Finds source files from the paths that the compiler recorded, which are mapped in deterministic builds.</summary>
internal static class SourceFile
{
    public static string Find(string recorded)
    {
        const string Mapped = "/_/";
        if (!recorded.StartsWith(Mapped, StringComparison.Ordinal))
        {
            return recorded;
        }

        var root = Assembly.GetEntryAssembly()?.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(data => data.Key == "RepositoryRoot")?.Value
            ?? throw new InvalidOperationException("A test project with snapshots has an AssemblyMetadata item RepositoryRoot.");
        return Path.Combine(root, recorded[Mapped.Length..]);
    }
}
