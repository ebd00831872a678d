using System.Diagnostics;
using System.Globalization;

namespace Portable.Benchmarks.Drill;

/// <summary>How a drill runs.</summary>
internal sealed record DrillOptions
{
    /// <summary>How many messages each target gets.</summary>
    public int Messages { get; init; } = 4_000;

    /// <summary>What chance is drawn from; the same seed draws the same faults, though not at the same moments.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many processes handle messages.</summary>
    public int Processes { get; init; } = 4;

    /// <summary>How often one of them is killed, on average.</summary>
    public TimeSpan KillEvery { get; init; } = TimeSpan.FromMilliseconds(1000);

    /// <summary>How long it may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>One drill: messages through crashes, duplicates, delays and disorder.</summary>
internal static class DrillRun
{
    public static string[] Targets { get; } = ["local", "aws", "gcp"];

    public static async Task<Verdict> RunAsync(string target, DrillOptions options, TextWriter output)
    {
        var random = new Random(options.Seed);
        var parcels = Parcel.Make(options.Messages, random);
        var folder = Directory.CreateTempSubdirectory("portable-drill-");
        var clock = Stopwatch.StartNew();
        try
        {
            var store = Path.Combine(folder.FullName, "idempotency.db");
            var ledger = new LedgerServer();
            var kills = (IReadOnlyCollection<(int, long, long)>)[];
            var platform = new Platform(target == "local" ? [] : parcels, random);
            var duplicates = 0;
            if (target == "local")
            {
                duplicates = await LocalDrill.RunAsync(parcels, ledger, store, random).WaitAsync(options.Patience);
            }
            else
            {
                kills = await NativeAsync(target, options, platform, ledger, store, random);
                duplicates = platform.Duplicates;
            }

            var took = clock.Elapsed;
            await ledger.DisposeAsync();
            var verdict = Judge.Of(parcels, ledger.Entries, kills, platform.Acknowledged);
            Print(output, target, options.Messages, took, platform, duplicates, kills.Count, ledger, verdict);
            return verdict;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyCollection<(int, long, long)>> NativeAsync(string target, DrillOptions options, Platform platform, LedgerServer ledger, string store, Random random)
    {
        await using var aws = new AwsDrill(platform);
        await aws.StartAsync();
        var workers = new Workers(
            target,
            options.Processes,
            port => new Dictionary<string, string>
            {
                ["DRILL_LEDGER"] = ledger.Port.ToString(CultureInfo.InvariantCulture),
                ["DRILL_STORE"] = store,
                ["AWS_LAMBDA_RUNTIME_API"] = aws.Endpoint,
                ["_HANDLER"] = "ship",
                ["AWS_LAMBDA_FUNCTION_NAME"] = "ship",
                ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
                ["FUNCTION_TARGET"] = "ship",
            },
            new Random(options.Seed + 1),
            options.KillEvery);
        using var over = new CancellationTokenSource();
        try
        {
            var pushing = target == "gcp" ? GcpDrill.PushAsync(platform, workers, 32, options.Seed, over.Token) : Task.CompletedTask;
            await platform.Done.WaitAsync(options.Patience);
            await over.CancelAsync();
            await pushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            await workers.DisposeAsync();
        }

        return workers.Kills;
    }

    private static void Print(TextWriter output, string target, int messages, TimeSpan took, Platform platform, int duplicates, int kills, LedgerServer ledger, Verdict verdict)
    {
        var dead = ledger.Entries.Where(static entry => entry.What == "dead").Select(static entry => entry.Id).Distinct(StringComparer.Ordinal).Count();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{target}: {messages} messages, {duplicates} duplicates, {platform.Deliveries} deliveries, {kills} kills, {dead} dead letters, {verdict.RepeatedAfterKill} effects repeated because the process was killed before it could say so, {took.TotalSeconds:0.0} s"));
        foreach (var line in verdict.Evidence)
        {
            output.WriteLine("  " + line);
        }

        Figure(output, $"drill-{target}-lost", verdict.Lost);
        Figure(output, $"drill-{target}-done-twice", verdict.DoneTwice);
        Figure(output, $"drill-{target}-overlapping", verdict.Overlapping);
        Figure(output, $"drill-{target}-wrongly-dead", verdict.WronglyDead);
    }

    private static void Figure(TextWriter output, string name, int value) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"figure {name} {value} messages goal 0 {(value == 0 ? "ok" : "short")}"));
}
