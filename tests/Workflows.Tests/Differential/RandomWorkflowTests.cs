using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Portable.Workflows.Tests.Differential;

/// <summary>
/// Random workflows with random inputs and faults give the same output, failure and calls on every engine. A case that does not is cut
/// down and printed as C#. <c>PORTABLE_DIFF_SEED</c> and <c>PORTABLE_DIFF_CASES</c> explore beyond the fixed seeds.
/// </summary>
public sealed class RandomWorkflowTests(ITestOutputHelper output)
{
    private const int PerBatch = 100;
    private const int PerWorkflow = 20;
    private const int MostReported = 3;

    // For workflows that are not accepted.
    private const int MoreBatches = 3;

    private static readonly int s_seed = Setting("PORTABLE_DIFF_SEED", 20260101);
    private static readonly int s_all = Setting("PORTABLE_DIFF_CASES", 10_000);

    /// <summary>Sets of features with the number of cases of each.</summary>
    public static TheoryData<string, int> Sets =>
        Environment.GetEnvironmentVariable("PORTABLE_DIFF_FEATURES") is { Length: > 0 } chosen ? new() { { chosen, s_all } } : new()
        {
            { nameof(Features.None), 200 },
            { $"{nameof(Features.Try)}, {nameof(Features.Retry)}, {nameof(Features.Timeout)}", 300 },
            { nameof(Features.Control), 1000 },
            { nameof(Features.Expressions), 800 },
            { $"{nameof(Features.Expressions)}, {nameof(Features.Lifted)}, {nameof(Features.Defects)}", 1000 },
            { nameof(Features.Data), 800 },
            { nameof(Features.Concurrency), 900 },
            { $"{nameof(Features.Concurrency)}, {nameof(Features.Saga)}, {nameof(Features.Lifted)}, {nameof(Features.Defects)}", 1000 },
            { nameof(Features.World), 900 },
            { nameof(Features.Language), 800 },
            { nameof(Features.All), 2300 },
        };

    [Theory]
    [MemberData(nameof(Sets))]
    public async Task Engines_agree(string set, int cases) => await RunAsync(Enum.Parse<Features>(set), cases);

    private async Task RunAsync(Features features, int cases)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var clock = Stopwatch.StartNew();
        var problems = new ConcurrentDictionary<string, (int Count, string Example)>();
        var found = new ConcurrentQueue<(RandomProgram Program, Situation Situation, Subject Subject, Difference Difference)>();
        int done = 0, workflows = 0, rejected = 0;
        for (var batch = 0; done < cases && found.IsEmpty && batch <= (cases / PerBatch / PerWorkflow) + MoreBatches; batch++)
        {
            var programs = Enumerable.Range(0, Math.Min(PerBatch, ((cases - done) / PerWorkflow) + 1))
                .Select(i => ProgramGenerator.Create($"w{batch}-{i}", unchecked((s_seed * 31) + (batch * 1000) + i), features))
                .ToList();
            var compiled = Batch.Compile([.. programs.Select(static program => program.Candidate())], cancellation);
            await Parallel.ForAsync(0, programs.Count, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellation }, async (i, _) =>
            {
                if (compiled[i].Subject is not { } subject)
                {
                    Interlocked.Increment(ref rejected);
                    var problem = compiled[i].Problem!.Split('\n')[0];
                    problems.AddOrUpdate(problem.Split('«')[0], (1, problem), static (_, known) => (known.Count + 1, known.Example));
                    return;
                }

                Interlocked.Increment(ref workflows);
                for (var s = 0; s < PerWorkflow && found.Count < 5; s++)
                {
                    var situation = Situation.Create(unchecked((s_seed * 17) + (batch * 100_000) + (i * 100) + s), programs[i], features);
                    Interlocked.Increment(ref done);
                    if (await Comparison.RunAsync(subject, situation, cancellation) is { } difference)
                    {
                        found.Enqueue((programs[i], situation, subject, difference));
                        break;
                    }
                }
            });
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{features}: {done} cases of {workflows} workflows ({rejected} not accepted) in {clock.Elapsed.TotalSeconds:0.0} s"));
        foreach (var (count, example) in problems.Values.OrderByDescending(static problem => problem.Count).Take(12))
        {
            output.WriteLine($"  not accepted, {count}: {example[..Math.Min(example.Length, 400)]}");
        }

        if (!found.IsEmpty)
        {
            var report = new StringBuilder();
            foreach (var one in found.DistinctBy(static one => (one.Difference.Engine, one.Difference.Kind)).Take(MostReported))
            {
                report.Append(await ReportAsync(one.Program, one.Situation, one.Subject, one.Difference, cancellation)).Append('\n');
            }

            Assert.Fail($"{found.Count} differences\n\n{report}");
        }

        // A reader that refuses everything would agree with everybody.
        Assert.True(done >= cases * 9 / 10, $"Only {done} of {cases} cases were run: {rejected} workflows were not accepted.");
    }

    private static async Task<string> ReportAsync(RandomProgram program, Situation situation, Subject subject, Difference difference, CancellationToken cancellationToken)
    {
        (program, situation, subject, difference) = await Shrinker.ShrinkAsync(program, situation, subject, difference, TimeSpan.FromSeconds(90), cancellationToken);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{difference.Engine} differs in {difference.Kind}\n\n{program.Source()}\n{situation}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"C# {difference.Right}\n");
        foreach (var (name, engine) in CaseEngines.Others)
        {
            var observed = await Comparison.GuardedAsync(engine, subject, situation, cancellationToken);
            text.Append(CultureInfo.InvariantCulture, $"{name} {(observed is not null && difference.Right.Broken is null && Comparison.Between(subject, situation, difference.Right, observed) is null ? "agrees" : observed)}\n");
        }

        try
        {
            text.Append(difference.Engine switch
            {
                "Step Functions" => subject.Asl,
                "Google Workflows" => subject.Yaml,
                _ => "",
            });
        }
        catch (Exception e)
        {
            text.Append(e);
        }

        return text.ToString();
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
