using System.Text;
using Portable.Aws.Events;
using Portable.Aws.Tests.App;
using Portable.TestKit;

namespace Portable.Aws.Tests;

public sealed class ScheduleEventTests
{
    private static readonly ManualTimeProvider Clock = new(new DateTimeOffset(2026, 5, 6, 7, 8, 9, TimeSpan.Zero));

    [Fact]
    [Supports("Schedule trigger", "aws native")]
    public async Task A_scheduled_event_says_when_it_was_due()
    {
        await using var runtime = new InProcessRuntime("Nightly");
        var answer = await runtime.Api.InvokeAsync(Samples.Schedule.Replace("2026-03-01T03", "2026-03-17T03", StringComparison.Ordinal));
        Assert.Equal("null", answer.Body);
        Assert.Contains("2026-03-17T03:00:00.0000000+00:00", TestApplication.Journal);
    }

    [Theory]
    [InlineData("""{"scheduledTime":"2026-03-01T03:00:00+02:00"}""", "2026-03-01T01:00:00.0000000+00:00")]
    [InlineData("""{"time":"not a time","a":{"time":"2026-03-01T03:00:00Z"}}""", null)]
    [InlineData("""{"time":5}""", null)]
    [InlineData("""{"time":{"x":[1]}}""", null)]
    [InlineData("""[{"time":"2026-03-01T03:00:00Z"}]""", null)]
    [InlineData("\"anything\"", null)]
    [InlineData("null", null)]
    [InlineData("", null)]
    [InlineData("\uFEFF{}", null)]
    public void A_schedulers_own_input_may_be_anything(string json, string? expected) =>
        Assert.Equal(expected ?? "2026-05-06T07:08:09.0000000+00:00", ScheduleEvent.Read(Encoding.UTF8.GetBytes(json), Clock).ScheduledTime.ToString("O"));

    [Theory]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("nul")]
    public void What_is_no_json_is_malformed(string json) =>
        Assert.Throws<MalformedEventException>(() => ScheduleEvent.Read(Encoding.UTF8.GetBytes(json), Clock));
}
