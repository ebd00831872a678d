using System.Text.RegularExpressions;
using Portable.Integration.Tests.Deployables;
using Portable.Integration.Tests.Support;

namespace Portable.Integration.Tests.Traps;

/// <summary>samples/Traps and samples/Traps.Whole: a build says of every rule what the files' first lines and expected.txt say, and nothing else.</summary>
public sealed partial class TrapsTests
{
    // PORT907 is about a package that this repository's managed builds for Azure always refer to; NewcomerTests leave it out. The others are about packages and
    // files of many megabytes, and stand at lines of a project file: SizeTests build such projects.
    private static readonly string[] ShownElsewhere = ["PORT303", "PORT304", "PORT305", "PORT306", "PORT907"];

    [Theory]
    [InlineData("Traps")]
    [InlineData("Traps.Whole")]
    public async Task A_build_says_what_is_expected(string sample)
    {
        var folder = Repository.PathOf("samples", sample);
        var build = await Gate.EnterAsync(
            () => OrdersSample.DotNetAsync($"build samples/{sample} -t:Rebuild -p:BuildProjectReferences=false -clp:NoSummary"),
            TestContext.Current.CancellationToken);
        build.Succeeded();

        var said = Said(build.Output, folder);
        var text = string.Concat(said.Select(line => $"{line.File}{line.Place}: {line.Id}: {line.Message}\n"));
        var expected = Path.Combine(folder, "expected.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(expected, text, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(expected, TestContext.Current.CancellationToken), text);
        Assert.All(said.GroupBy(line => line.File), file =>
        {
            Assert.Equal([Path.GetFileNameWithoutExtension(file.Key)], file.Select(line => line.Id).Distinct());
            Assert.Contains(File.ReadLines(Path.Combine(folder, file.Key)).First(), file.Select(line => $"// {line.Message}"));
        });
    }

    [Fact]
    public void Every_rule_is_shown()
    {
        var rules = Directory.EnumerateFiles(Repository.PathOf("docs", "rules"), "PORT*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);
        var shown = new[] { "Traps", "Traps.Whole" }
            .SelectMany(sample => File.ReadLines(Path.Combine(Repository.PathOf("samples", sample), "expected.txt")))
            .Select(line => Expected().Match(line).Groups["id"].Value)
            .Concat(ShownElsewhere)
            .Distinct()
            .Order(StringComparer.Ordinal);

        Assert.Equal(rules, shown);
    }

    private static List<(string File, string Place, string Id, string Message)> Said(string output, string folder) =>
    [
        .. Diagnostic().Matches(output)
            .Select(match => (
                File: Path.GetRelativePath(folder, match.Groups["file"].Value.Trim()).Replace('\\', '/'),
                Place: match.Groups["place"].Value,
                Id: match.Groups["id"].Value,
                Message: match.Groups["message"].Value))
            .Distinct()
            .OrderBy(line => line.File, StringComparer.Ordinal)
            .ThenBy(line => line.Place.Length)
            .ThenBy(line => line.Place, StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"^(?<file>[^\n(]+?)(?<place>\(\d+,\d+\))?: (warning|error) (?<id>\w+): (?<message>.*?)( \(https://\S+\))? \[[^\[\]\n]*\.csproj\]$", RegexOptions.Multiline)]
    private static partial Regex Diagnostic();

    [GeneratedRegex(@": (?<id>PORT\d+): ")]
    private static partial Regex Expected();
}
