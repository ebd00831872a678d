using System.Text.RegularExpressions;
using Portable.Integration.Tests.Newcomer;
using Portable.Integration.Tests.Support;

[assembly: AssemblyFixture(typeof(PackageFeed))]

namespace Portable.Integration.Tests.Newcomer;

/// <summary>The packages, packed once as a release packs them, as a local feed beside the configured one; with a cache of its own.</summary>
public sealed partial class PackageFeed : IDisposable
{
    private static readonly Dictionary<string, string> CiBuild = new() { ["CI"] = "true" };
    private readonly TempFolder _temp = new();
    private readonly Lazy<Task<string>> _version;

    public PackageFeed() => _version = new Lazy<Task<string>>(PackAsync);

    /// <summary>Packs when it has not been done, and returns the version of the packages.</summary>
    public Task<string> VersionAsync() => _version.Value;

    /// <summary>Where the packages are, once packed.</summary>
    public string Folder => _temp.PathOf("feed");

    internal IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["NUGET_PACKAGES"] = _temp.PathOf("cache") };

    /// <summary>Makes the feed known to the projects of a folder.</summary>
    internal void Configure(TempFolder folder) => folder.Write("nuget.config", $"""
        <configuration>
          <packageSources>
            <add key="portable-packed" value="{Folder}" />
          </packageSources>
        </configuration>
        """);

    public void Dispose() => _temp.Dispose();

    private async Task<string> PackAsync()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("needs bash: packing is a shell script");
        }

        var stop = TestContext.Current.CancellationToken;
        var pack = await Gate.EnterAsync(() => Command.RunAsync(Repository.Root, "bash", ["eng/pack.sh", Folder], CiBuild, stop), stop);
        pack.Succeeded();

        // Portable.Aws depends on a package that not every registry has; its contract stands in for it, in this feed only.
        var contract = await Gate.EnterAsync(
            () => Command.DotNetAsync(Repository.Root, $"pack tests/VendorContracts/Amazon.Lambda.Core -c Release -p:IsPackable=true -p:PackageVersion=3.2.0 -p:PackageReadmeFile= -p:PackageIcon= -o {Folder}", stop, CiBuild),
            stop);
        contract.Succeeded();
        var package = Directory.GetFiles(Folder, "Portable.*.nupkg").Select(Path.GetFileName).Single(name => Version().IsMatch(name!));
        return Version().Match(package!).Groups[1].Value;
    }

    [GeneratedRegex(@"^Portable\.(\d.*)\.nupkg$")]
    private static partial Regex Version();
}
