using Xunit;

namespace Portable.TestKit;

/// <summary>Files of the repository that tests read where they stand.</summary>
public static class RepositoryFolder
{
    /// <summary>The path of a file or folder, looked for from the test's own folder upwards; <see langword="null"/> when there is none.</summary>
    /// <param name="relative">Its path within the repository, with forward slashes.</param>
    public static string? Find(string relative)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine([folder.FullName, .. relative.Split('/')]);
            if (File.Exists(path) || Directory.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    /// <summary>
    /// Published samples and schemas that a developer may have beside the repository, in <c>shared/data</c>. They are not ours to
    /// commit; tests that compare with them are skipped without them.
    /// </summary>
    /// <param name="relative">The path within <c>shared/data</c>, with forward slashes.</param>
    public static string? FindShared(string relative) => Find("shared/data/" + relative);

    /// <summary>As <see cref="FindShared"/>; skips the test when there is no such file or folder.</summary>
    public static string SharedOrSkip(string relative)
    {
        var path = FindShared(relative);
        Assert.SkipWhen(path is null, $"needs the published samples in shared/data/{relative} beside the repository");
        return path!;
    }
}
