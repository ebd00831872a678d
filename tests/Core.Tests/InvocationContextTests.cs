using Microsoft.Extensions.DependencyInjection;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.Core.Tests;

public sealed class InvocationContextTests
{
    [Fact]
    public void The_deadline_cancels_shortly_before_the_platform_does()
    {
        var clock = new ManualTimeProvider();
        var app = new PortableApp("local", [], [], time: clock);
        var context = new InvocationContext(app, "f", "1", deadline: clock.GetUtcNow().AddSeconds(30));
        var token = context.CancellationToken;
        clock.Advance(TimeSpan.FromSeconds(29.4));
        Assert.False(token.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(token.IsCancellationRequested);
        Assert.True(context.DeadlineReached);
    }

    [Fact]
    public void A_deadline_in_the_past_cancels_at_once()
    {
        var clock = new ManualTimeProvider();
        var app = new PortableApp("local", [], [], time: clock);
        Assert.True(new InvocationContext(app, "f", "1", deadline: clock.GetUtcNow().AddSeconds(-1)).CancellationToken.IsCancellationRequested);
    }

    [Fact]
    public void The_caller_going_away_cancels_but_is_no_deadline()
    {
        var clock = new ManualTimeProvider();
        var app = new PortableApp("local", [], [], time: clock);
        using var abort = new CancellationTokenSource();
        var context = new InvocationContext(app, "f", "1", deadline: clock.GetUtcNow().AddSeconds(30), abort: abort.Token);
        var token = context.CancellationToken;
        abort.Cancel();
        Assert.True(token.IsCancellationRequested);
        Assert.False(context.DeadlineReached);
    }

    [Fact]
    public async Task Services_are_scoped_to_the_invocation_and_disposed_with_it()
    {
        await using var app = new PortableApp("local", [], [], builder => builder.Services.AddScoped<Tracked>());
        var first = new InvocationContext(app, "f", "1");
        var second = new InvocationContext(app, "f", "2");
        var tracked = first.Services.GetRequiredService<Tracked>();
        Assert.Same(tracked, first.Services.GetRequiredService<Tracked>());
        Assert.NotSame(tracked, second.Services.GetRequiredService<Tracked>());
        await first.DisposeAsync();
        Assert.True(tracked.Disposed);
    }

    [Fact]
    public async Task An_invocation_that_needs_no_service_builds_none()
    {
        var configured = false;
        await using var app = new PortableApp("local", [], [], _ => configured = true);
        await using (new InvocationContext(app, "f", "1"))
        {
        }

        Assert.False(configured);
    }

    private sealed class Tracked : IDisposable
    {
        public bool Disposed { get; private set; }

        public void Dispose() => Disposed = true;
    }
}
