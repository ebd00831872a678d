using Microsoft.Data.Sqlite;
using Portable.Generated;
using Portable.Local;
using static Portable.Benchmarks.Workflows.Figures;

namespace Portable.Benchmarks.Workflows;

/// <summary>Runs of a saga with two branches on the local engine, in memory and in a file, beside the file's own speed.</summary>
internal static class LocalEngine
{
    private const string Workflow = "travel-booking";
    private const string Input = """{"id":"T-1","traveller":"Ada","from":"Bonn","to":"Rome","nights":3}""";
    private const int AtOnce = 32;

    public static async Task RunAsync(bool quick)
    {
        var rounds = quick ? 3 : 7;
        var runs = quick ? 500 : 2000;
        var (memory, file, alone, bare) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var entries = 0;
        for (var round = -1; round < rounds; round++)
        {
            await using var inMemory = new MemoryJournal();
            var memoryTime = await TimedAsync(() => RunAllAsync(inMemory, runs, AtOnce));

            using var folder = new Folder();
            double fileTime, aloneTime;
            await using (var journal = new SqliteJournal(Path.Combine(folder.Path, "runs.db")))
            {
                entries = await EntriesAsync(journal);
                fileTime = await TimedAsync(() => RunAllAsync(journal, runs, AtOnce));
                aloneTime = await TimedAsync(() => RunAllAsync(journal, runs / 10, 1)) * 10;
            }

            var bareTime = Bare(Path.Combine(folder.Path, "bare.db"), runs / 10 * entries) * 10;
            if (round >= 0)
            {
                memory.Add(runs / memoryTime * 1e6);
                file.Add(runs / fileTime * 1e6);
                alone.Add(runs / aloneTime * 1e6);
                bare.Add(runs / bareTime * 1e6);
            }
        }

        Console.WriteLine($"local: {runs} runs of {Workflow}, {entries} journal entries each, median of {rounds}");
        Print("workflows.local.memory", Median(memory), $"runs/s, {AtOnce} at once");
        Print("workflows.local.sqlite", Median(file), $"runs/s, {AtOnce} at once");
        Print("workflows.local.sqlite.alone", Median(alone), "runs/s, one after the other");
        Print("workflows.local.sqlite.bare", Median(bare), "runs/s that plain inserts would allow, a transaction per entry");
        Print("workflows.local.sqlite.ratio", Median(file) / Median(bare), "x of plain inserts");
    }

    private static async Task RunAllAsync(IRunJournal journal, int runs, int atOnce)
    {
        using var stop = new CancellationTokenSource();
        var engine = new LocalWorkflowEngine(PortableApplication.Create(), journal: journal, stopping: stop.Token);
        var left = runs;
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                var run = engine.Start(Workflow, Input);
                await run.Completion;
                if (run.Failure is { } failure)
                {
                    throw new InvalidOperationException(failure.Message);
                }
            }
        }));
    }

    private static async Task<int> EntriesAsync(IRunJournal journal)
    {
        var run = new LocalWorkflowEngine(PortableApplication.Create(), journal: journal).Start(Workflow, Input);
        await run.Completion;
        return run.History.Count;
    }

    /// <summary>What the file can do: as many rows as the runs have entries, each in a transaction of its own, with the same settings.</summary>
    private static double Bare(string path, int rows)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE TABLE entries (number INTEGER PRIMARY KEY, entry TEXT NOT NULL)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO entries (entry) VALUES ($entry)";
        insert.Parameters.AddWithValue("$entry", new string('x', 200));
        return Timed(() =>
        {
            for (var row = 0; row < rows; row++)
            {
                insert.ExecuteNonQuery();
            }
        });

        void Execute(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("portable-bench").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
