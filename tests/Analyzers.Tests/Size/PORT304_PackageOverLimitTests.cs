using Xunit;

namespace Portable.Analyzers.Tests.Size;

public sealed class PORT304_PackageOverLimitTests
{
    private static readonly Harness.Project Huge = Measured.Project(
        ("dependency", "libtorch-cpu", "2.2.1", 200, "TorchSharp", 7),
        ("content", "models/risk.onnx", "", 60, "models/risk.onnx", 9),
        ("dependency", "TorchSharp", "0.103.0", 10, "TorchSharp", 7));

    [Fact]
    public async Task A_package_that_the_cloud_does_not_take_is_an_error()
    {
        var said = Assert.Single(await Measured.Say(Huge)); // and no word of its dependencies and of its model, which are named

        Assert.Equal(
            "The package of 'Tests' weighs 270 MB unzipped, but AWS takes packages of up to 250 MB unzipped, layers included (AWS Lambda quotas: deployment package size): "
                + "heaviest are libtorch-cpu 2.2.1 (200 MB, through TorchSharp), models/risk.onnx (60 MB), TorchSharp 0.103.0 (10 MB); leave out what is not needed, or deploy a container image",
            said.Message);
        Assert.Equal(("PORT304", "Error", "/shop/Shop.csproj", 6), (said.Id, said.Severity, said.File, said.Line));
    }

    [Theory]
    [InlineData("local", "aws,gcp", "PORT304")]
    [InlineData("aws", "aws,gcp", "PORT304")]
    [InlineData("gcp", "aws,gcp", "PORT303")]
    [InlineData("local", "gcp,azure", "PORT303")]
    public async Task Only_where_the_cloud_is_built_or_targeted(string cloud, string clouds, string id) =>
        Assert.Equal(id, (await Measured.Say(Huge, ("PortableCloud", cloud), ("PortableTargetedClouds", clouds))).First(said => said.Id != "PORT306").Id);

    [Fact]
    public async Task Up_to_the_limit_it_fits() =>
        Assert.Empty(await Measured.Say(Measured.Project(("dependency", "Big", "1.0.0", 250, "Big", 7)), ("PortablePackageBudgetMegabytes", "250")));
}
