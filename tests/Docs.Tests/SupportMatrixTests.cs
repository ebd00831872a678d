using System.Text;
using System.Text.RegularExpressions;

namespace Portable.Docs.Tests;

/// <summary>
/// The README's tables of what is supported are made of the <c>[Supports]</c> and <c>[EveryEngine]</c> attributes on tests: no cell stands without a test.
/// </summary>
public sealed partial class SupportMatrixTests
{
    private static readonly Table s_targets = new(
        "matrix",
        ["local", "aws managed", "aws native", "gcp managed", "gcp native", "azure managed", "azure native"],
        [
            "HTTP trigger", "Queue trigger, single messages", "Queue trigger, batches", "Ordered queue trigger", "Stream trigger", "Storage trigger", "Schedule trigger", "Event trigger", "Table trigger", "Device trigger",
            "Partial batch failure", "Ordered sources stop at the first failure", "Dead letters with the reason", "Payloads validated", "Idempotency", "Authorization", "Trace context and correlation id", "Secrets",
            "Queues as outputs", "Event bus as output", "Buckets as outputs", "Binary and multi-value HTTP", "Streamed HTTP responses", "Health endpoint",
            "Services from [Startup]", "Deadline as cancellation", "Workflow", "Workflow steps", "Retry with an error filter", "Inference step",
        ]);

    private static readonly Table s_engines = new(
        "engines",
        ["Local", "Step Functions", "Google Workflows", "Durable"],
        [
            "`if`, `switch`, loops, `break`, `continue`, `return` anywhere", "`try`, `catch` with `when`, `finally`, `throw`", "Expressions that .NET computes", "Defects fail the run",
            "Retries with an error filter", "Timeout of a step", "Idempotency key", "Signs of life of long steps", "Inference",
            "Branches side by side", "Map: in order, some at a time", "Map whose elements may fail by themselves",
            "`Delay`, `Until`, the engine's time and identifiers", "Events, with a timeout", "Events raised before the wait", "Child workflows", "Published events", "Sagas",
            "Goes on after a crash",
        ]);

    [Theory]
    [InlineData("matrix")]
    [InlineData("engines")]
    public void The_readme_has_the_tables_that_the_tests_prove(string name)
    {
        var table = name == "matrix" ? s_targets : s_engines;
        var readme = Path.Combine(Repository.Root, "README.md");
        var text = File.ReadAllText(readme);
        var match = Regex.Match(text, $"<!-- {name} -->\n.*?<!-- /{name} -->", RegexOptions.Singleline);
        Assert.True(match.Success, $"README.md has no <!-- {name} --> block.");
        var expected = $"<!-- {name} -->\n{table.Print(Claims())}<!-- /{name} -->";
        if (match.Value != expected && Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(readme, text.Replace(match.Value, expected, StringComparison.Ordinal));
            return;
        }

        Assert.Equal(expected, match.Value);
    }

    [Fact]
    public void Every_claim_is_a_cell_of_a_table() => Assert.All(Claims(), static claim => Assert.True(s_targets.Has(claim) || s_engines.Has(claim), claim.ToString()));

    private static HashSet<(string Feature, string Target)> Claims()
    {
        var texts = Repository.Files("tests", "*.cs").Select(File.ReadAllText).ToList();
        return
        [
            .. SupportClaims.Read(),
            .. texts.SelectMany(static text => EveryEngine().Matches(text)).SelectMany(static match => s_engines.Columns.Select(engine => (match.Groups[1].Value, engine))),
        ];
    }

    // The attribute itself gives the theory its engines, so the claim holds for all of them.
    [GeneratedRegex("""^\s*\[EveryEngine\("([^"]+)"\)\]""", RegexOptions.Multiline)]
    private static partial Regex EveryEngine();

    /// <summary>A table of the README, between two comments with its name.</summary>
    private sealed record Table(string Name, string[] Columns, string[] Rows)
    {
        public bool Has((string Feature, string Target) claim) => Rows.Contains(claim.Feature) && Columns.Contains(claim.Target);

        public string Print(HashSet<(string Feature, string Target)> claims)
        {
            var table = new StringBuilder().Append("| | ").AppendJoin(" | ", Columns).Append(" |\n|---|").Append(string.Concat(Columns.Select(static _ => "---|"))).Append('\n');
            foreach (var feature in Rows.Where(feature => claims.Any(claim => claim.Feature == feature)))
            {
                table.Append("| ").Append(feature).Append(" | ").AppendJoin(" | ", Columns.Select(target => claims.Contains((feature, target)) ? "yes" : "-")).Append(" |\n");
            }

            return table.ToString();
        }
    }
}
