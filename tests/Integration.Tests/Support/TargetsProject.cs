namespace Portable.Integration.Tests.Support;

/// <summary>
/// A small application in a folder of its own that imports the props and targets as a package would. Its artifacts are written by hand,
/// so that the targets are tested without the generator.
/// </summary>
internal sealed class TargetsProject : IDisposable
{
    private static readonly string BuildFolder = Repository.PathOf("src", "Build", "build");
    private readonly TempFolder _temp = new();

    /// <param name="properties">More properties of the project file.</param>
    /// <param name="adapter">Whether the adapter of the cloud is referenced.</param>
    /// <param name="outputType">The project's output type.</param>
    public TargetsProject(string properties = "", bool adapter = true, string outputType = "Exe")
    {
        _temp.Write("Directory.Build.props", $"""
            <Project>
              <Import Project="{BuildFolder}/Portable.props" />
              <PropertyGroup>
                <PortableBuildTool>{Repository.BuildTool}</PortableBuildTool>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
        _temp.Write("Directory.Build.targets", $"""
            <Project>
              <Import Project="{BuildFolder}/Portable.targets" />
            </Project>
            """);
        _temp.Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>{outputType}</OutputType>
                <Adapter>{(adapter ? "$(PortableCloud)" : "none")}</Adapter>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="adapters/*.$(Adapter).dll" />
              </ItemGroup>
            </Project>
            """);

        // The attributes, under the name of each adapter: the checks go by file name.
        var attributes = typeof(FunctionAttribute).Assembly.Location;
        foreach (var name in (string[])["Local", "Aws", "Gcp", "Azure", "none"])
        {
            Directory.CreateDirectory(PathOf("adapters"));
            File.Copy(attributes, PathOf("adapters", name == "none" ? "Attributes.none.dll" : $"Portable.{name}.dll"));
        }

        WriteArtifacts(("portable.json", Manifest), ("definitions/aws/a.asl.json", "{}"), ("definitions/gcp/a.workflows.yaml", "main: {}"), ("entrypoints/aws-managed/A.g.cs", "//"));
    }

    public const string Manifest = """{ "functions": [ { "name": "Hello", "trigger": { "type": "http", "method": "GET", "route": "/hello" } } ] }""";

    public string PathOf(params string[] parts) => _temp.PathOf(parts);

    /// <summary>Replaces the program: it carries these artifacts and prints which constants are defined.</summary>
    public void WriteArtifacts(params (string Path, string Content)[] artifacts) => _temp.Write("Program.cs", string.Concat(
        artifacts.Select(artifact => $"[assembly: Portable.PortableArtifact({Quote(artifact.Path)}, {Quote(artifact.Content)})]\n")) + """

        #if !(PORTABLE_LOCAL || PORTABLE_AWS || PORTABLE_GCP || PORTABLE_AZURE)
        #error no cloud
        #endif
        #if !(PORTABLE_MANAGED || PORTABLE_NATIVE)
        #error no hosting
        #endif
        public static class Program
        {
            public static void Main()
            {
            }
        }
        """);

    public Task<CommandResult> DotNetAsync(string arguments) => Command.DotNetAsync(_temp.Path, arguments, TestContext.Current.CancellationToken);

    public void Dispose() => _temp.Dispose();

    private static string Quote(string text) => "@\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
