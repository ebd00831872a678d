using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Targets;

/// <summary>That the package is weighed before the compiler runs, when something changed, and of applications only.</summary>
public sealed class MeasuringTests
{
    private const string Content = """
        </PropertyGroup>
        <ItemGroup>
          <None Update="data.bin" CopyToOutputDirectory="PreserveNewest" />
        </ItemGroup>
        <PropertyGroup>
        """;

    [Fact]
    public async Task What_is_copied_is_weighed_again_when_it_changed_and_only_then()
    {
        using var project = new TargetsProject(Content);
        await File.WriteAllTextAsync(project.PathOf("data.bin"), new string('x', 1000), TestContext.Current.CancellationToken);
        var folder = project.PathOf("obj", "aws-managed", "Debug", "net10.0");

        (await project.DotNetAsync("build -p:PortableCloud=aws")).Succeeded();

        var report = await File.ReadAllLinesAsync(Path.Combine(folder, "portable.size.txt"), TestContext.Current.CancellationToken);
        Assert.Contains($"content\tdata.bin\t\t1000\tdata.bin\t{project.PathOf("App.csproj")}\t8\t3", report);
        Assert.Contains(report, line => line.StartsWith("dependency\tPortable.Aws\t\t", StringComparison.Ordinal));

        var stamp = Path.Combine(folder, "portable.package.measured");
        var measured = File.GetLastWriteTimeUtc(stamp);
        var compiled = File.GetLastWriteTimeUtc(Path.Combine(folder, "App.dll"));
        (await project.DotNetAsync("build -p:PortableCloud=aws")).Succeeded();
        Assert.Equal(measured, File.GetLastWriteTimeUtc(stamp));
        Assert.Equal(compiled, File.GetLastWriteTimeUtc(Path.Combine(folder, "App.dll")));

        await File.WriteAllTextAsync(project.PathOf("data.bin"), new string('x', 2000), TestContext.Current.CancellationToken);
        (await project.DotNetAsync("build -p:PortableCloud=aws")).Succeeded();
        Assert.Contains("content\tdata.bin\t\t2000\t", await File.ReadAllTextAsync(Path.Combine(folder, "portable.size.txt"), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        (await project.DotNetAsync("clean -p:PortableCloud=aws")).Succeeded();
        Assert.Empty(Directory.EnumerateFiles(folder, "portable.size.txt"));
        Assert.Empty(Directory.EnumerateFiles(folder, "portable.package.*"));
    }

    [Theory]
    [InlineData("<OutputType>Library</OutputType>")]
    [InlineData("<IsTestProject>true</IsTestProject>")]
    [InlineData("<PortableMeasurePackage>false</PortableMeasurePackage>")]
    public async Task Libraries_and_tests_are_not_weighed(string property)
    {
        using var project = new TargetsProject(property);

        (await project.DotNetAsync("build")).Succeeded();

        Assert.Empty(Directory.EnumerateFiles(project.PathOf("obj"), "portable.size.txt", SearchOption.AllDirectories));
    }
}
