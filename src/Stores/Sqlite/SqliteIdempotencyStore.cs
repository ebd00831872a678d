using Microsoft.Data.Sqlite;
using Portable.Runtime.Idempotency;

namespace Portable.Idempotency;

/// <summary>
/// Remembers in a SQLite file, for all processes of one machine. Time is the machine's, read by SQLite within the statement that compares it, so that no two
/// processes can differ. What is written survives the end of the process and, at the cost of a flush for each key, a loss of power. Not for files on a
/// network, whose locks cannot be trusted.
/// </summary>
public sealed class SqliteIdempotencyStore : IIdempotencyStore, IDisposable
{
    // Milliseconds since 1970; the Julian day is what every version of SQLite has.
    private const string Now = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
    private const int PurgeEvery = 256;
    private readonly string _file;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private SqliteConnection? _connection;
    private int _untilPurge = PurgeEvery;
    private bool _disposed;

    /// <summary>Names the file; it is opened, or made, when the store is first asked.</summary>
    public SqliteIdempotencyStore(string file)
    {
        ArgumentException.ThrowIfNullOrEmpty(file);
        _file = Path.GetFullPath(file);
    }

    /// <inheritdoc/>
    public async ValueTask<IdempotencyState> BeginAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (true)
            {
                // Reading first: most callers of a key that is taken never need the lock that writers wait for.
                if (Find(claim) is { } state)
                {
                    return state;
                }

                const string sql = $"""
                    INSERT INTO idempotency (key, owner, until, state, payload, result) VALUES ($key, $owner, {Now} + $for, 0, $payload, NULL)
                    ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, until = excluded.until, state = 0, payload = excluded.payload, result = NULL WHERE idempotency.until <= {Now}
                    """;
                if (Execute(sql, ("$key", claim.Key), ("$owner", claim.Owner), ("$for", Milliseconds(claim.Lease)), ("$payload", claim.PayloadHash)) == 1)
                {
                    return new IdempotencyClaimed(new IdempotencyLease(claim.Key, claim.Owner, claim.PayloadHash));
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> CompleteAsync(IdempotencyLease lease, IdempotencyResult result, TimeSpan keptFor, CancellationToken cancellationToken)
    {
        const string sql = $"""
            INSERT INTO idempotency (key, owner, until, state, payload, result) VALUES ($key, $owner, {Now} + $for, $state, $payload, $result)
            ON CONFLICT (key) DO UPDATE SET owner = excluded.owner, until = excluded.until, state = excluded.state, payload = excluded.payload, result = excluded.result
            WHERE idempotency.owner = excluded.owner OR idempotency.until <= {Now}
            """;
        return WriteAsync(
            sql,
            cancellationToken,
            ("$key", lease.Key), ("$owner", lease.Owner), ("$for", Milliseconds(keptFor)), ("$state", result.IsTooLarge ? 2 : 1), ("$payload", lease.PayloadHash), ("$result", result.Content.ToArray()));
    }

    /// <inheritdoc/>
    public ValueTask<bool> ReleaseAsync(IdempotencyLease lease, CancellationToken cancellationToken) =>
        WriteAsync("DELETE FROM idempotency WHERE key = $key AND owner = $owner AND state = 0", cancellationToken, ("$key", lease.Key), ("$owner", lease.Owner));

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _gate.Wait();
        _disposed = true;
        _connection?.Dispose();
        _connection = null;
        _gate.Release();
    }

    private IdempotencyState? Find(IdempotencyClaim claim)
    {
        using var command = Command($"SELECT owner, state, payload, result, until - {Now} FROM idempotency WHERE key = $key AND until > {Now}", ("$key", claim.Key));
        using var row = command.ExecuteReader();
        if (!row.Read())
        {
            return null;
        }

        var payload = row.IsDBNull(2) ? null : row.GetString(2);
        return row.GetInt32(1) switch
        {
            1 => new IdempotencyDone(new IdempotencyResult(row.GetFieldValue<byte[]>(3)), payload),
            2 => new IdempotencyDone(new IdempotencyResult(default, IsTooLarge: true), payload),
            _ when row.GetString(0) == claim.Owner => new IdempotencyClaimed(new IdempotencyLease(claim.Key, claim.Owner, claim.PayloadHash)),
            _ => new IdempotencyInProgress(TimeSpan.FromMilliseconds(row.GetInt64(4)), payload),
        };
    }

    private async ValueTask<bool> WriteAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var written = Execute(sql, parameters) == 1;
            if (--_untilPurge == 0)
            {
                _untilPurge = PurgeEvery;
                Purge();
            }

            return written;
        }
        finally
        {
            _gate.Release();
        }
    }

    private int Execute(string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params (string Name, object? Value)[] parameters)
    {
        var command = (_connection ??= Open()).CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    // No more at a time than the others can wait for.
    private void Purge() => Execute($"DELETE FROM idempotency WHERE key IN (SELECT key FROM idempotency WHERE until <= {Now} LIMIT {PurgeEvery * 2})");

    private SqliteConnection Open()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        MakeFolder(Path.GetDirectoryName(_file)!);
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _file, Pooling = false }.ToString());
        try
        {
            connection.Open();

            // One by one: of several at once, the driver drops the errors of those after the first result.
            string[] statements =
            [
                "PRAGMA busy_timeout = 5000",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "CREATE TABLE IF NOT EXISTS idempotency (key TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL, state INTEGER NOT NULL, payload TEXT, result BLOB)",
                "CREATE INDEX IF NOT EXISTS idempotency_until ON idempotency (until)",
            ];
            foreach (var statement in statements)
            {
                using var command = connection.CreateCommand();
                command.CommandText = statement;
                command.ExecuteNonQuery();
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static long Milliseconds(TimeSpan time) => (long)Math.Ceiling(time.TotalMilliseconds);

    // What a developer's runs leave behind belongs into nobody's repository.
    private static void MakeFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, ".gitignore"), "*\n");
        }
    }
}
