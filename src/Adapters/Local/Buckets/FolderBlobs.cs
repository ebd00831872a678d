using System.Text;

namespace Portable.Local;

/// <summary>
/// Objects as files: a folder for each bucket, and in it the object's own path, each segment escaped where file systems would mind. Media types are kept in
/// a folder beside the buckets. Files are written whole under another name first, so that nobody reads half of one.
/// </summary>
internal sealed class FolderBlobs(string root) : IBlobStorage
{
    private const string Types = ".types";

    private readonly string _root = Path.GetFullPath(root);
    private readonly object _gate = new();

    public void Write(string bucket, string name, ReadOnlyMemory<byte> content, string contentType)
    {
        lock (_gate)
        {
            try
            {
                Replace(FileOf(bucket, name), content.Span);
                Replace(FileOf(Path.Combine(Types, bucket), name), Encoding.UTF8.GetBytes(contentType));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new OutputException($"'{name}' cannot be written as a file of the local bucket '{bucket}': {e.Message} An object whose name is another's folder, such as 'a' beside 'a/b', needs a bucket in memory.", e);
            }
        }
    }

    public (ReadOnlyMemory<byte> Content, string ContentType)? Read(string bucket, string name)
    {
        lock (_gate)
        {
            var file = FileOf(bucket, name);
            var type = FileOf(Path.Combine(Types, bucket), name);
            return File.Exists(file) ? (File.ReadAllBytes(file), File.Exists(type) ? File.ReadAllText(type) : "application/octet-stream") : null;
        }
    }

    public bool Delete(string bucket, string name)
    {
        lock (_gate)
        {
            var file = FileOf(bucket, name);
            var existed = File.Exists(file);
            if (existed)
            {
                File.Delete(file);
                File.Delete(FileOf(Path.Combine(Types, bucket), name));
            }

            return existed;
        }
    }

    public IReadOnlyList<(string Name, long Size)> List(string bucket)
    {
        var folder = Path.Combine(_root, bucket);
        lock (_gate)
        {
            return !Directory.Exists(folder) ? []
                : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(static file => !file.EndsWith(Temporary, StringComparison.Ordinal))
                    .Select(file => (string.Join('/', Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Select(Uri.UnescapeDataString)), new FileInfo(file).Length))
                    .OrderBy(static entry => entry.Item1, StringComparer.Ordinal)];
        }
    }

    private const string Temporary = ".~portable";

    private static void Replace(string file, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using (var stream = File.Create(file + Temporary))
        {
            stream.Write(content);
        }

        File.Move(file + Temporary, file, overwrite: true);
    }

    // Names are relative and without '..'; that no file lies elsewhere is checked all the same, for what a name means is the file system's affair.
    private string FileOf(string bucket, string name)
    {
        var folder = Path.Combine(_root, bucket) + Path.DirectorySeparatorChar;
        var file = Path.GetFullPath(Path.Combine([folder, .. name.Split('/').Select(Uri.EscapeDataString)]));
        return file.StartsWith(folder, StringComparison.Ordinal) ? file : throw new ArgumentException("The name of the object leads out of its bucket.", nameof(name));
    }
}
