using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.State;

public sealed class PORT106_TimerTests
{
    [Theory]
    [InlineData("var timer = [|new Timer(_ => { })|];", "'Handle' makes a System.Threading.Timer: ")]
    [InlineData("var timer = [|new System.Timers.Timer(1000)|]; timer.Elapsed += async (_, _) => await Task.Delay(1); timer.Start();", "a System.Timers.Timer")]
    [InlineData("var timer = [|TimeProvider.System.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.FromMinutes(1))|];", "a timer of TimeProvider")]
    [InlineData("var timer = [|new Timer(async _ => await Task.Delay(1), null, 0, 10)|];", null)]
    public Task A_timer(string statement, string? message) => Check.Reports("PORT106", HandlerSource.With(statement), message);

    [Fact]
    public Task A_timer_of_the_class() => Check.Reports("PORT106", HandlerSource.With("", "private static readonly Timer Tick = [|new(static _ => { }, null, 0, 1000)|];"), "'Tick' makes");

    [Theory]
    [InlineData("using var watchdog = new Timer(_ => { }, null, 1000, 1000);")]
    [InlineData("using (var watchdog = new Timer(_ => { })) { }")]
    [InlineData("await using var watchdog = new Timer(_ => { });")]
    [InlineData("using (new Timer(_ => { })) { }")]
    [InlineData("var watch = System.Diagnostics.Stopwatch.StartNew(); Console.WriteLine(watch.Elapsed);")]
    [InlineData("using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(5));")]
    public Task No_timer(string statement) => Check.Silent(HandlerSource.With(statement));

    [Fact]
    public Task Code_without_handlers_may() => Check.Silent(HandlerSource.Beside("public sealed class Pump { private readonly Timer _timer = new(static _ => { }); public void Stop() => _timer.Dispose(); }"));
}
