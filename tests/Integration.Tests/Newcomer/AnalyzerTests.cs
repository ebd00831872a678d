using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Newcomer;

/// <summary>The rules as a user has them: from the packed package, in a build, with <c>.editorconfig</c>, and with <c>dotnet format</c>.</summary>
public sealed class AnalyzerTests(PackageFeed feed)
{
    private const string Guilty = """
        using Portable;

        public static class Orders
        {
            [Function, HttpTrigger("POST", "/orders")]
            public static async Task<string> Place(Order order)
            {
                Save(order); // for later
                await Task.Yield();
                return order.Id;
            }

            private static async Task Save(Order order) => await Task.Delay(order.Id.Length);
        }

        public sealed record Order(string Id);
        """;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_build_says_what_is_wrong_editorconfig_says_how_bad_and_format_fixes_it()
    {
        using var folder = new TempFolder();
        await CreateProjectAsync(folder);
        folder.Write("Hello/Program.cs", Guilty);

        var build = (await DotNetAsync(folder, "build")).Succeeded();
        Assert.Matches(@"Program\.cs\(6,38\): warning PORT801: .*\(https://github\.com/portable-dotnet/portable/blob/main/docs/rules/PORT801\.md\)", build.Output);
        Assert.Matches(@"Program\.cs\(8,9\): warning PORT104: .*\(https://github\.com/portable-dotnet/portable/blob/main/docs/rules/PORT104\.md\)", build.Output);

        folder.Write("Hello/.editorconfig", "[*.cs]\ndotnet_diagnostic.PORT801.severity = error\ndotnet_diagnostic.PORT104.severity = none\n");
        build = (await DotNetAsync(folder, "build")).Failed();
        Assert.Contains("error PORT801", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("PORT104", build.Output, StringComparison.Ordinal);

        File.Delete(folder.PathOf("Hello", ".editorconfig"));
        (await DotNetAsync(folder, "format analyzers --no-restore --severity warn --diagnostics PORT801 PORT104")).Succeeded();
        var formatted = await File.ReadAllTextAsync(folder.PathOf("Hello", "Program.cs"), Stop);
        Assert.Contains("""[Function, HttpTrigger("POST", "/orders"), AllowAnonymous]""", formatted, StringComparison.Ordinal);
        Assert.Contains("        await Save(order); // for later", formatted, StringComparison.Ordinal);
        build = (await DotNetAsync(folder, "build -warnaserror")).Succeeded();
        Assert.DoesNotContain("PORT", build.Output, StringComparison.Ordinal);
    }

    private async Task CreateProjectAsync(TempFolder folder)
    {
        var version = await feed.VersionAsync();
        feed.Configure(folder);
        (await Command.DotNetAsync(folder.Path, "new console -n Hello --no-restore", Stop, feed.Environment)).Succeeded();
        foreach (var package in (string[])["Portable", "Portable.Local"])
        {
            (await DotNetAsync(folder, $"add package {package} --version {version} --no-restore")).Succeeded();
        }
    }

    private Task<CommandResult> DotNetAsync(TempFolder folder, string arguments) => Command.DotNetAsync(folder.PathOf("Hello"), arguments, Stop, feed.Environment);
}
