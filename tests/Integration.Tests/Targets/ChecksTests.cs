using System.Text.RegularExpressions;
using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Targets;

/// <summary>What the targets refuse, each with one line that says what to do.</summary>
public sealed partial class ChecksTests
{
    [Theory]
    [InlineData("-p:PortableCloud=mars", "PORT901", "Use local, aws, gcp or azure.")]
    [InlineData("-p:PortableCloud=aws -p:PortableHosting=rented", "PORT902", "Use managed or native.")]
    [InlineData("-p:PortableCloud=azure", "PORT905", "Microsoft.Azure.Functions.Worker.Sdk")]
    public async Task A_build_that_cannot_work_is_refused(string properties, string code, string wayOut)
    {
        using var project = new TargetsProject();

        var build = (await project.DotNetAsync($"build {properties}")).Failed();

        AssertOneError(build, code, wayOut);
    }

    [Fact]
    public async Task The_project_file_is_too_late_to_name_the_cloud()
    {
        using var project = new TargetsProject(properties: "<PortableCloud>aws</PortableCloud>");

        var build = (await project.DotNetAsync("build")).Failed();

        AssertOneError(build, "PORT903", "Directory.Build.props");
    }

    [Theory]
    [InlineData("local", "dotnet add package Portable.Local")]
    [InlineData("aws", """<PackageReference Include="Portable.Aws" Version="..." Condition="'$(PortableCloud)' == 'aws'" />""")]
    [InlineData("gcp", "restore with -p:PortableCloud=gcp")]
    public async Task The_adapter_must_be_referenced(string cloud, string wayOut)
    {
        using var project = new TargetsProject(adapter: false);

        var build = (await project.DotNetAsync($"build -p:PortableCloud={cloud}")).Failed();

        AssertOneError(build, "PORT904", wayOut);
    }

    [Fact]
    public async Task A_library_needs_no_adapter()
    {
        using var project = new TargetsProject(adapter: false, outputType: "Library");

        (await project.DotNetAsync("build -p:PortableCloud=aws")).Succeeded();
    }

    [Fact]
    public async Task Native_hosting_names_the_lines_that_compile_ahead_of_time()
    {
        using var project = new TargetsProject();

        var publish = (await project.DotNetAsync("publish -p:PortableCloud=aws -p:PortableHosting=native")).Failed();

        AssertOneError(publish, "PORT906", "<PublishAot>true</PublishAot><RuntimeIdentifier>linux-x64</RuntimeIdentifier>");
    }

    [Fact]
    public async Task An_artifact_outside_the_folder_is_refused()
    {
        using var project = new TargetsProject();
        project.WriteArtifacts(("../../evil.txt", ""));

        var build = (await project.DotNetAsync("build")).Failed();

        Assert.Contains("error PORT951: The artifact path '../../evil.txt'", build.Output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(project.PathOf("obj"), "evil.txt", SearchOption.AllDirectories));
    }

    private static void AssertOneError(CommandResult build, string code, string wayOut)
    {
        var errors = ErrorLine().Matches(build.Output).Select(match => match.Value).Distinct().ToList();
        var error = Assert.Single(errors);
        Assert.Contains($"error {code}: ", error, StringComparison.Ordinal);
        Assert.Contains(wayOut, error, StringComparison.Ordinal);
    }

    [GeneratedRegex("^.*: error .*$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();
}
