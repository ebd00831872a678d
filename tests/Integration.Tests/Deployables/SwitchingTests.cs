using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Deployables;

/// <summary>Publishing for another cloud and back gives the same bytes.</summary>
public sealed class SwitchingTests(OrdersSample orders)
{
    [Fact]
    public async Task There_and_back_gives_the_same_folder()
    {
        var folder = await orders.PublishedAsync("aws", "managed");
        var first = FolderContent.Fingerprint(folder);
        var zip = File.ReadAllBytes(folder + ".zip");
        var gcp = FolderContent.Fingerprint(await orders.PublishedAsync("gcp", "managed"));

        var (again, output) = await OrdersSample.PublishAsync("aws", "managed");

        Assert.Equal(folder, again);
        Assert.Equal(first, FolderContent.Fingerprint(folder));
        Assert.Equal(zip, File.ReadAllBytes(folder + ".zip"));
        Assert.Equal(gcp, FolderContent.Fingerprint(await orders.PublishedAsync("gcp", "managed")));
        Assert.Contains($"Portable: aws managed -> {folder}{Path.DirectorySeparatorChar}", output, StringComparison.Ordinal);
    }
}
