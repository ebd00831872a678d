using Portable.Integration.Tests.Support;
using Portable.TestKit;

namespace Portable.Integration.Tests.Deployables;

/// <summary>The demos that the README names.</summary>
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

    [Fact]
    public async Task The_demo_of_the_reference_workflows_ends_as_expected()
    {
        var demo = await Gate.EnterAsync(
            static () => OrdersSample.DotNetAsync($"run --project samples/Workflows -c {Repository.Configuration} -- demo"),
            TestContext.Current.CancellationToken);

        demo.Succeeded();
        Assert.Contains("results are as expected.", demo.Output, StringComparison.Ordinal);
        foreach (var workflow in (string[])["order-with-approval", "travel-booking", "escalating-payment", "video-pipeline", "document-pipeline", "nightly-batch", "long-job", "release-rollout"])
        {
            Assert.Contains(workflow + ": ", demo.Output, StringComparison.Ordinal);
        }
    }
}
