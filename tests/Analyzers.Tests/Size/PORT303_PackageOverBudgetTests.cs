using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Size;

public sealed class PORT303_PackageOverBudgetTests
{
    private static readonly Harness.Project Heavy = Measured.Project(
        ("dependency", "SkiaSharp.NativeAssets.Linux", "3.1.0", 40, "QuestPDF", 7),
        ("dependency", "Billing", "1.0.0", 9, "Billing", 9),
        ("dependency", "Google.Protobuf", "3.30.0", 1.5, "Grpc.Net.Client", 8),
        ("dependency", "Small", "1.0.0", 0.5, "Small", 10));

    [Fact]
    public async Task Dependencies_over_the_budget_are_named_with_who_brings_them()
    {
        var said = Assert.Single(await Measured.Say(Heavy));

        Assert.Equal(
            "The dependencies of 'Tests' weigh 51 MB unzipped, over the budget of 50 MB, and every new instance fetches and loads from them: "
                + "heaviest are SkiaSharp.NativeAssets.Linux 3.1.0 (40 MB, through QuestPDF), Billing 1.0.0 (9 MB), Google.Protobuf 3.30.0 (1.5 MB, through Grpc.Net.Client); "
                + "leave out what is not needed, or raise PortablePackageBudgetMegabytes",
            said.Message);
        Assert.Equal(("PORT303", "Warning", "/shop/Shop.csproj", 6), (said.Id, said.Severity, said.File, said.Line));
    }

    [Theory]
    [InlineData("51", 0)]
    [InlineData("50", 1)]
    [InlineData("many", 1)] // not a number: the default
    public async Task The_budget_is_the_project_s(string megabytes, int diagnostics) =>
        Assert.Equal(diagnostics, (await Measured.Say(Heavy, ("PortablePackageBudgetMegabytes", megabytes))).Count);

    [Fact]
    public async Task Content_and_what_is_compiled_in_are_no_dependencies() => Assert.Empty(await Measured.Say(Measured.Project(
        ("compiled", "Big", "1.0.0", 80, "Big", 7),
        ("content", "a.bin", "", 9, "a.bin", 8),
        ("dependency", "Fits", "1.0.0", 50, "Fits", 9))));

    [Theory]
    [InlineData(ReportDiagnostic.Error, "Error")]
    [InlineData(ReportDiagnostic.Info, "Info")]
    [InlineData(ReportDiagnostic.Suppress, null)]
    public async Task What_editorconfig_says_of_the_source_holds(ReportDiagnostic configured, string? severity)
    {
        var project = Heavy with { Severities = ImmutableDictionary<string, ReportDiagnostic>.Empty.Add("PORT303", configured) };

        Assert.Equal(severity, (await Measured.Say(project)).Select(said => said.Severity).SingleOrDefault());
    }

    [Theory]
    [InlineData("")]
    [InlineData("portable-size\t2\ndependency\tBig\t1\t99999999999\tBig\t/shop/Shop.csproj\t1\t1\n")]
    [InlineData("portable-size\t1\ndependency\tBig\tmuch\n\ndependency\tBig\t1\tx\tBig\t/shop/Shop.csproj\t0\t-1\n")]
    public async Task A_report_that_is_none_says_nothing(string report) =>
        Assert.Empty(await Measured.Say(new Harness.Project(HandlerSource.With("")) { AdditionalFiles = [("/shop/obj/portable.size.txt", report)] }));
}
