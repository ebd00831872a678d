using System.IO.Compression;

namespace Portable.Build.Deployables;

/// <summary>Lambda: a zip of the folder; for the custom runtime, an executable that is named <c>bootstrap</c>.</summary>
internal static class AwsDeployable
{
    private const int RegularFile = 0x8000;
    private const int Executable = 0x1ED; // rwxr-xr-x
    private const int ReadOnly = 0x1A4; // rw-r--r--

    // The first moment that the zip format can express: the same input gives the same bytes.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void NameBootstrap(PublishedFolder published) => File.Move(published.Executable, published.PathOf("bootstrap"), overwrite: true);

    /// <summary>Writes the zip beside the folder: <c>aws-native.zip</c> beside <c>aws-native/</c>.</summary>
    public static void Zip(PublishedFolder published)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(published.Folder));
        using var zip = new ZipArchive(File.Create(folder + ".zip"), ZipArchiveMode.Create);
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (File: file, Name: Path.GetRelativePath(folder, file).Replace('\\', '/')))
            .OrderBy(static entry => entry.Name, StringComparer.Ordinal);
        foreach (var (file, name) in files)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.SmallestSize);
            entry.LastWriteTime = NoTime;
            entry.ExternalAttributes = (RegularFile | (IsExecutable(file, name) ? Executable : ReadOnly)) << 16;
            using var source = File.OpenRead(file);
            using var target = entry.Open();
            source.CopyTo(target);
        }
    }

    private static bool IsExecutable(string file, string name) =>
        name == "bootstrap" || (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute));
}
