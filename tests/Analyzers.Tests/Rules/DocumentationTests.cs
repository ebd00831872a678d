using System.Text;
using Microsoft.CodeAnalysis;
using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Rules;

/// <summary>Rules, their pages, the index and the release notes agree.</summary>
public sealed class DocumentationTests
{
    private const string Introduction = """
        # Rules

        What the analyzers check, one page per rule: what it says, why, how to fix it and when to suppress it.

        *Handler code* is what stands in a class that declares functions, steps or workflows. Rules that ask what a handler does in the world outside also follow its calls into the methods of the project, three calls deep: static and
        non-virtual methods, and those of an interface that one class of the project implements. What is called through packages, delegates or reflection is not followed, and where a rule is not sure it is silent.

        Every severity can be set in `.editorconfig`, by rule (`dotnet_diagnostic.PORT208.severity = error`) or by group (`dotnet_analyzer_diagnostic.category-Portable.State.severity = none`); `dotnet format analyzers` applies the fixes. Thresholds are MSBuild
        properties, which the pages name. [samples/Traps](../../samples/Traps) shows every rule once.

        """;

    private static string RulesFolder => Path.Combine(Repository.Root, "docs", "rules");

    public static TheoryData<string> Ids => [.. Check.Rules.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Ids))]
    public void A_rule_has_a_page_with_what_why_fix_and_suppression(string id)
    {
        var page = File.ReadAllLines(Path.Combine(RulesFolder, id + ".md"));

        Assert.Equal($"# {id}: {Check.Rules[id].Title}", page[0]);
        Assert.Equal(["## What", "## Why", "## How to fix", "## When to suppress"], page.Where(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Equal($"https://github.com/portable-dotnet/portable/blob/main/docs/rules/{id}.md", Check.Rules[id].HelpLinkUri);
    }

    [Fact]
    public void A_page_has_a_rule() =>
        Assert.Equal(
            Check.Rules.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(RulesFolder, "PORT*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_index_lists_every_rule()
    {
        var file = Path.Combine(RulesFolder, "README.md");
        var index = Index();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(file, index);
        }

        Assert.Equal(index, File.ReadAllText(file));
    }

    [Fact]
    public void The_release_notes_list_every_rule()
    {
        var folder = Path.Combine(Repository.Root, "src", "Analyzers");
        var listed = new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(name => File.ReadAllLines(Path.Combine(folder, name)))
            .Where(line => line.StartsWith("PORT", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

        Assert.Equal(Sorted().Select(d => $"{d.Id} | {d.Category} | {d.DefaultSeverity} | {d.Title}"), listed);
    }

    [Fact]
    public void Every_id_of_the_parser_has_a_rule_and_an_analyzer()
    {
        var ids = Type.GetType("Portable.Generator.Discovery.RuleIdentifiers, Portable.Generator", throwOnError: true)!
            .GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal).ToArray();

        Assert.Equal(ids, Check.Rules.Keys.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<DiagnosticDescriptor> Sorted() => Check.Rules.Values.OrderBy(d => d.Id, StringComparer.Ordinal);

    private static string Index()
    {
        var text = new StringBuilder(Introduction);
        foreach (var category in Sorted().GroupBy(d => d.Category))
        {
            text.Append($"\n## {category.Key["Portable.".Length..]}\n\n| rule | says | severity | code fix |\n|---|---|---|---|\n");
            foreach (var rule in category)
            {
                var severity = rule.Id == "PORT301" ? "error with AOT or trimming, else info" : rule.DefaultSeverity.ToString().ToLowerInvariant();
                text.Append($"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {severity} | {(Fix.FixableIds.Contains(rule.Id) ? "yes" : "")} |\n");
            }
        }

        return text.ToString();
    }
}
