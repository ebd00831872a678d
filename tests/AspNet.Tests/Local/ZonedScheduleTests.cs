using System.Globalization;
using Portable.Local;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

/// <summary>Schedules on the wall clock of a time zone, against the published rules of the zones' clocks.</summary>
public sealed class ZonedScheduleTests
{
    [Theory]
    [InlineData("0 9 * * *", "Europe/Berlin", "2026-01-01T00:00:00Z", "2026-01-01T08:00:00Z")]
    [InlineData("0 9 * * *", "Europe/Berlin", "2026-07-01T00:00:00Z", "2026-07-01T07:00:00Z")]
    [InlineData("0 9 * * *", "America/New_York", "2026-03-07T20:00:00Z", "2026-03-08T13:00:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")] // March 29 has no 02:30
    [InlineData("30 2 * * *", "America/New_York", "2026-03-07T12:00:00Z", "2026-03-09T06:30:00Z")]
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // October 25 has two: the first alone
    [InlineData("30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("30 1 * * *", "America/New_York", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z")]
    [InlineData("0 * * * *", "Europe/Berlin", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z")] // every hour: none is left out, none doubled
    [InlineData("0 * * * *", "Europe/Berlin", "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("*/20 * * * *", "Europe/Berlin", "2026-10-25T00:40:00Z", "2026-10-25T01:00:00Z")]
    [InlineData("0 3 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // the first moment after the gap
    [InlineData("15 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00Z", "2026-10-04T15:15:00Z")] // half an hour: 02:00 to 02:30 does not come
    [InlineData("30 2 * * *", "Australia/Lord_Howe", "2026-10-03T12:00:00Z", "2026-10-03T15:30:00Z")]
    [InlineData("0 0 * * *", "Asia/Kolkata", "2026-01-01T00:00:00Z", "2026-01-01T18:30:00Z")]
    [InlineData("0 0 29 2 *", "Europe/Berlin", "2026-01-01T00:00:00Z", "2028-02-28T23:00:00Z")]
    [InlineData("0 12 * * *", "UTC", "2026-01-01T12:00:00Z", "2026-01-02T12:00:00Z")]
    public void The_next_occurrence_is_found(string cron, string zone, string after, string expected) =>
        Assert.Equal(Time(expected), ZonedSchedule.Of(cron, zone).NextAfter(Time(after)));

    /// <summary>Directive 2000/84/EC: summer time is from 01:00 UTC of the last Sunday in March to 01:00 UTC of the last Sunday in October.</summary>
    [Fact]
    public void A_daily_time_within_the_changes_comes_as_the_european_rule_says()
    {
        var schedule = ZonedSchedule.Of("30 2 * * *", "Europe/Berlin");
        var at = Time("2020-01-01T00:00:00Z");
        foreach (var expected in Expected())
        {
            var next = schedule.NextAfter(at);
            Assert.Equal(expected, next);
            at = next!.Value;
        }

        static IEnumerable<DateTimeOffset> Expected()
        {
            for (var day = new DateTime(2020, 1, 1); day.Year < 2031; day = day.AddDays(1))
            {
                var (spring, autumn) = (LastSunday(day.Year, 3), LastSunday(day.Year, 10));
                if (day != spring)
                {
                    var isSummer = day > spring && day <= autumn;
                    yield return new DateTimeOffset(day.AddHours(2.5), TimeSpan.FromHours(isSummer ? 2 : 1));
                }
            }
        }

        static DateTime LastSunday(int year, int month)
        {
            var day = new DateTime(year, month, DateTime.DaysInMonth(year, month));
            return day.AddDays(-(int)day.DayOfWeek);
        }
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/St_Johns")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Africa/Casablanca")]
    [InlineData("Asia/Kathmandu")]
    public void Every_ten_minutes_is_every_ten_minutes_in_every_zone(string zone)
    {
        var schedule = ZonedSchedule.Of("*/10 * * * *", zone);
        var at = Time("2026-01-01T00:00:00Z");
        for (var i = 0; i < 53_000; i++)
        {
            var next = schedule.NextAfter(at)!.Value;
            Assert.InRange((next - at).TotalMinutes, 5, 10); // Kathmandu is 45 minutes off the hour
            at = next;
        }
    }

    [Fact]
    public void A_zone_that_nobody_knows_is_named() =>
        Assert.Contains("Europe/Atlantis", Assert.Throws<FormatException>(() => ZonedSchedule.Of("* * * * *", "Europe/Atlantis")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_timer_fires_by_its_time_zone_and_is_tried_again_by_its_policy()
    {
        var attempts = new List<(DateTimeOffset Due, int Attempt)>();
        await using var app = new Portable.Runtime.PortableApp("local", [new Portable.Runtime.ScheduleFunction("Daily", "0 9 * * *", call =>
        {
            attempts.Add((call.Scheduled.ScheduledTime, call.Context.Attempt));
            return attempts.Count < 3 ? throw new InvalidOperationException("not yet") : default;
        }, timeZone: "Europe/Berlin", retry: Portable.Runtime.RetryPolicy.Create(3, intervalSeconds: 5))], []);
        var clock = new ManualTimeProvider();
        await using var host = await LocalHost.StartAsync(app, new() { Url = "http://127.0.0.1:0", Time = clock }, TestContext.Current.CancellationToken);
        var timer = host.Timer("Daily");
        Assert.Equal(Time("2026-01-01T08:00:00Z"), timer.Next);
        clock.Advance(TimeSpan.FromHours(8));
        for (var i = 1; i < 3; i++)
        {
            // The firing runs on another thread; its wait is a timer of the clock beside that of the schedule.
            while (Volatile.Read(ref i) > attempts.Count || clock.PendingTimers < 2)
            {
                await Task.Yield();
            }

            clock.Advance(TimeSpan.FromSeconds(10));
        }

        await timer.WhenIdleAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3], attempts.Select(attempt => attempt.Attempt));
        Assert.All(attempts, attempt => Assert.Equal(Time("2026-01-01T08:00:00Z"), attempt.Due));
        Assert.Equal((1, 2), (timer.Firings, timer.Failures));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
