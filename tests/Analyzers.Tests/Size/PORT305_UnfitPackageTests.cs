using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Size;

public sealed class PORT305_UnfitPackageTests
{
    [Theory]
    [InlineData("PublishAot", "true")]
    [InlineData("PortableHosting", "native")]
    public async Task A_package_that_makes_code_at_run_time(string property, string value)
    {
        var project = With("Castle.Core", ("compiled", "Castle.Core", "5.1.1", 0.4, "Billing", 7));

        var said = Assert.Single(await Measured.Say(project, (property, value)));

        Assert.Equal("'Castle.Core' (through Billing) makes proxies with Reflection.Emit, and 'Tests' is compiled ahead of time: write the decorator, or have a source generator write it", said.Message);
        Assert.Equal(("PORT305", "Warning", "/shop/Shop.csproj", 6), (said.Id, said.Severity, said.File, said.Line));
    }

    [Fact]
    public async Task A_reference_that_is_not_in_the_report_has_no_place() =>
        Assert.Equal(("PORT305", true), Assert.Single((await Measured.Say(With("AutoMapper"), ("PublishAot", "true"))).Select(said => (said.Id, string.IsNullOrEmpty(said.File)))));

    [Theory]
    [InlineData("PublishAot", "false")]
    [InlineData("PortableHosting", "managed")]
    [InlineData("PublishTrimmed", "true")]
    public async Task With_a_runtime_compiler_they_work(string property, string value) => Assert.Empty(await Measured.Say(With("Castle.Core"), (property, value)));

    [Fact]
    public async Task A_package_that_makes_another_work_is_enough()
    {
        var project = With("Dapper");
        Assert.Single(await Measured.Say(project, ("PublishAot", "true")));

        Assert.Empty(await Measured.Say(project with { Sources = ["// library: Dapper.AOT\n" + project.Sources[0]] }, ("PublishAot", "true")));
    }

    [Fact]
    public async Task Tests_and_libraries_are_not_measured() =>
        Assert.Empty(await Measured.Say(With("Castle.Core") with { AdditionalFiles = [] }, ("PublishAot", "true")));

    private static Project With(string library, params (string Kind, string Name, string Version, double Megabytes, string By, int Line)[] parts) =>
        Measured.Project(parts) with { Sources = [$"// library: {library}\n" + HandlerSource.With("")] };
}
