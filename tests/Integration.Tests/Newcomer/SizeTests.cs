using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Newcomer;

/// <summary>What a build with the packages says of a package that is too heavy: PORT303 to PORT306, at lines of the project file.</summary>
public sealed class SizeTests(PackageFeed feed)
{
    private const int Megabyte = 1024 * 1024;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Heavy_dependencies_and_large_content_are_warnings_at_their_lines()
    {
        using var folder = new TempFolder();
        await CreateProjectAsync(folder, """<None Update="risk.onnx" CopyToOutputDirectory="PreserveNewest" />""", "<PortablePackageBudgetMegabytes>1</PortablePackageBudgetMegabytes>");
        Write(folder, "risk.onnx", 2 * Megabyte);

        var build = (await BuildAsync(folder)).Succeeded();

        // The library of SQLite comes with the package of the store.
        Assert.Matches(@"Shop\.csproj\(10,5\): warning PORT303: The dependencies of 'Shop' weigh [\d.]+ MB unzipped, over the budget of 1 MB, .*: heaviest are SourceGear\.sqlite3 [\d.]+ \([\d.]+ MB, through Portable\.Idempotency\.Sqlite\), ", build.Output);
        Assert.Matches(@"Shop\.csproj\(11,5\): warning PORT306: 'risk\.onnx' puts 2 MB into the package, .*https://\S+/PORT306\.md", build.Output);
        Assert.DoesNotContain("Portable.Local (", build.Output, StringComparison.Ordinal);

        // A build without changes measures nothing and compiles nothing, and the warnings come back with the next compilation.
        var report = folder.PathOf("obj", "Debug", "net10.0", "portable.package.measured");
        var measured = File.GetLastWriteTimeUtc(report);
        (await BuildAsync(folder)).Succeeded();
        Assert.Equal(measured, File.GetLastWriteTimeUtc(report));

        folder.Write(".editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.PORT303.severity = none\ndotnet_diagnostic.PORT306.severity = error\n");
        var strict = (await BuildAsync(folder)).Failed();
        Assert.Contains("error PORT306", strict.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PORT303", strict.Output, StringComparison.Ordinal);

        File.Delete(folder.PathOf(".editorconfig"));
        folder.Write(".globalconfig", "is_global = true\ndotnet_diagnostic.PORT303.severity = none\n");
        var quiet = (await BuildAsync(folder, "-p:NoWarn=PORT306")).Succeeded();
        Assert.DoesNotMatch("PORT30[36]", quiet.Output);
    }

    [Fact]
    public async Task A_package_that_the_cloud_does_not_take_is_an_error_before_anything_is_copied()
    {
        using var folder = new TempFolder();
        await CreateProjectAsync(folder, """<None Update="data/*" CopyToOutputDirectory="PreserveNewest" />""", "");
        Write(folder, "data/cities.bin", 251 * Megabyte);

        var build = (await BuildAsync(folder)).Failed();

        Assert.Matches(@"Shop\.csproj\(11,5\): error PORT304: The package of 'Shop' weighs 25\d[\d.]* MB unzipped, but AWS takes packages of up to 250 MB unzipped, .*: heaviest are data/cities\.bin \(251 MB\), ", build.Output);
        Assert.DoesNotMatch("PORT30[36]", build.Output);
        Assert.False(File.Exists(folder.PathOf("bin", "Debug", "net10.0", "data", "cities.bin")));
        var elsewhere = (await BuildAsync(folder, "-p:PortableClouds=gcp")).Succeeded();
        Assert.Contains("warning PORT306", elsewhere.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_native_application_with_a_package_that_makes_code()
    {
        using var folder = new TempFolder();
        await CreateProjectAsync(folder, """<PackageReference Include="Dapper" Version="2.1.86" />""", "<PublishAot>true</PublishAot>");

        var build = (await BuildAsync(folder)).Succeeded();

        Assert.Matches(@"Shop\.csproj\(11,5\): warning PORT305: 'Dapper' reads rows with code that it makes with Reflection\.Emit, and 'Shop' is compiled ahead of time: add Dapper\.AOT", build.Output);
    }

    private async Task CreateProjectAsync(TempFolder folder, string item, string property)
    {
        var version = await feed.VersionAsync();
        feed.Configure(folder);
        folder.Write("Shop.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings><NuGetAudit>false</NuGetAudit>
                <TargetFramework>net10.0</TargetFramework>
                {property}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Portable" Version="{version}" />
                <PackageReference Include="Portable.Local" Version="{version}" />
                <PackageReference Include="Portable.Idempotency.Sqlite" Version="{version}" />
                {item}
              </ItemGroup>
            </Project>
            """);
        folder.Write("Program.cs", """
            using Portable;

            public static class Hello
            {
                [Function, HttpTrigger("GET", "/hello/{name}"), AllowAnonymous]
                public static string Say(string name) => "Hello " + name;
            }
            """);
    }

    // Long, but without content: the file system keeps no blocks for it.
    private static void Write(TempFolder folder, string name, long bytes)
    {
        using var file = File.Create(folder.Write(name, ""));
        file.SetLength(bytes);
    }

    private Task<CommandResult> BuildAsync(TempFolder folder, string more = "") => Command.DotNetAsync(folder.Path, $"build -clp:NoSummary {more}", Stop, feed.Environment);
}
