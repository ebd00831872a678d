using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Portable.Idempotency.Tests.App;
using Portable.Runtime.Idempotency;

namespace Portable.Idempotency.Tests.Contract;

/// <summary>
/// What every store keeps to, run against its real server. Leases end by the server's clock, which no test can turn: what waits for one asks again until it has
/// ended, and measures how long that took.
/// </summary>
public abstract class StoreContract(Servers.Servers servers, string kind) : IAsyncDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private readonly List<ServiceProvider> _services = [];
    private readonly string _key = $"place.{Guid.NewGuid():N}{Guid.NewGuid():N}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_has_one_owner_until_it_is_released()
    {
        var (one, other) = (Open(), Another());
        var lease = await ClaimAsync(one, "a");
        Assert.IsType<IdempotencyInProgress>(await BeginAsync(other, "b"));
        Assert.IsType<IdempotencyInProgress>(await BeginAsync(one, "c"));
        Assert.False(await other.ReleaseAsync(lease with { Owner = "b", Version = "\"none\"" }, Token));
        Assert.IsType<IdempotencyInProgress>(await BeginAsync(other, "b"));

        Assert.True(await one.ReleaseAsync(lease, Token));
        Assert.False(await one.ReleaseAsync(lease, Token));
        await ClaimAsync(other, "b");
    }

    [Fact]
    public async Task Whoever_owns_a_key_may_ask_again()
    {
        var store = Open();
        await ClaimAsync(store, "a");
        var lease = await ClaimAsync(store, "a"); // as after an answer that was lost
        Assert.True(await store.CompleteAsync(lease, Result("done"), Long, Token));
    }

    [Fact]
    public async Task A_result_is_given_to_everybody()
    {
        var (one, other) = (Open(), Another());
        byte[] content = [.. Enumerable.Range(0, 256).Select(static i => (byte)i), 0xff, 0xfe, 0];
        var lease = await ClaimAsync(one, "a", payload: "hash");
        Assert.Equal("hash", Assert.IsType<IdempotencyInProgress>(await BeginAsync(other, "b")).PayloadHash);
        Assert.True(await one.CompleteAsync(lease, new IdempotencyResult(content), Long, Token));

        foreach (var store in (IIdempotencyStore[])[one, other])
        {
            var done = Assert.IsType<IdempotencyDone>(await BeginAsync(store, "b"));
            Assert.Equal(content, done.Result.Content.ToArray());
            Assert.False(done.Result.IsTooLarge);
            Assert.Equal("hash", done.PayloadHash);
        }
    }

    [Fact]
    public async Task A_result_may_be_empty_or_too_large()
    {
        var store = Open();
        Assert.True(await store.CompleteAsync(await ClaimAsync(store, "a"), new IdempotencyResult(default), Long, Token));
        Assert.Equal(0, Assert.IsType<IdempotencyDone>(await BeginAsync(store, "b")).Result.Content.Length);

        var second = _key + "2";
        Assert.True(await store.CompleteAsync(await ClaimAsync(store, "a", key: second), new IdempotencyResult(default, IsTooLarge: true), Long, Token));
        Assert.True(Assert.IsType<IdempotencyDone>(await BeginAsync(store, "b", key: second)).Result.IsTooLarge);
    }

    [Fact]
    public async Task A_result_of_the_largest_size_is_kept()
    {
        var store = Open();
        var content = new byte[Math.Min(store.LargestResult, 1_500_000)];
        new Random(1).NextBytes(content);
        Assert.True(store.LargestResult >= 256 * 1024);
        Assert.True(await store.CompleteAsync(await ClaimAsync(store, "a", payload: new string('f', 64)), new IdempotencyResult(content), Long, Token));
        Assert.Equal(content, Assert.IsType<IdempotencyDone>(await BeginAsync(store, "b")).Result.Content.ToArray());
    }

    [Fact]
    public async Task What_is_done_stays_done()
    {
        var store = Open();
        var lease = await ClaimAsync(store, "a");
        Assert.True(await store.CompleteAsync(lease, Result("one"), Long, Token));
        Assert.True(await store.CompleteAsync(lease, Result("one"), Long, Token)); // as after an answer that was lost
        Assert.False(await store.ReleaseAsync(lease, Token));
        Assert.False(await store.CompleteAsync(lease with { Owner = "b" }, Result("two"), Long, Token));
        Assert.Equal("one", Text(Assert.IsType<IdempotencyDone>(await BeginAsync(store, "b"))));
    }

    [Fact]
    public async Task Of_many_at_once_one_is_the_owner()
    {
        IIdempotencyStore[] stores = [Open(), Another(), Another(), Another()];
        var states = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => BeginAsync(stores[i % stores.Length], $"o{i}").AsTask(), Token)));
        Assert.Single(states.OfType<IdempotencyClaimed>());
        Assert.Equal(63, states.OfType<IdempotencyInProgress>().Count());
    }

    [Fact]
    public async Task A_lease_ends_after_its_time_and_not_before()
    {
        var (one, other) = (Open(), Another());
        var start = Stopwatch.StartNew();
        var late = await ClaimAsync(one, "late", lease: Short);
        var lease = await UntilClaimedAsync(other, "b");
        Assert.InRange(start.Elapsed, Short, Short + TimeSpan.FromSeconds(10));

        // Who comes too late changes nothing.
        Assert.False(await one.ReleaseAsync(late, Token));
        Assert.False(await one.CompleteAsync(late, Result("late"), Long, Token));
        Assert.IsType<IdempotencyInProgress>(await BeginAsync(one, "c"));
        Assert.True(await other.CompleteAsync(lease, Result("in time"), Long, Token));
        Assert.False(await one.CompleteAsync(late, Result("late"), Long, Token));
        Assert.Equal("in time", Text(Assert.IsType<IdempotencyDone>(await BeginAsync(one, "c"))));
    }

    [Fact]
    public async Task Of_many_that_wait_for_the_end_of_a_lease_one_is_the_next_owner()
    {
        IIdempotencyStore[] stores = [Open(), Another(), Another(), Another()];
        await ClaimAsync(stores[0], "killed", lease: Short);
        using var found = new CancellationTokenSource();
        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(
            async () =>
            {
                using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(40));
                while (!found.IsCancellationRequested)
                {
                    if (await BeginAsync(stores[i % stores.Length], $"o{i}") is IdempotencyClaimed)
                    {
                        await found.CancelAsync();
                        return 1;
                    }

                    await pause.WaitForNextTickAsync(Token);
                }

                // Once more after another has it.
                return await BeginAsync(stores[i % stores.Length], $"o{i}") is IdempotencyClaimed ? 1 : 0;
            },
            Token)));
        Assert.Equal(1, claims.Sum());
    }

    [Fact]
    public async Task Work_that_took_too_long_is_recorded_when_nobody_took_over()
    {
        var (one, other) = (Open(), Another());
        var lease = await ClaimAsync(one, "a", lease: TimeSpan.FromMilliseconds(1));
        await UntilAsync(async () => await BeginAsync(other, "probe", lease: TimeSpan.FromMilliseconds(1)) is IdempotencyClaimed { Lease: var probe } && await other.ReleaseAsync(probe, Token));
        Assert.True(await one.CompleteAsync(lease, Result("late"), Long, Token));
        Assert.Equal("late", Text(Assert.IsType<IdempotencyDone>(await BeginAsync(other, "b"))));
    }

    [Fact]
    public async Task A_result_expires_and_the_work_may_be_done_again()
    {
        var store = Open();
        var lease = await ClaimAsync(store, "a");
        var start = Stopwatch.StartNew();
        Assert.True(await store.CompleteAsync(lease, Result("old"), Short, Token));
        var next = await UntilClaimedAsync(store, "b");
        Assert.InRange(start.Elapsed, Short, Short + TimeSpan.FromSeconds(10));
        Assert.True(await store.CompleteAsync(next, Result("new"), Long, Token));
        Assert.Equal("new", Text(Assert.IsType<IdempotencyDone>(await BeginAsync(store, "c"))));
    }

    [Theory]
    [InlineData(-300, 300)]
    [InlineData(300, -300)]
    public async Task Clocks_that_are_minutes_apart_do_no_harm(int owner, int other)
    {
        var (one, two) = (Open(owner), Another(other));
        var start = Stopwatch.StartNew();
        await ClaimAsync(one, "killed", lease: Short);
        Assert.IsType<IdempotencyInProgress>(await BeginAsync(two, "b"));
        var lease = await UntilClaimedAsync(two, "b");
        Assert.InRange(start.Elapsed, Short, Short + TimeSpan.FromSeconds(10));
        Assert.True(await two.CompleteAsync(lease, Result("done"), TimeSpan.FromSeconds(60), Token));
        Assert.IsType<IdempotencyDone>(await BeginAsync(one, "c"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var services in _services)
        {
            await services.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The store as an application has it.</summary>
    /// <param name="skewSeconds">How wrong the clock of its process is.</param>
    protected virtual IIdempotencyStore Open(int skewSeconds = 0)
    {
        var builder = new Builder(new SkewedTime(TimeSpan.FromSeconds(skewSeconds)));
        Stores.Use(builder, kind, servers.AddressOf(kind));
        var services = builder.Services.BuildServiceProvider();
        _services.Add(services);
        return services.GetRequiredService<IIdempotencyStore>();
    }

    /// <summary>The store as another process has it.</summary>
    protected virtual IIdempotencyStore Another(int skewSeconds = 0) => Open(skewSeconds);

    private ValueTask<IdempotencyState> BeginAsync(IIdempotencyStore store, string owner, TimeSpan? lease = null, string? payload = null, string? key = null) =>
        store.BeginAsync(new IdempotencyClaim(key ?? _key, owner, lease ?? Long, payload), Token);

    private async Task<IdempotencyLease> ClaimAsync(IIdempotencyStore store, string owner, TimeSpan? lease = null, string? payload = null, string? key = null) =>
        Assert.IsType<IdempotencyClaimed>(await BeginAsync(store, owner, lease, payload, key)).Lease;

    private async Task<IdempotencyLease> UntilClaimedAsync(IIdempotencyStore store, string owner)
    {
        IdempotencyLease? lease = null;
        await UntilAsync(async () => (lease = (await BeginAsync(store, owner) as IdempotencyClaimed)?.Lease) is not null);
        return lease!;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await condition())
        {
            await pause.WaitForNextTickAsync(Token);
        }
    }

    private static IdempotencyResult Result(string text) => new(System.Text.Encoding.UTF8.GetBytes(text));

    private static string Text(IdempotencyDone done) => System.Text.Encoding.UTF8.GetString(done.Result.Content.Span);
}
