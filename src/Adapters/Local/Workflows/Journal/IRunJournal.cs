namespace Portable.Local;

/// <summary>Where the local engine keeps what its runs have done. Safe for concurrent use.</summary>
public interface IRunJournal : IAsyncDisposable
{
    /// <summary>Whether what is kept is there after the process has ended; runs then go on in the next one.</summary>
    bool OutlivesProcess { get; }

    /// <summary>Every run kept, in the order in which they were started.</summary>
    IReadOnlyList<JournaledRun> Load();

    /// <summary>Keeps an entry. Entries of a run are kept, and reported as kept, in the order of the calls.</summary>
    /// <param name="runId">The run; its first entry makes it known.</param>
    /// <param name="workflow">The workflow.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="kept">Called once the entry is kept, or with why it cannot be. It must not block.</param>
    void Append(string runId, string workflow, RunEvent entry, Action<Exception?> kept);
}

/// <summary>A run as a journal keeps it.</summary>
/// <param name="Id">The identifier of the run.</param>
/// <param name="Workflow">The name of the workflow.</param>
/// <param name="Entries">What happened, in order.</param>
public sealed record JournaledRun(string Id, string Workflow, IReadOnlyList<RunEvent> Entries);

/// <summary>Keeps runs as long as the object lives; for tests.</summary>
public sealed class MemoryJournal : IRunJournal
{
    private readonly object _gate = new();
    private readonly List<(string Id, string Workflow)> _runs = [];
    private readonly Dictionary<string, List<RunEvent>> _entries = new(StringComparer.Ordinal);
    private readonly bool _outlives;

    /// <summary>An empty journal.</summary>
    public MemoryJournal()
    {
    }

    /// <summary>A journal with runs in it, that treats the engine's end as that of a process: its runs go on with the next engine.</summary>
    public MemoryJournal(IEnumerable<JournaledRun> runs)
    {
        _outlives = true;
        foreach (var run in runs)
        {
            _runs.Add((run.Id, run.Workflow));
            _entries.Add(run.Id, [.. run.Entries]);
        }
    }

    /// <inheritdoc/>
    public bool OutlivesProcess => _outlives;

    /// <inheritdoc/>
    public IReadOnlyList<JournaledRun> Load()
    {
        lock (_gate)
        {
            return [.. _runs.Select(run => new JournaledRun(run.Id, run.Workflow, [.. _entries[run.Id]]))];
        }
    }

    /// <inheritdoc/>
    public void Append(string runId, string workflow, RunEvent entry, Action<Exception?> kept)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(runId, out var entries))
            {
                _runs.Add((runId, workflow));
                _entries.Add(runId, entries = []);
            }

            entries.Add(entry);
        }

        kept(null);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
