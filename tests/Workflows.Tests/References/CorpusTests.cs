using System.Globalization;
using System.Text.Json.Nodes;
using Portable.Generator.Workflows.Graph;
using Portable.Testing.Asl;
using Portable.TestKit;
using Portable.TestKit.ExternalTools;
using Portable.Workflows.Tests.Differential;

namespace Portable.Workflows.Tests.References;

/// <summary>
/// What others' tools say of a corpus of random workflows: two validators of state machines, the public schema of Google Workflows, Mermaid, and the reference
/// implementation of JSONata, which evaluates what the runs of the differential suite evaluate. Each fact is about programs that no person has chosen.
/// </summary>
public sealed class CorpusTests(NodeToolsFixture tools, ITestOutputHelper output) : IClassFixture<NodeToolsFixture>
{
    private const int Programs = 300;

    // Mermaid and the readers of YAML take up to a fifth of a second for a file.
    private const int ProgramsForSlowTools = 80;
    private const int SituationsPerProgram = 3;
    private const int Seed = 20_261_121;

    private static readonly Lazy<IReadOnlyList<(RandomProgram Program, Subject Subject)>> s_corpus = new(Create);

    [Fact]
    public void State_machines_are_valid() => Check(static (tools, subject) => tools.ValidateAsl(subject.Asl!), static subject => subject.Asl, 2 * Programs / 3);

    [Fact]
    public void Google_workflows_fit_the_public_schema()
    {
        _ = RepositoryFolder.SharedOrSkip("gcp/schemas/workflows.schemastore.json");

        // The schema takes an expression for one by a pattern whose dot is no line separator, which a text in it may well be.
        Check(static (tools, subject) => tools.ValidateGoogleWorkflow(subject.Yaml!.Replace("\\u2028", " ", StringComparison.Ordinal)), static subject => subject.Yaml, ProgramsForSlowTools);
    }

    [Fact]
    public void Mermaid_reads_the_graphs() => Check(static (tools, subject) => tools.ValidateMermaid(MermaidEmitter.Emit(subject.Model)!), static subject => MermaidEmitter.Emit(subject.Model), ProgramsForSlowTools);

    [Fact]
    public void Expressions_are_JSONata()
    {
        var oracle = tools.Tools;
        var texts = s_corpus.Value.SelectMany(static entry => entry.Subject.Machine?.Expressions ?? []).Select(static expression => expression.Text).ToHashSet(StringComparer.Ordinal);
        Assert.True(texts.Count > Programs);
        foreach (var text in texts)
        {
            // Without its variables an expression may fail, but not as one that cannot be read.
            var answer = oracle.Jsonata(text);
            Assert.False(answer.ErrorCode?.StartsWith('S') == true, $"{answer.ErrorMessage}\n{text}");
        }
    }

    [Fact]
    public async Task Expressions_have_the_values_that_the_reference_gives_them()
    {
        var oracle = tools.Tools;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var failed = 0;
        foreach (var (program, subject) in s_corpus.Value)
        {
            for (var i = 0; i < SituationsPerProgram && subject.Machine is not null; i++)
            {
                var situation = Situation.Create(Seed + (i * 7919), program, Features.All);
                await RunAsync(subject, situation, evaluation =>
                {
                    var variables = evaluation.Variables;
                    if (IsDifferentEachTime(evaluation.Expression) || !seen.Add(evaluation.Expression + "\n" + string.Join("\n", variables.OrderBy(static variable => variable.Key, StringComparer.Ordinal))))
                    {
                        return;
                    }

                    failed += evaluation.ErrorCode is null ? 0 : 1;
                    var expected = oracle.Jsonata(evaluation.Expression, null, variables);
                    Assert.True(
                        expected.ErrorCode == evaluation.ErrorCode && Same(expected.Json, evaluation.ResultJson),
                        $"{evaluation.Expression}\nwith {string.Join(", ", variables)}\nreference: {expected}\nours: {evaluation.ResultJson} {evaluation.ErrorCode}\n{program.Source()}");
                });
            }
        }

        Assert.True(seen.Count > Programs * SituationsPerProgram);
        Assert.Equal(0, failed); // none of our own expressions fails, whatever the data
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seen.Count} evaluations"));
    }

    private static bool IsDifferentEachTime(string expression) => expression.Contains("$uuid(", StringComparison.Ordinal) || expression.Contains("$now(", StringComparison.Ordinal);

    private static async Task RunAsync(Subject subject, Situation situation, Action<AslEvaluation> evaluated) =>
        await CaseEngines.StepFunctionsAsync(subject, situation, evaluated, TestContext.Current.CancellationToken);

    private static bool Same(string? expected, string? actual) =>
        expected == actual || (expected is not null && actual is not null && JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)));

    private void Check(Func<NodeTools, Subject, IReadOnlyList<string>> check, Func<Subject, string?> text, int programs = Programs)
    {
        var all = tools.Tools;
        var count = 0;
        foreach (var (program, subject) in s_corpus.Value.Take(programs).Where(entry => text(entry.Subject) is not null))
        {
            var problems = check(all, subject);
            Assert.True(problems.Count == 0, $"{string.Join("\n", problems)}\n{program.Source()}\n{text(subject)}");
            count++;
        }

        Assert.True(count > programs * 9 / 10, $"Only {count} of {programs} programs have a definition.");
    }

    private static List<(RandomProgram, Subject)> Create()
    {
        var programs = Enumerable.Range(0, Programs).Select(static i => ProgramGenerator.Create($"corpus-{i}", Seed + i, Features.All)).ToList();
        var compiled = Batch.Compile([.. programs.Select(static program => program.Candidate())], TestContext.Current.CancellationToken);
        return [.. programs.Zip(compiled).Where(static pair => pair.Second.Subject is not null).Select(static pair => (pair.First, pair.Second.Subject!))];
    }
}
