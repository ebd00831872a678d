using System.Text;
using System.Text.RegularExpressions;

namespace Portable.Docs.Tests;

/// <summary>The README's support matrix is made of the <c>[Supports]</c> attributes on tests: no cell stands without a test.</summary>
public sealed partial class SupportMatrixTests
{
    private static readonly string[] Targets = ["local", "aws managed", "aws native", "gcp managed", "gcp native", "azure managed", "azure native"];

    private static readonly string[] Features =
    [
        "HTTP trigger", "Queue trigger, single messages", "Queue trigger, batches", "Partial batch failure", "Schedule trigger",
        "Services from [Startup]", "Deadline as cancellation", "Workflow", "Workflow steps", "Retry with an error filter", "Inference step",
    ];

    [Fact]
    public void The_readme_has_the_matrix_that_the_tests_prove()
    {
        var readme = Path.Combine(Repository.Root, "README.md");
        var text = File.ReadAllText(readme);
        var match = Block().Match(text);
        Assert.True(match.Success, "README.md has no <!-- matrix --> block.");
        var expected = $"<!-- matrix -->\n{Matrix()}<!-- /matrix -->";
        if (match.Value != expected && Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(readme, text.Replace(match.Value, expected, StringComparison.Ordinal));
            return;
        }

        Assert.Equal(expected, match.Value);
    }

    [Fact]
    public void Every_claim_names_a_known_feature_and_target()
    {
        Assert.All(Claims(), claim => Assert.Contains(claim.Feature, Features));
        Assert.All(Claims(), claim => Assert.Contains(claim.Target, Targets));
    }

    private static string Matrix()
    {
        var claims = Claims();
        var table = new StringBuilder().Append("| | ").AppendJoin(" | ", Targets).Append(" |\n|---|").Append(string.Concat(Targets.Select(_ => "---|"))).Append('\n');
        foreach (var feature in Features.Where(feature => claims.Any(claim => claim.Feature == feature)))
        {
            table.Append("| ").Append(feature).Append(" | ").AppendJoin(" | ", Targets.Select(target => claims.Contains((feature, target)) ? "yes" : "-")).Append(" |\n");
        }

        return table.ToString();
    }

    private static HashSet<(string Feature, string Target)> Claims() =>
        [.. Repository.Files("tests", "*.cs").SelectMany(file => Claim().Matches(File.ReadAllText(file))).Select(match => (match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex("""^\s*\[Supports\("([^"]+)", "([^"]+)"\)\]""", RegexOptions.Multiline)]
    private static partial Regex Claim();

    [GeneratedRegex("<!-- matrix -->\n.*?<!-- /matrix -->", RegexOptions.Singleline)]
    private static partial Regex Block();
}
