using Portable.Generator.Emit.Aws;

namespace Portable.Generator.Tests;

/// <summary>Our five fields in EventBridge's six.</summary>
public sealed class AwsCronTests
{
    [Theory]
    [InlineData("0 3 * * *", "cron(0 3 * * ? *)")]
    [InlineData("*/5 0-6 1,15 * *", "cron(*/5 0-6 1,15 * ? *)")]
    [InlineData("0 6 * * 1-5", "cron(0 6 ? * 2-6 *)")]
    [InlineData("0 6 * * 0", "cron(0 6 ? * 1 *)")]
    [InlineData("0 6 * * 6", "cron(0 6 ? * 7 *)")]
    [InlineData("0 6 * 1-3 0,3,6", "cron(0 6 ? 1-3 1,4,7 *)")]
    [InlineData("0 6 * * */2", "cron(0 6 ? * 1,3,5,7 *)")]
    [InlineData("0 6 * * 1/3", "cron(0 6 ? * 2,5 *)")]
    [InlineData("0 6 * * 1-6/2", "cron(0 6 ? * 2,4,6 *)")]
    [InlineData("0 6 * * 5-7", "cron(0 6 ? * 6-7,1 *)")]
    [InlineData("0 6 * * 7", "cron(0 6 ? * 1 *)")]
    public void Days_of_the_week_count_from_Sunday_as_1(string cron, string expected) => Assert.Equal(expected, AwsCron.Expression(cron));

    [Theory]
    [InlineData("0 6 * *", "cron(0 6 * *)")]
    [InlineData("0 6 * * x", "cron(0 6 ? * x *)")]
    [InlineData("0 6 * * 9999999999", "cron(0 6 ? * 9999999999 *)")]
    public void What_the_analyzer_reports_is_no_accident_of_the_generator(string cron, string expected) => Assert.Equal(expected, AwsCron.Expression(cron));
}
