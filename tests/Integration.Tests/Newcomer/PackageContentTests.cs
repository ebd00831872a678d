using System.IO.Compression;
using System.Xml.Linq;
using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Newcomer;

/// <summary>What is in the packages.</summary>
public sealed class PackageContentTests(PackageFeed feed)
{
    private static readonly string[] Packages =
    [
        "Portable", "Portable.AspNetCore", "Portable.Aws", "Portable.Azure", "Portable.Gcp", "Portable.Idempotency.AzureBlob", "Portable.Idempotency.DynamoDb", "Portable.Idempotency.Firestore",
        "Portable.Idempotency.Redis", "Portable.Idempotency.Sqlite", "Portable.Jwt", "Portable.Local", "Portable.OpenTelemetry", "Portable.Testing",
    ];

    [Fact]
    public async Task Every_package_says_what_it_is()
    {
        foreach (var id in Packages)
        {
            using var package = await OpenAsync(id);
            var metadata = Nuspec(package);
            Assert.Equal("MIT", Value(metadata, "license"));
            Assert.Equal("README.md", Value(metadata, "readme"));
            Assert.Equal("icon.png", Value(metadata, "icon"));
            Assert.NotEmpty(Value(metadata, "description"));
            Assert.NotEmpty(Value(metadata, "tags"));
            Assert.NotEmpty(metadata.Elements().Single(element => element.Name.LocalName == "repository").Attribute("commit")!.Value);
            Assert.NotNull(package.GetEntry("README.md"));
            Assert.NotNull(package.GetEntry("icon.png"));
        }
    }

    [Fact]
    public async Task The_compiler_finds_the_generator_and_from_4_14_on_the_fixes()
    {
        using var package = await OpenAsync("Portable");
        var analyzers = package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("analyzers/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "analyzers/dotnet/roslyn4.14/cs/Portable.Analyzers.dll",
                "analyzers/dotnet/roslyn4.14/cs/Portable.CodeFixes.dll",
                "analyzers/dotnet/roslyn4.14/cs/Portable.Generator.dll",
                "analyzers/dotnet/roslyn4.8/cs/Portable.Analyzers.dll",
                "analyzers/dotnet/roslyn4.8/cs/Portable.Generator.dll",
            ],
            analyzers);
    }

    [Fact]
    public async Task Adapters_bring_the_vendors_packages_but_no_build_logic_of_theirs()
    {
        Assert.Equal(["Amazon.Lambda.Core", "Portable"], await DependenciesAsync("Portable.Aws"));
        Assert.Equal(["Google.Cloud.Functions.Hosting", "Portable", "Portable.AspNetCore"], await DependenciesAsync("Portable.Gcp"));
        Assert.Equal(["Microsoft.Data.Sqlite.Core", "Portable", "Portable.AspNetCore", "SQLitePCLRaw.bundle_e_sqlite3"], await DependenciesAsync("Portable.Local"));
        Assert.DoesNotContain("Microsoft.Azure.Functions.Worker.Sdk", await DependenciesAsync("Portable.Azure"));
        Assert.Contains("Microsoft.Azure.Functions.Worker", await DependenciesAsync("Portable.Azure"));
    }

    [Fact]
    public async Task The_test_kit_runs_every_engine_without_a_vendors_package()
    {
        Assert.Equal(["Portable", "Portable.AspNetCore", "Portable.Local", "YamlDotNet"], await DependenciesAsync("Portable.Testing"));
        using var package = await OpenAsync("Portable.Testing");
        Assert.NotNull(package.GetEntry("lib/net8.0/Portable.Azure.dll"));
        Assert.NotNull(package.GetEntry("lib/net10.0/Portable.Azure.dll"));
    }

    /// <summary>The nuspecs are written by hand: what a project references must not be forgotten there.</summary>
    [Theory]
    [InlineData("Portable", "src/Adapters/Core/Portable.Core.csproj")]
    [InlineData("Portable.AspNetCore", "src/Adapters/AspNetCore/Portable.AspNetCore.csproj")]
    [InlineData("Portable.Aws", "src/Adapters/Aws/Portable.Aws.csproj")]
    [InlineData("Portable.Azure", "src/Adapters/Azure/Portable.Azure.csproj")]
    [InlineData("Portable.Gcp", "src/Adapters/Gcp/Portable.Gcp.csproj")]
    [InlineData("Portable.Local", "src/Adapters/Local/Portable.Local.csproj")]
    [InlineData("Portable.Idempotency.AzureBlob", "src/Stores/AzureBlob/Portable.Idempotency.AzureBlob.csproj")]
    [InlineData("Portable.Idempotency.DynamoDb", "src/Stores/DynamoDb/Portable.Idempotency.DynamoDb.csproj")]
    [InlineData("Portable.Idempotency.Firestore", "src/Stores/Firestore/Portable.Idempotency.Firestore.csproj")]
    [InlineData("Portable.Idempotency.Redis", "src/Stores/Redis/Portable.Idempotency.Redis.csproj")]
    [InlineData("Portable.Idempotency.Sqlite", "src/Stores/Sqlite/Portable.Idempotency.Sqlite.csproj")]
    [InlineData("Portable.Jwt", "src/Adapters/Jwt/Portable.Jwt.csproj")]
    [InlineData("Portable.OpenTelemetry", "src/OpenTelemetry/Portable.OpenTelemetry.csproj")]
    [InlineData("Portable.Testing", "src/Testing/Portable.Testing.csproj")]
    public async Task What_the_project_references_the_package_depends_on(string id, string project)
    {
        var references = XDocument.Load(Repository.PathOf(project)).Descendants("PackageReference")
            .Where(reference => reference.Attribute("PrivateAssets") is null)
            .Select(reference => reference.Attribute("Include")!.Value);
        var dependencies = (await DependenciesAsync(id)).ToList();

        Assert.All(references, reference => Assert.Contains(reference, dependencies));
    }

    private async Task<IEnumerable<string>> DependenciesAsync(string id)
    {
        using var package = await OpenAsync(id);
        return Nuspec(package).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).Distinct().Order(StringComparer.Ordinal).ToList();
    }

    private async Task<ZipArchive> OpenAsync(string id) => ZipFile.OpenRead(Path.Combine(feed.Folder, $"{id}.{await feed.VersionAsync()}.nupkg"));

    private static XElement Nuspec(ZipArchive package)
    {
        using var stream = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(stream).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static string Value(XElement metadata, string name) => metadata.Elements().Single(element => element.Name.LocalName == name).Value;
}
