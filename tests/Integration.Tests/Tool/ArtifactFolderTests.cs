using Portable.Build;
using Portable.Build.Extraction;
using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Tool;

public sealed class ArtifactFolderTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private readonly TempFolder _temp = new();

    private string Folder => _temp.PathOf("portable");

    private string List => _temp.PathOf("list.txt");

    [Fact]
    public void Files_are_written_as_they_are()
    {
        ArtifactFolder.Write(Folder, List, [new("b/c.txt", "two\n"), new("a.txt", "\u2603")]);

        Assert.Equal(["a.txt", "b/c.txt"], FolderContent.Names(Folder));
        Assert.Equal([0xE2, 0x98, 0x83], File.ReadAllBytes(Path.Combine(Folder, "a.txt")));
        Assert.Equal("a.txt\nb/c.txt\n", File.ReadAllText(List));
    }

    [Fact]
    public void Only_changed_files_are_written_again()
    {
        ArtifactFolder.Write(Folder, List, [new("a.txt", "1"), new("b.txt", "1")]);
        foreach (var file in Directory.GetFiles(Folder).Append(List))
        {
            File.SetLastWriteTimeUtc(file, LongAgo);
        }

        ArtifactFolder.Write(Folder, List, [new("a.txt", "1"), new("b.txt", "2")]);

        Assert.Equal(LongAgo, File.GetLastWriteTimeUtc(Path.Combine(Folder, "a.txt")));
        Assert.NotEqual(LongAgo, File.GetLastWriteTimeUtc(Path.Combine(Folder, "b.txt")));
        Assert.NotEqual(LongAgo, File.GetLastWriteTimeUtc(List));
    }

    [Fact]
    public void What_is_no_longer_there_is_deleted_with_its_empty_folders()
    {
        ArtifactFolder.Write(Folder, List, [new("a.txt", ""), new("x/y/gone.txt", ""), new("x/stays.txt", "")]);
        File.WriteAllText(Path.Combine(Folder, "mine.txt"), "");

        ArtifactFolder.Write(Folder, List, [new("a.txt", ""), new("x/stays.txt", "")]);

        Assert.Equal(["a.txt", "mine.txt", "x/stays.txt"], FolderContent.Names(Folder));
        Assert.False(Directory.Exists(Path.Combine(Folder, "x", "y")));
    }

    [Fact]
    public void A_path_that_leaves_the_folder_writes_nothing()
    {
        var error = Assert.Throws<BuildException>(() => ArtifactFolder.Write(Folder, List, [new("a.txt", ""), new("../b.txt", "")]));

        Assert.Equal(BuildErrors.ArtifactPath, error.Code);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));
    }

    [Fact]
    public void A_list_that_was_tampered_with_deletes_nothing_outside()
    {
        var outside = _temp.Write("outside.txt", "");
        _temp.Write("list.txt", "../outside.txt\nnever-was.txt\n");

        ArtifactFolder.Write(Folder, List, []);

        Assert.True(File.Exists(outside));
    }

    [Fact]
    public void Two_artifacts_of_one_name_are_refused()
    {
        var error = Assert.Throws<BuildException>(() => ArtifactFolder.Write(Folder, List, [new("a.txt", "1"), new("A.txt", "2")]));

        Assert.Contains("'A.txt'", error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _temp.Dispose();
}
