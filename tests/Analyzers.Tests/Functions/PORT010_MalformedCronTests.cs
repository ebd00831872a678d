using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT010_MalformedCronTests
{
    [Theory]
    [InlineData("0 0 3 * * ?", "has a schedule of 6 fields")]
    [InlineData("", "has a schedule of 0 fields")]
    [InlineData("60 3 * * *", "whose minute field is '60'")]
    [InlineData("0 3 * * MON", "whose day of week field is 'MON'")]
    [InlineData("0 3 L * *", "whose day of month field is 'L'")]
    [InlineData("0 5-3 * * *", "whose hour field is '5-3'")]
    [InlineData("0 3 1 * 1", "restricts both the day of month and the day of week")]
    public Task A_schedule_that_some_cloud_refuses(string cron, string message) => Check.Reports(
        "PORT010",
        FunctionSource.With($"[Function, [|ScheduleTrigger(\"{cron}\")|]] public static void Run() {{ }}"),
        message);

    [Theory]
    [InlineData("0 3 * * *")]
    [InlineData("*/10 8-17 1,15 * *")]
    [InlineData("*/10 8-17 * 1-11 1-5")]
    public Task Five_fields(string cron) => Check.Silent(FunctionSource.With($"[Function, ScheduleTrigger(\"{cron}\")] public static void Run() {{ }}"));
}
