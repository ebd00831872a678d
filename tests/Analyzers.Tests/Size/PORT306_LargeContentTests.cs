using Xunit;

namespace Portable.Analyzers.Tests.Size;

public sealed class PORT306_LargeContentTests
{
    [Fact]
    public async Task Models_and_large_files()
    {
        var said = await Measured.Say(Measured.Project(
            ("content", "data/cities.bin", "", 10, "data/cities.bin", 8),
            ("content", "models/risk.ONNX", "", 1, "models/risk.ONNX", 9)));

        Assert.Equal(
            [
                "'data/cities.bin' puts 10 MB into the package, which every new instance fetches before it answers: keep it in a bucket, and read what is needed of it when it is needed",
                "'models/risk.ONNX' puts 1 MB into the package, which every new instance fetches before it answers: serve the model from an endpoint and call it with [Inference]",
            ],
            said.OrderBy(one => one.Line).Select(one => one.Message));
        Assert.All(said, one => Assert.Equal(("PORT306", "Warning", "/shop/Shop.csproj"), (one.Id, one.Severity, one.File)));
    }

    [Fact]
    public async Task Small_files_and_small_models_are_welcome() => Assert.Empty(await Measured.Say(Measured.Project(
        ("content", "data/cities.bin", "", 9.9, "data/cities.bin", 8),
        ("content", "models/tree.onnx", "", 0.9, "models/tree.onnx", 9),
        ("content", "texts/messages.pt", "", 0.1, "texts/messages.pt", 10))));

    [Theory]
    [InlineData("20", 0)]
    [InlineData("2", 1)]
    public async Task The_size_is_the_project_s(string megabytes, int diagnostics) => Assert.Equal(
        diagnostics,
        (await Measured.Say(Measured.Project(("content", "data/cities.bin", "", 10, "data/cities.bin", 8)), ("PortableLargeContentMegabytes", megabytes))).Count);
}
