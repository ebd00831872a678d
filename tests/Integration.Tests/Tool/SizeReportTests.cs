using Portable.Build.Measuring;
using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Tool;

/// <summary>What a package weighs and who brings it, from lists and assets written by hand.</summary>
public sealed class SizeReportTests : IDisposable
{
    private const string Assets = """
        {
          "version": 3,
          "targets": {
            "net10.0/linux-x64": {
              "Billing/2.0.0": { "type": "package", "dependencies": { "Json": "1.0.0", "Native": "3.1.0" } },
              "Json/1.0.0": { "type": "package" },
              "Native/3.1.0": { "type": "package" },
              "Shared/1.0.0": { "type": "project", "dependencies": { "Json": "1.0.0" } },
              "Portable.Local/0.1.0": { "type": "package", "dependencies": { "Json": "1.0.0", "Sqlite": "9.0.0" } },
              "Sqlite/9.0.0": { "type": "package" }
            }
          }
        }
        """;

    private readonly TempFolder _temp = new();

    [Fact]
    public void Parts_are_listed_heaviest_first_with_who_brings_them_and_where_that_is_stated()
    {
        var project = _temp.Write("Shop.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <PackageReference Include="Billing" Version="2.0.0" />
                <ProjectReference Include="..\Shared\Shared.csproj" />
                <None Include="models\**\*.onnx" CopyToOutputDirectory="Always" />
              </ItemGroup>
            </Project>
            """);
        var report = Measure(
            $"project\t{project}\taws\tfalse\tlinux-x64",
            Asset("Native.so", 3000, "Native", kind: "native"),
            Asset("Billing.dll", 100, "Billing"),
            Asset("Billing.de.dll", 50, "Billing"),
            Asset("Billing.xml", 9000, "Billing"),
            Asset("Shared.dll", 500, "", $"{_temp.Path}/Shared/Shared.csproj"),
            Asset("Json.dll", 20, "Json"),
            Asset("Loose.dll", 10, ""),
            $"content\t{File("models/risk.onnx", 700)}\tmodels\\risk.onnx\t{project}\tAlways\t",
            $"content\t{File("notes.txt", 800)}\tnotes.txt\t{project}\tNever\t",
            $"content\t{File("seed.bin", 5)}\tseed.bin\t/usr/share/dotnet/sdk/Sdks/Microsoft.NET.Sdk/targets/x.props\tPreserveNewest\tNever",
            $"reference\tBilling\t{project}",
            $"reference\tShared.csproj\t{project}");

        Assert.Equal(
            [
                $"dependency Native 3.1.0 3000 Billing {project} 3 5",
                $"content models/risk.onnx  700 models/risk.onnx {project} 5 5",
                $"dependency Shared 1.0.0 500 Shared {project} 4 5",
                $"dependency Billing 2.0.0 150 Billing {project} 3 5",
                $"dependency Json 1.0.0 20 Billing {project} 3 5",
                $"dependency Loose  10 Loose {project} 1 1",
            ],
            report);
    }

    [Theory]
    [InlineData("local", "", "libb.so 30")] // what Linux would get
    [InlineData("local", "win-x64", "libb.so 100")] // the build has chosen already
    [InlineData("gcp", "", "libb.so 100")] // the package has them all
    public void Libraries_of_other_platforms_count_where_they_are_deployed(string cloud, string runtimeIdentifier, string expected) => Assert.Equal(
        [expected],
        Measure(
            $"project\t/none.csproj\t{cloud}\tfalse\t{runtimeIdentifier}",
            Asset("a.so", 30, "libb.so", runtime: "linux-x64", kind: "native"),
            Asset("b.so", 70, "libb.so", runtime: "osx-arm64", kind: "native")).Select(line => line.Split(' ')).Select(cells => $"{cells[1]} {cells[3]}"));

    [Theory]
    [InlineData("local", "Json")]
    [InlineData("aws", "Json Portable.Local Sqlite")]
    public void What_only_the_local_host_needs_is_not_deployed(string cloud, string expected)
    {
        var report = Measure(
            $"project\t/none.csproj\t{cloud}\tfalse\t",
            Asset("Json.dll", 3, "Json"),
            Asset("Portable.Local.dll", 2, "Portable.Local"),
            Asset("Sqlite.dll", 1, "Sqlite"),
            "reference\tPortable.Local\t/none.csproj",
            "reference\tBilling\t/none.csproj");

        Assert.Equal(expected, string.Join(' ', report.Select(line => line.Split(' ')[1])));
    }

    [Fact]
    public void Assemblies_of_a_native_program_are_part_of_it()
    {
        var report = Measure(
            "project\t/none.csproj\taws\ttrue\tlinux-x64",
            Asset("Native.so", 3, "Native", kind: "native"),
            Asset("Native.dll", 2, "Native"));

        Assert.Equal(["dependency Native 3.1.0 3", "compiled Native 3.1.0 2"], report.Select(line => string.Join(' ', line.Split(' ').Take(4))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{ \"targets\": 1 }")]
    [InlineData("{ \"targets\": { \"net10.0\": [] } }")]
    public void Without_readable_assets_sizes_are_known(string? assets) =>
        Assert.Equal(["dependency Json  3 Json /none.csproj 1 1"], Measure(["project\t/none.csproj\taws\tfalse\t", Asset("Json.dll", 3, "Json"), Asset("gone.dll", 0, "Gone")], assets));

    [Fact]
    public void A_report_that_says_the_same_keeps_its_time()
    {
        string[] list = ["project\t/none.csproj\taws\tfalse\t", Asset("Json.dll", 3, "Json")];
        Measure(list);
        var path = _temp.PathOf("portable.size.txt");
        var before = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        System.IO.File.SetLastWriteTimeUtc(path, before);

        Measure(list);

        Assert.Equal(before, System.IO.File.GetLastWriteTimeUtc(path));
    }

    public void Dispose() => _temp.Dispose();

    private List<string> Measure(params string[] list) => Measure(list, Assets);

    // The lines of the report after its first, with spaces for tabs.
    private List<string> Measure(string[] list, string? assets)
    {
        var listPath = _temp.Write("portable.package.txt", string.Join('\n', list));
        var assetsPath = assets is null ? _temp.PathOf("none.json") : _temp.Write("project.assets.json", assets);
        SizeReport.Write(listPath, assetsPath, _temp.PathOf("portable.size.txt"));
        var lines = System.IO.File.ReadAllLines(_temp.PathOf("portable.size.txt"));
        Assert.Equal("portable-size\t1", lines[0]);
        return [.. lines.Skip(1).Select(line => line.Replace('\t', ' '))];
    }

    private string Asset(string name, int bytes, string package, string source = "", string runtime = "", string kind = "runtime") =>
        $"asset\t{(bytes > 0 ? File(name, bytes) : _temp.PathOf(name))}\t{package}\t{source}\t{runtime}\t{kind}";

    private string File(string name, int bytes) => _temp.Write(name, new string('x', bytes));
}
