using System.Globalization;
using Portable.Local;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Local;

public sealed class CronExpressionTests
{
    // 2026-01-01 was a Thursday.
    [Theory]
    [InlineData("* * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z")]
    [InlineData("* * * * *", "2026-01-01T00:00:59.999Z", "2026-01-01T00:01:00Z")]
    [InlineData("*/5 * * * *", "2026-01-01T00:00:00Z", "2026-01-01T00:05:00Z")]
    [InlineData("*/5 * * * *", "2026-01-01T00:57:00Z", "2026-01-01T01:00:00Z")]
    [InlineData("0 3 * * *", "2026-01-01T03:00:00Z", "2026-01-02T03:00:00Z")]
    [InlineData("0 3 * * *", "2026-12-31T23:59:00Z", "2027-01-01T03:00:00Z")]
    [InlineData("15,45 8-10 * * *", "2026-01-01T08:15:00Z", "2026-01-01T08:45:00Z")]
    [InlineData("15,45 8-10 * * *", "2026-01-01T10:45:00Z", "2026-01-02T08:15:00Z")]
    [InlineData("10-50/20 * * * *", "2026-01-01T00:10:00Z", "2026-01-01T00:30:00Z")]
    [InlineData("10-50/20 * * * *", "2026-01-01T00:50:00Z", "2026-01-01T01:10:00Z")]
    [InlineData("0 9 * * 1-5", "2026-01-02T09:00:00Z", "2026-01-05T09:00:00Z")]
    [InlineData("0 9 * * 0", "2026-01-01T00:00:00Z", "2026-01-04T09:00:00Z")]
    [InlineData("0 0 1 * *", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z")]
    [InlineData("0 0 31 * *", "2026-01-31T00:00:00Z", "2026-03-31T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 12 13 * 5", "2026-01-01T00:00:00Z", "2026-01-02T12:00:00Z")]
    [InlineData("0 12 13 * 5", "2026-01-09T12:00:00Z", "2026-01-13T12:00:00Z")]
    [InlineData("0 0 */10 * *", "2026-01-02T00:00:00Z", "2026-01-11T00:00:00Z")]
    [InlineData("30 6 1 1,7 *", "2026-01-01T06:30:00Z", "2026-07-01T06:30:00Z")]
    [InlineData("0  0 1  1 *", "2026-06-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData("0 3 * * *", "2026-01-01T02:30:00-02:00", "2026-01-02T03:00:00Z")]
    [Supports("Schedule trigger", "local")]
    public void The_next_occurrence_is_found(string cron, string after, string expected) =>
        Assert.Equal(Time(expected), CronExpression.Parse(cron).NextAfter(Time(after)));

    [Fact]
    public void A_day_that_never_comes_has_no_occurrence() => Assert.Null(CronExpression.Parse("0 0 30 2 *").NextAfter(Time("2026-01-01T00:00:00Z")));

    [Theory]
    [InlineData("* * * *", "4 fields")]
    [InlineData("0 * * * * *", "6 fields")]
    [InlineData("", "0 fields")]
    [InlineData("60 * * * *", "minute '60'")]
    [InlineData("* 24 * * *", "hour '24'")]
    [InlineData("* * 0 * *", "day of month '0'")]
    [InlineData("* * * 13 *", "month '13'")]
    [InlineData("* * * * 7", "day of week '7'")]
    [InlineData("*/0 * * * *", "'0' is not a number from 1")]
    [InlineData("5/10 * * * *", "a step follows")]
    [InlineData("30-10 * * * *", "'10' is not a number from 30")]
    [InlineData("a * * * *", "'a' is not a number")]
    [InlineData("1,,2 * * * *", "'' is not a number")]
    [InlineData("-1 * * * *", "'' is not a number")]
    [InlineData("* * * * MON", "'MON' is not a number")]
    public void A_malformed_expression_says_where(string cron, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => CronExpression.Parse(cron)).Message, StringComparison.Ordinal);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
