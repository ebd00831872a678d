using Microsoft.Data.Sqlite;

namespace Portable.Local;

/// <summary>The statements that a journal writes with, compiled once: a run writes a dozen entries, and compiling one takes longer than running it.</summary>
internal sealed class JournalStatements : IDisposable
{
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _add;
    private readonly SqliteCommand _end;

    public JournalStatements(SqliteConnection connection)
    {
        _begin = Command(connection, "INSERT INTO runs (id, workflow) VALUES ($id, $workflow) RETURNING number", ("$id", SqliteType.Text), ("$workflow", SqliteType.Text));
        _add = Command(connection, "INSERT INTO entries (run, number, entry) VALUES ($run, $number, $entry)", ("$run", SqliteType.Integer), ("$number", SqliteType.Integer), ("$entry", SqliteType.Text));
        _end = Command(connection, "UPDATE runs SET ended = 1 WHERE number = $run", ("$run", SqliteType.Integer));
    }

    /// <summary>The number of the new run.</summary>
    public long BeginRun(SqliteTransaction transaction, string id, string workflow) => (long)Prepared(_begin, transaction, id, workflow).ExecuteScalar()!;

    public void AddEntry(SqliteTransaction transaction, long run, int number, string entry) => Prepared(_add, transaction, run, number, entry).ExecuteNonQuery();

    public void EndRun(SqliteTransaction transaction, long run) => Prepared(_end, transaction, run).ExecuteNonQuery();

    public void Dispose()
    {
        _begin.Dispose();
        _add.Dispose();
        _end.Dispose();
    }

    private static SqliteCommand Command(SqliteConnection connection, string text, params ReadOnlySpan<(string Name, SqliteType Type)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, type) in parameters)
        {
            command.Parameters.Add(name, type);
        }

        return command;
    }

    private static SqliteCommand Prepared(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<object> values)
    {
        command.Transaction = transaction;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }

        return command;
    }
}
