namespace Portable.Idempotency.Tests.Parts;

/// <summary>Bounds of a service's time, from its dates and two clocks of which either may be wrong.</summary>
public sealed class ServerClockTests
{
    private static readonly DateTimeOffset Date = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly TwoClocks _time = new();

    [Fact]
    public void Nothing_is_known_before_the_first_answer()
    {
        var clock = new ServerClock(_time);
        Assert.Null(clock.Latest());
        Assert.Null(clock.Earliest());
    }

    [Fact]
    public void The_date_may_be_as_old_as_the_request_and_has_whole_seconds()
    {
        var clock = Answered(roundTrip: 0.2);
        Assert.Equal(1.2, Seconds(clock.Latest()), 3);
        Assert.Equal(0, Seconds(clock.Earliest()), 3);
        _time.Pass(5, 5);
        Assert.Equal(6.2, Seconds(clock.Latest()), 3);
        Assert.Equal(5, Seconds(clock.Earliest()), 3);
    }

    [Fact]
    public void A_process_that_was_frozen_does_not_shorten_a_lease()
    {
        var clock = Answered(roundTrip: 0);
        _time.Pass(monotonic: 0, wall: 30);
        Assert.Equal(31, Seconds(clock.Latest()), 3);
        Assert.Equal(0, Seconds(clock.Earliest()), 3);
    }

    [Fact]
    public void A_wall_clock_that_is_set_does_no_harm()
    {
        var clock = Answered(roundTrip: 0);
        _time.Pass(monotonic: 10, wall: -3600);
        Assert.Equal(11, Seconds(clock.Latest()), 3);
        Assert.Equal(0, Seconds(clock.Earliest()), 3);

        clock = Answered(roundTrip: 0);
        _time.Pass(monotonic: 10, wall: 3600);
        Assert.Null(clock.Latest()); // ask again
        Assert.Equal(10, Seconds(clock.Earliest()), 3);
    }

    [Fact]
    public void What_was_heard_long_ago_is_not_trusted_for_a_new_lease()
    {
        var clock = Answered(roundTrip: 0);
        _time.Pass(61, 61);
        Assert.Null(clock.Latest());
    }

    private ServerClock Answered(double roundTrip)
    {
        var clock = new ServerClock(_time);
        var sent = clock.Sent();
        _time.Pass(roundTrip, roundTrip);
        clock.Observe(sent, Date);
        return clock;
    }

    private static double Seconds(DateTimeOffset? moment) => (Assert.NotNull(moment) - Date).TotalSeconds;

    private sealed class TwoClocks : TimeProvider
    {
        private long _monotonic;
        private DateTimeOffset _wall = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _monotonic;

        public override DateTimeOffset GetUtcNow() => _wall;

        public void Pass(double monotonic, double wall)
        {
            _monotonic += (long)(monotonic * TimeSpan.TicksPerSecond);
            _wall += TimeSpan.FromSeconds(wall);
        }
    }
}
