using System.Globalization;
using System.Text;

namespace Portable.Idempotency;

/// <summary>One connection that many callers share, made when it is needed and again when it has ended or been idle for long.</summary>
internal sealed class RedisClient(RedisAddress address, TimeProvider time) : IAsyncDisposable
{
    // Load balancers and frozen processes end connections without a word.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(60);

    // After this time without an answer a connection is taken for dead.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private RedisConnection? _connection;

    /// <summary>Runs a script. Scripts may be run again, so a connection that breaks is tried once more.</summary>
    public async ValueTask<IReadOnlyList<byte[]>> EvaluateAsync(string script, string key, IReadOnlyList<byte[]> arguments, CancellationToken cancellationToken)
    {
        byte[][] command = [Bytes("EVAL"), Bytes(script), Bytes("1"), Bytes(key), .. arguments];
        for (var isAgain = false; ; isAgain = true)
        {
            var connection = await ConnectionAsync(cancellationToken).ConfigureAwait(false);
            var sent = time.GetTimestamp();
            try
            {
                return await connection.SendAsync(command).WaitAsync(cancellationToken).ConfigureAwait(false) is RedisValue.Many { Values: var values }
                    ? [.. values.Select(static value => value is RedisValue.One { Bytes: { } bytes } ? bytes : [])]
                    : throw new IOException("Redis answered a script with something else than an array.");
            }
            catch (OperationCanceledException) when (time.GetElapsedTime(sent) > LongestAnswer)
            {
                connection.Abort();
                throw;
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException && !isAgain)
            {
                connection.Abort();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        _connection?.Abort();
        _connection = null;
        _gate.Release();
    }

    private async ValueTask<RedisConnection> ConnectionAsync(CancellationToken cancellationToken)
    {
        if (_connection is { } open && open.IsUsable(LongestIdle))
        {
            return open;
        }

        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_connection is { } other && other.IsUsable(LongestIdle))
            {
                return other;
            }

            _connection?.Abort();
            _connection = null;
            var connection = await RedisConnection.OpenAsync(address, time, cancellationToken).ConfigureAwait(false);
            try
            {
                if (address.Password is { } password)
                {
                    await connection.SendAsync(address.User is { } user ? [Bytes("AUTH"), Bytes(user), Bytes(password)] : [Bytes("AUTH"), Bytes(password)]).WaitAsync(cancellationToken).ConfigureAwait(false);
                }

                if (address.Database != 0)
                {
                    await connection.SendAsync([Bytes("SELECT"), Bytes(address.Database.ToString(CultureInfo.InvariantCulture))]).WaitAsync(cancellationToken).ConfigureAwait(false);
                }
            }
            catch
            {
                connection.Abort();
                throw;
            }

            return _connection = connection;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
