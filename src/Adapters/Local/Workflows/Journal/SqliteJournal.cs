using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Portable.Local;

/// <summary>
/// Keeps runs in a SQLite file. What is reported as kept survives the end of the process; only a loss of power may take the last entries.
/// Entries that arrive together are written together.
/// </summary>
public sealed class SqliteJournal : IRunJournal
{
    /// <summary>How many runs that have ended the file keeps.</summary>
    public const int EndedRunsKept = 1000;

    private const int Busy = 5; // SQLITE_BUSY
    private readonly SqliteConnection _connection;
    private readonly JournalStatements _statements;
    private readonly object _gate = new();
    private readonly Thread _writer;
    private readonly Dictionary<string, (long Number, int Entries)> _runs = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _written = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private List<Item> _waiting = [];
    private bool _closed;

    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="InvalidOperationException">Another process uses the file, or it is not a journal; the message says which.</exception>
    public SqliteJournal(string file)
    {
        var path = Path.GetFullPath(file);
        MakeFolder(Path.GetDirectoryName(path)!);
        SQLitePCL.Batteries_V2.Init();
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 1 }.ToString());
        try
        {
            _connection.Open();
            Execute(
                // Held until the process ends: two of them would both go on with the same runs.
                "PRAGMA locking_mode = EXCLUSIVE",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = NORMAL",
                "BEGIN IMMEDIATE",
                "CREATE TABLE IF NOT EXISTS runs (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, workflow TEXT NOT NULL, ended INTEGER NOT NULL DEFAULT 0)",
                "CREATE TABLE IF NOT EXISTS entries (run INTEGER NOT NULL, number INTEGER NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (run, number)) WITHOUT ROWID",
                $"DELETE FROM runs WHERE ended = 1 AND number NOT IN (SELECT number FROM runs WHERE ended = 1 ORDER BY number DESC LIMIT {EndedRunsKept})",
                "DELETE FROM entries WHERE run NOT IN (SELECT number FROM runs)",
                "COMMIT");
        }
        catch (SqliteException e)
        {
            _connection.Dispose();
            throw new InvalidOperationException(
                e.SqliteErrorCode == Busy
                    ? $"The journal '{path}' is used by another process. Choose another file with --journal FILE, or --journal memory for none."
                    : $"The journal '{path}' cannot be opened: {e.Message} Delete it, or choose another file with --journal FILE.",
                e);
        }

        _statements = new JournalStatements(_connection);
        _writer = new Thread(Write) { IsBackground = true, Name = "Portable journal" };
        _writer.Start();
    }

    /// <inheritdoc/>
    public bool OutlivesProcess => true;

    /// <inheritdoc/>
    public IReadOnlyList<JournaledRun> Load()
    {
        var runs = new List<JournaledRun>();
        lock (_connection)
        {
            var entries = new Dictionary<long, List<RunEvent>>();
            using (var command = _connection.CreateCommand())
            {
                command.CommandText = "SELECT run, entry FROM entries ORDER BY run, number";
                using var rows = command.ExecuteReader();
                while (rows.Read())
                {
                    var run = rows.GetInt64(0);
                    if (!entries.TryGetValue(run, out var list))
                    {
                        entries.Add(run, list = []);
                    }

                    list.Add(JsonSerializer.Deserialize(rows.GetString(1), RunEventJson.Default.RunEvent)!);
                }
            }

            using (var command = _connection.CreateCommand())
            {
                command.CommandText = "SELECT number, id, workflow FROM runs ORDER BY number";
                using var rows = command.ExecuteReader();
                while (rows.Read())
                {
                    var list = entries[rows.GetInt64(0)];
                    _runs[rows.GetString(1)] = (rows.GetInt64(0), list.Count);
                    runs.Add(new JournaledRun(rows.GetString(1), rows.GetString(2), list));
                }
            }
        }

        return runs;
    }

    /// <inheritdoc/>
    public void Append(string runId, string workflow, RunEvent entry, Action<Exception?> kept)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _waiting.Add(new Item(runId, workflow, entry, kept));
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Writes what waits and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        await _written.Task.ConfigureAwait(false);
        _statements.Dispose();
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private void Write()
    {
        while (Next() is { } batch)
        {
            Exception? error = null;
            try
            {
                lock (_connection)
                {
                    using var transaction = _connection.BeginTransaction();
                    var runs = new Dictionary<string, (long Number, int Entries)>(StringComparer.Ordinal);
                    foreach (var item in batch)
                    {
                        Write(item, transaction, runs);
                    }

                    transaction.Commit();

                    // Not before: what a transaction takes back was never there.
                    foreach (var (id, run) in runs)
                    {
                        _runs[id] = run;
                    }
                }
            }
            catch (Exception e) when (e is SqliteException or JsonException or InvalidOperationException)
            {
                error = e;
            }

            foreach (var item in batch)
            {
                item.Kept(error);
            }
        }

        _written.SetResult();
    }

    private List<Item>? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            var batch = _waiting;
            _waiting = [];
            return batch;
        }
    }

    private void Write(Item item, SqliteTransaction transaction, Dictionary<string, (long Number, int Entries)> runs)
    {
        if (!runs.TryGetValue(item.RunId, out var run) && !_runs.TryGetValue(item.RunId, out run))
        {
            run = (_statements.BeginRun(transaction, item.RunId, item.Workflow), 0);
        }

        _statements.AddEntry(transaction, run.Number, run.Entries, JsonSerializer.Serialize(item.Entry, RunEventJson.Default.RunEvent));
        if (item.Entry.EndsRun)
        {
            _statements.EndRun(transaction, run.Number);
        }

        runs[item.RunId] = (run.Number, run.Entries + 1);
    }

    // One by one: of several at once, the driver drops the errors of those after the first result.
    private void Execute(params ReadOnlySpan<string> statements)
    {
        foreach (var statement in statements)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    // What a developer's runs leave behind belongs into nobody's repository.
    private static void MakeFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, ".gitignore"), "*\n");
        }
    }

    private sealed record Item(string RunId, string Workflow, RunEvent Entry, Action<Exception?> Kept);
}
