using System.Collections.Concurrent;
using Portable.Integration.Tests.Deployables;
using Portable.Integration.Tests.Support;

[assembly: AssemblyFixture(typeof(OrdersSample))]

namespace Portable.Integration.Tests.Deployables;

/// <summary>samples/Orders, published once per cloud and hosting.</summary>
public sealed class OrdersSample : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _published = new(StringComparer.Ordinal);

    internal static string Project { get; } = Repository.PathOf("samples", "Orders");

    internal static string Input(string file) => File.ReadAllText(Path.Combine(Project, "input", file));

    /// <summary>The deployable's folder; published by the first test that asks.</summary>
    internal Task<string> PublishedAsync(string cloud, string hosting)
    {
        if (hosting == "native")
        {
            SkipWithoutNativeTools();
        }

        return _published.GetOrAdd($"{cloud}-{hosting}", _ => new Lazy<Task<string>>(async () => (await PublishAsync(cloud, hosting)).Folder)).Value;
    }

    /// <summary>Publishes, whatever was published before.</summary>
    internal static Task<(string Folder, string Output)> PublishAsync(string cloud, string hosting) => Gate.EnterAsync(
        async () =>
        {
            var publish = (await DotNetAsync($"publish samples/Orders -p:PortableCloud={cloud} -p:PortableHosting={hosting}")).Succeeded();
            return (Path.Combine(Project, "bin", "deploy", $"{cloud}-{hosting}"), publish.Output);
        },
        TestContext.Current.CancellationToken);

    internal static Task<CommandResult> DotNetAsync(string arguments) =>
        Command.DotNetAsync(Repository.Root, arguments, TestContext.Current.CancellationToken, new Dictionary<string, string> { ["CI"] = "true" });

    /// <summary>Leaves the sample restored as a clone's first build would: for local.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_published.IsEmpty)
        {
            await Command.DotNetAsync(Repository.Root, "restore samples/Orders", CancellationToken.None);
        }
    }

    private static void SkipWithoutNativeTools()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!OperatingSystem.IsLinux() || !folders.Any(static folder => File.Exists(Path.Combine(folder, "clang"))))
        {
            Assert.Skip("needs Linux with clang and zlib1g-dev for NativeAOT: run eng/test.sh");
        }
    }
}
