using System.Text;
using System.Text.RegularExpressions;

namespace Portable.Docs.Tests;

/// <summary>
/// The table of docs/delivery.md: what delivers to each trigger on each cloud. Which hostings support it comes from the <c>[Supports]</c> attributes on tests; the
/// rest is <see cref="DeliveryFacts"/>.
/// </summary>
public sealed class DeliveryTableTests
{
    [Fact]
    public void The_page_has_the_table_that_the_tests_prove()
    {
        var page = Path.Combine(Repository.Root, "docs", "delivery.md");
        var text = File.ReadAllText(page);
        var match = Regex.Match(text, "<!-- delivery -->\n.*?<!-- /delivery -->", RegexOptions.Singleline);
        Assert.True(match.Success, "docs/delivery.md has no <!-- delivery --> block.");
        var expected = $"<!-- delivery -->\n{Print(SupportClaims.Read())}<!-- /delivery -->";
        if (match.Value != expected && Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(page, text.Replace(match.Value, expected, StringComparison.Ordinal));
            return;
        }

        Assert.Equal(expected, match.Value);
    }

    [Fact]
    public void Every_trigger_has_a_row_for_every_cloud() =>
        Assert.All(DeliveryFacts.Triggers, static trigger => Assert.Equal(DeliveryFacts.Clouds, DeliveryFacts.All.Where(fact => fact.Trigger == trigger).Select(static fact => fact.Cloud)));

    [Fact]
    public void Every_row_that_says_how_it_is_delivered_has_a_test_for_each_hosting_of_the_cloud()
    {
        var claims = SupportClaims.Read();
        var unproven = DeliveryFacts.All.Where(static fact => fact.By != DeliveryFacts.No)
            .SelectMany(static fact => DeliveryFacts.Targets(fact.Cloud).Select(target => (fact.Trigger, target)))
            .Where(cell => !claims.Contains(cell))
            .ToList();
        Assert.Empty(unproven);
    }

    private static string Print(HashSet<(string Feature, string Target)> claims)
    {
        var table = new StringBuilder();
        foreach (var trigger in DeliveryFacts.Triggers)
        {
            table.Append("### ").Append(trigger).Append("\n\n| | tested hostings | delivered by | batch | a failure | attempts | dead letters |\n|---|---|---|---|---|---|---|\n");
            foreach (var fact in DeliveryFacts.All.Where(fact => fact.Trigger == trigger))
            {
                var hostings = string.Join(", ", DeliveryFacts.Targets(fact.Cloud).Where(target => claims.Contains((trigger, target))).Select(target => target[(target.IndexOf(' ', StringComparison.Ordinal) + 1)..]));
                table.Append("| ").AppendJoin(" | ", fact.Cloud, hostings.Length == 0 ? "-" : hostings, fact.By, fact.Batch, fact.Failure, fact.Attempts, fact.DeadLetters).Append(" |\n");
            }

            table.Append('\n');
        }

        return table.ToString();
    }
}
