using Portable.Integration.Tests.Support;
using Portable.TestKit;

namespace Portable.Integration.Tests.Deployables;

/// <summary>The first command of the README.</summary>
public sealed class DemoTests
{
    [Fact]
    [Supports("HTTP trigger", "local")]
    [Supports("Queue trigger, single messages", "local")]
    [Supports("Queue trigger, batches", "local")]
    [Supports("Schedule trigger", "local")]
    [Supports("Services from [Startup]", "local")]
    [Supports("Workflow", "local")]
    [Supports("Retry with an error filter", "local")]
    [Supports("Inference step", "local")]
    public async Task The_demo_shows_every_function_and_the_files_of_every_cloud()
    {
        using var folder = new TempFolder();

        var demo = await Gate.EnterAsync(
            () => OrdersSample.DotNetAsync($"run --project samples/Orders -c {Repository.Configuration} -- demo {folder.Path}"),
            TestContext.Current.CancellationToken);

        demo.Succeeded();
        Assert.Contains("results are as expected.", demo.Output, StringComparison.Ordinal);
        Assert.Contains(folder.Path, demo.Output, StringComparison.Ordinal);
        var names = FolderContent.Names(folder.Path);
        foreach (var part in (string[])["definitions/aws/", "definitions/gcp/", "entrypoints/aws-managed/", "entrypoints/aws-native/", "entrypoints/gcp-managed/", "entrypoints/gcp-native/", "entrypoints/azure-managed/", "entrypoints/azure-native/"])
        {
            Assert.Contains(names, name => name.StartsWith(part, StringComparison.Ordinal));
        }
    }
}
