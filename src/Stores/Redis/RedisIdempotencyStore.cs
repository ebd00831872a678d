using System.Globalization;
using System.Text;
using Portable.Runtime.Idempotency;

namespace Portable.Idempotency;

/// <summary>
/// Runs a Lua script on one key and returns what it returns, an array of texts. The way to Redis for applications that have a client already; with
/// StackExchange.Redis, and <c>db</c> its database:
/// <code>
/// app.UseRedisIdempotency(_ => async (script, key, arguments, ct) =>
///     [.. ((RedisValue[])(await db.ScriptEvaluateAsync(script, [key], [.. arguments.Select(a => (RedisValue)a)]))!).Select(v => (byte[])v!)]);
/// </code>
/// </summary>
public delegate ValueTask<IReadOnlyList<byte[]>> RedisScript(string script, string key, IReadOnlyList<byte[]> arguments, CancellationToken cancellationToken);

/// <summary>
/// Remembers in Redis 4 or later, or Valkey: one hash for each key, changed by scripts, which Redis runs one after the other, and deleted by Redis' own clock. The server
/// must not evict keys (<c>maxmemory-policy noeviction</c>), and what a replica has not got yet is lost when it takes over.
/// </summary>
public sealed class RedisIdempotencyStore : IIdempotencyStore, IAsyncDisposable
{
    // ARGV: owner, lease in milliseconds, payload hash
    private const string BeginScript = """
        local v = redis.call('HMGET', KEYS[1], 'owner', 'state', 'payload', 'result')
        if v[2] == 'done' or v[2] == 'large' then return {v[2], v[3] or '', v[4] or ''} end
        if v[1] and v[1] ~= ARGV[1] then return {'progress', v[3] or '', tostring(redis.call('PTTL', KEYS[1]))} end
        if not v[1] then
          redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'state', 'progress', 'payload', ARGV[3])
          redis.call('PEXPIRE', KEYS[1], ARGV[2])
        end
        return {'claimed'}
        """;

    // ARGV: owner, state, kept for in milliseconds, payload hash, result
    private const string CompleteScript = """
        local owner = redis.call('HGET', KEYS[1], 'owner')
        if owner and owner ~= ARGV[1] then return {'lost'} end
        redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'state', ARGV[2], 'payload', ARGV[4], 'result', ARGV[5])
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return {'written'}
        """;

    // ARGV: owner
    private const string ReleaseScript = """
        local v = redis.call('HMGET', KEYS[1], 'owner', 'state')
        if v[1] ~= ARGV[1] or v[2] ~= 'progress' then return {'lost'} end
        redis.call('DEL', KEYS[1])
        return {'released'}
        """;

    private readonly RedisScript _run;
    private readonly string _prefix;
    private readonly IAsyncDisposable? _connection;

    /// <summary>Uses a client of the application's.</summary>
    /// <param name="run">Runs a script.</param>
    /// <param name="prefix">What keys begin with.</param>
    public RedisIdempotencyStore(RedisScript run, string prefix = RedisIdempotencyRegistration.DefaultPrefix)
    {
        _run = run;
        _prefix = prefix;
    }

    /// <summary>Uses a connection of its own, made when the store is first asked.</summary>
    /// <param name="configuration">The server: see <see cref="RedisIdempotencyRegistration.UseRedisIdempotency(IPortableBuilder, string, string)"/>.</param>
    /// <param name="prefix">What keys begin with.</param>
    /// <param name="time">The clock for how long a connection has been idle.</param>
    /// <exception cref="FormatException">The configuration is malformed; the message says where.</exception>
    public RedisIdempotencyStore(string configuration, string prefix = RedisIdempotencyRegistration.DefaultPrefix, TimeProvider? time = null)
    {
        var client = new RedisClient(RedisAddress.Parse(configuration), time ?? TimeProvider.System);
        _connection = client;
        _run = client.EvaluateAsync;
        _prefix = prefix;
    }

    /// <inheritdoc/>
    public async ValueTask<IdempotencyState> BeginAsync(IdempotencyClaim claim, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(BeginScript, claim.Key, [Bytes(claim.Owner), Milliseconds(claim.Lease), Bytes(claim.PayloadHash)], cancellationToken).ConfigureAwait(false);
        return Text(answer[0]) switch
        {
            "claimed" => new IdempotencyClaimed(new IdempotencyLease(claim.Key, claim.Owner, claim.PayloadHash)),
            "done" => new IdempotencyDone(new IdempotencyResult(answer[2]), Payload(answer[1])),
            "large" => new IdempotencyDone(new IdempotencyResult(default, IsTooLarge: true), Payload(answer[1])),
            _ => new IdempotencyInProgress(TimeSpan.FromMilliseconds(Math.Max(0, long.Parse(Text(answer[2]), CultureInfo.InvariantCulture))), Payload(answer[1])),
        };
    }

    /// <inheritdoc/>
    public async ValueTask<bool> CompleteAsync(IdempotencyLease lease, IdempotencyResult result, TimeSpan keptFor, CancellationToken cancellationToken)
    {
        byte[][] arguments = [Bytes(lease.Owner), Bytes(result.IsTooLarge ? "large" : "done"), Milliseconds(keptFor), Bytes(lease.PayloadHash), result.Content.ToArray()];
        return Text((await RunAsync(CompleteScript, lease.Key, arguments, cancellationToken).ConfigureAwait(false))[0]) == "written";
    }

    /// <inheritdoc/>
    public async ValueTask<bool> ReleaseAsync(IdempotencyLease lease, CancellationToken cancellationToken) =>
        Text((await RunAsync(ReleaseScript, lease.Key, [Bytes(lease.Owner)], cancellationToken).ConfigureAwait(false))[0]) == "released";

    /// <summary>Closes its own connection.</summary>
    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? default;

    private ValueTask<IReadOnlyList<byte[]>> RunAsync(string script, string key, byte[][] arguments, CancellationToken cancellationToken) => _run(script, _prefix + key, arguments, cancellationToken);

    private static byte[] Bytes(string? text) => text is null ? [] : Encoding.UTF8.GetBytes(text);

    private static byte[] Milliseconds(TimeSpan time) => Bytes(((long)Math.Max(1, Math.Ceiling(time.TotalMilliseconds))).ToString(CultureInfo.InvariantCulture));

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private static string? Payload(byte[] bytes) => bytes.Length == 0 ? null : Text(bytes);
}
