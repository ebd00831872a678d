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
}
