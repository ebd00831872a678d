using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portable.Workflows.Tests.Differential.Regressions;

/// <summary>Every difference ever found between engines, as a case with a name.</summary>
public sealed class RegressionTests
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly IReadOnlyDictionary<string, Regression> s_all =
        new[] { Numbers.All, Texts.All, Data.All, Failures.All, Sagas.All, World.All }.SelectMany(static cases => cases).ToDictionary(static one => one.Name, StringComparer.Ordinal);

    private static readonly Lazy<IReadOnlyDictionary<string, (Subject? Subject, string? Problem)>> s_compiled = new(static () =>
        Batch.Compile([.. s_all.Values.Select(static one => one.Candidate())], default).Zip(s_all.Keys).ToDictionary(static pair => pair.Second, static pair => pair.First, StringComparer.Ordinal));

    public static TheoryData<string> Names => [.. s_all.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Engines_agree(string name)
    {
        var (regression, subject, right) = await RunAsync(name);
        Assert.Equal(regression.Ends, Ending(right));
        foreach (var (engine, run) in CaseEngines.Others)
        {
            var actual = await Comparison.GuardedAsync(run, subject, regression.Situation, TestContext.Current.CancellationToken);
            Assert.NotNull(actual);
            var difference = Comparison.Between(subject, regression.Situation, right, actual);
            Assert.True(difference is null, $"{engine} differs in {difference}\nC# {right}\n{engine} {actual}");
        }
    }

    /// <summary>What docs/workflows.md lists under "Where engines still differ": when this fails, a difference has been settled, and the list is shorter.</summary>
    [Theory]
    [InlineData("an-integer-beyond-2-53", "output", "Step Functions")]
    [InlineData("a-child-in-a-branch-that-stops", "calls", "Step Functions")]
    public async Task Engines_differ_as_documented(string name, string kind, string engines)
    {
        var regression = Documented.All.Single(one => one.Name == name);
        var (subject, problem) = Batch.Compile([regression.Candidate()], TestContext.Current.CancellationToken)[0];
        Assert.True(subject is not null, problem);
        var right = (await LocalCase.RunAsync(subject, regression.Situation, TestContext.Current.CancellationToken))!;
        Assert.Equal(regression.Ends, Ending(right));
        var different = new List<string>();
        foreach (var (engine, run) in CaseEngines.Others)
        {
            if (Comparison.Between(subject, regression.Situation, right, (await run(subject, regression.Situation, TestContext.Current.CancellationToken))!) is { } difference)
            {
                Assert.Equal(kind, difference);
                different.Add(engine);
            }
        }

        Assert.Equal(engines, string.Join(", ", different));
    }

    private static async Task<(Regression Regression, Subject Subject, Observed Right)> RunAsync(string name)
    {
        var (subject, problem) = s_compiled.Value[name];
        Assert.True(subject is not null, problem);
        var right = await LocalCase.RunAsync(subject, s_all[name].Situation, TestContext.Current.CancellationToken);
        return (s_all[name], subject, right!);
    }

    private static string Ending(Observed right) => right.Failure is { } failure ? "fails " + failure.Code : "returns " + JsonNode.Parse(right.Output!)?.ToJsonString(s_plain);
}
