using Portable.Build.Extraction;

[assembly: Portable.PortableArtifact("sample/empty.txt", "")]
[assembly: Portable.PortableArtifact("sample/text.txt", "line 1\nsnowman \u2603, quote \", emoji \U0001F600\n")]

namespace Portable.Integration.Tests.Tool;

public sealed class ArtifactReaderTests
{
    [Fact]
    public void Attributes_are_read_from_the_metadata()
    {
        var artifacts = ArtifactReader.Read(typeof(ArtifactReaderTests).Assembly.Location);

        Assert.Equal(
            [new Artifact("sample/empty.txt", ""), new Artifact("sample/text.txt", "line 1\nsnowman \u2603, quote \", emoji \U0001F600\n")],
            artifacts.OrderBy(artifact => artifact.Path, StringComparer.Ordinal));
    }

    [Fact]
    public void An_assembly_without_artifacts_has_none() => Assert.Empty(ArtifactReader.Read(typeof(FunctionAttribute).Assembly.Location));

    [Fact]
    public void What_is_no_assembly_is_refused()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "not an assembly");
            Assert.Throws<BadImageFormatException>(() => ArtifactReader.Read(file));
        }
        finally
        {
            File.Delete(file);
        }
    }
}
