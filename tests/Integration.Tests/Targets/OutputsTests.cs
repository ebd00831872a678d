using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Targets;

/// <summary>Where files go, and that none stays behind.</summary>
public sealed class OutputsTests
{
    [Fact]
    public async Task A_local_build_keeps_the_usual_folders()
    {
        using var project = new TargetsProject();

        (await project.DotNetAsync("build")).Succeeded();

        var output = FolderContent.Names(project.PathOf("bin", "Debug", "net10.0"));
        Assert.Contains("portable.json", output);
        Assert.Contains("definitions/aws/a.asl.json", output);
        Assert.Contains("definitions/gcp/a.workflows.yaml", output);
        Assert.DoesNotContain(output, name => name.StartsWith("entrypoints/", StringComparison.Ordinal));
        Assert.Contains("entrypoints/aws-managed/A.g.cs", FolderContent.Names(project.PathOf("obj", "Debug", "net10.0", "portable")));
    }

    [Fact]
    public async Task Switching_clouds_never_mixes_outputs()
    {
        using var project = new TargetsProject();

        (await project.DotNetAsync("build -p:PortableCloud=aws")).Succeeded();
        var aws = FolderContent.Fingerprint(project.PathOf("bin", "aws-managed"));
        (await project.DotNetAsync("build")).Succeeded();
        (await project.DotNetAsync("build -p:PortableCloud=gcp -p:PortableHosting=native")).Succeeded();
        (await project.DotNetAsync("build -p:PortableCloud=aws")).Succeeded();

        Assert.Equal(aws, FolderContent.Fingerprint(project.PathOf("bin", "aws-managed")));
        Assert.Equal(["Debug", "aws-managed", "gcp-native"], Directory.GetDirectories(project.PathOf("bin")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["App.deps.json", "App.dll", "App.pdb", "App.runtimeconfig.json", "Portable.Aws.dll", "definitions/aws/a.asl.json", "portable.json"],
            FolderContent.Names(project.PathOf("bin", "aws-managed", "Debug", "net10.0")));
        Assert.Contains("definitions/gcp/a.workflows.yaml", FolderContent.Names(project.PathOf("bin", "gcp-native", "Debug", "net10.0")));
    }

    [Fact]
    public async Task An_artifact_that_is_removed_disappears_and_a_build_without_changes_does_nothing()
    {
        using var project = new TargetsProject();
        (await project.DotNetAsync("build -p:PortableCloud=aws")).Succeeded();
        var output = project.PathOf("bin", "aws-managed", "Debug", "net10.0");
        var extracted = project.PathOf("obj", "aws-managed", "Debug", "net10.0");
        var list = Path.Combine(extracted, "portable.artifacts.txt");
        var written = File.GetLastWriteTimeUtc(list);

        (await project.DotNetAsync("build -p:PortableCloud=aws")).Succeeded();
        Assert.Equal(written, File.GetLastWriteTimeUtc(list));

        project.WriteArtifacts(("portable.json", TargetsProject.Manifest));
        (await project.DotNetAsync("build -p:PortableCloud=aws")).Succeeded();

        Assert.False(File.Exists(Path.Combine(output, "definitions", "aws", "a.asl.json")));
        Assert.Equal(["portable.json"], FolderContent.Names(Path.Combine(extracted, "portable")));

        (await project.DotNetAsync("clean -p:PortableCloud=aws")).Succeeded();

        Assert.False(File.Exists(Path.Combine(output, "portable.json")));
        Assert.False(Directory.Exists(Path.Combine(extracted, "portable")));
        Assert.False(File.Exists(list));
    }

    [Fact]
    public async Task Publishing_gives_one_folder_that_has_nothing_of_an_earlier_one()
    {
        using var project = new TargetsProject();
        var folder = project.PathOf("bin", "deploy", "aws-managed");

        var publish = (await project.DotNetAsync("publish -p:PortableCloud=aws")).Succeeded();

        Assert.Contains($"Portable: aws managed -> {folder}{Path.DirectorySeparatorChar}", publish.Output, StringComparison.Ordinal);
        Assert.Contains("published without ReadyToRun", publish.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["App.deps.json", "App.dll", "App.pdb", "App.runtimeconfig.json", "Portable.Aws.dll", "definitions/aws/a.asl.json", "portable.json"],
            FolderContent.Names(folder));
        Assert.True(File.Exists(folder + ".zip"));

        project.WriteArtifacts(("portable.json", TargetsProject.Manifest));
        (await project.DotNetAsync("publish -p:PortableCloud=aws")).Succeeded();
        Assert.DoesNotContain("definitions/aws/a.asl.json", FolderContent.Names(folder));

        (await project.DotNetAsync("publish -p:PortableCloud=aws --no-build")).Succeeded();
        Assert.Contains("portable.json", FolderContent.Names(folder));

        (await project.DotNetAsync("clean -c Release -p:PortableCloud=aws")).Succeeded();
        Assert.False(Directory.Exists(folder));
        Assert.False(File.Exists(folder + ".zip"));
    }

    [Fact]
    public async Task A_folder_of_the_users_is_not_emptied()
    {
        using var project = new TargetsProject();
        Directory.CreateDirectory(project.PathOf("mine"));
        File.WriteAllText(project.PathOf("mine", "keep.txt"), "");

        (await project.DotNetAsync("publish -p:PortableCloud=gcp -o mine")).Succeeded();

        Assert.Contains("keep.txt", FolderContent.Names(project.PathOf("mine")));
        Assert.Contains("App.dll", FolderContent.Names(project.PathOf("mine")));
        Assert.False(Directory.Exists(project.PathOf("bin", "deploy")));
    }
}
