using System.Net;
using Portable.AspNet.Tests.Hosts;

namespace Portable.AspNet.Tests.Local;

public sealed class TimerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_timer_fires_by_the_clock()
    {
        await using var local = await LocalFixture.StartAsync();
        var timer = local.Host.Timer("sweep");
        var start = local.Clock.GetUtcNow();
        Assert.Equal(start.AddMinutes(5), timer.Next);

        local.Clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(0, timer.Firings);
        local.Clock.Advance(TimeSpan.FromMinutes(11));
        await timer.WhenIdleAsync(Token);
        Assert.Equal([start.AddMinutes(5), start.AddMinutes(10), start.AddMinutes(15)], local.Orders.Swept);
        Assert.Equal(start.AddMinutes(20), timer.Next);
    }

    [Fact]
    public async Task A_timer_far_away_fires_on_its_day()
    {
        var due = new List<DateTimeOffset>();
        await using var app = new Portable.Runtime.PortableApp("local", [new Portable.Runtime.ScheduleFunction("Yearly", "0 0 1 3 *", call =>
        {
            due.Add(call.Scheduled.ScheduledTime);
            return default;
        })], []);
        var clock = new Portable.TestKit.ManualTimeProvider();
        await using var host = await Portable.Local.LocalHost.StartAsync(app, new() { Url = "http://127.0.0.1:0", Time = clock }, Token);
        clock.Advance(TimeSpan.FromDays(100));
        await host.Timer("Yearly").WhenIdleAsync(Token);
        Assert.Equal([new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)], due);
    }

    [Fact]
    public async Task Firings_never_overlap()
    {
        var running = 0;
        var most = 0;
        var orders = new OrdersApp
        {
            Sweep = async _ =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
            },
        };
        await using var local = await LocalFixture.StartAsync(orders);
        local.Clock.Advance(TimeSpan.FromHours(10));
        await local.Host.Timer("Sweep").WhenIdleAsync(Token);
        Assert.Equal(120, orders.Swept.Count);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_timer_can_be_fired_by_hand()
    {
        await using var local = await LocalFixture.StartAsync();
        var (response, json) = await local.PostAsync("/_portable/schedules/Sweep/fire?at=2026-05-01T03:00:00Z");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(1, json.GetProperty("firings").GetInt32());
        Assert.Equal([new DateTimeOffset(2026, 5, 1, 3, 0, 0, TimeSpan.Zero)], local.Orders.Swept);

        (response, _) = await local.PostAsync("/_portable/schedules/Sweep/fire?at=tomorrow");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_failed_firing_is_told_and_the_timer_goes_on()
    {
        var orders = new OrdersApp { Sweep = _ => throw new InvalidOperationException("disk full") };
        await using var local = await LocalFixture.StartAsync(orders);
        var (response, json) = await local.PostAsync("/_portable/schedules/Sweep/fire");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("disk full", json.GetProperty("detail").GetString(), StringComparison.Ordinal);

        orders.Sweep = _ => Task.CompletedTask;
        local.Clock.Advance(TimeSpan.FromMinutes(5));
        await local.Host.Timer("Sweep").WhenIdleAsync(Token);
        Assert.Equal((2, 1, "InvalidOperationException: disk full"), (local.Host.Timer("Sweep").Firings, local.Host.Timer("Sweep").Failures, local.Host.Timer("Sweep").LastError));
    }
}
