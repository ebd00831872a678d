using Microsoft.CodeAnalysis;
using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Corpus;

/// <summary>
/// Code as people write it: on innocent code no rule speaks, and of guilty code one rule speaks once. The files are data: one per rule in <c>Guilty</c>, one per
/// topic in <c>Innocent</c>, with a line <c>//// name</c> before each snippet.
/// </summary>
public sealed class CorpusTests
{
    private static readonly IReadOnlyDictionary<string, Snippet> AllGuilty = Snippet.Of("Guilty");
    private static readonly IReadOnlyDictionary<string, Snippet> AllInnocent = Snippet.Of("Innocent");

    public static TheoryData<string> Guilty => [.. AllGuilty.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> Innocent => [.. AllInnocent.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Guilty))]
    public async Task Guilty_code_has_one_diagnostic(string name)
    {
        var (project, marked) = AllGuilty[name].Load();
        Assert.Single(marked.Spans);
        await Check.Reports(AllGuilty[name].File, project, marked);
    }

    [Theory, MemberData(nameof(Innocent))]
    public async Task Innocent_code_has_none(string name)
    {
        var (project, _) = AllInnocent[name].Load();
        await Check.Silent(project);
        Assert.DoesNotContain(await Check.Run(project), diagnostic => !IsNews(diagnostic));
    }

    // What is said of any code that uses the feature, as news: payloads outside JSON contexts, what a trigger lacks on a cloud, generated steps.
    private static bool IsNews(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Info && diagnostic.Id is "PORT016" or "PORT301" or "PORT722";
}
