using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT723_DurationTests
{
    [Theory]
    [InlineData("var wait = TimeSpan.FromSeconds(5); await flow.Delay([|wait|]);", "static readonly field")]
    [InlineData("await flow.Delay([|TimeSpan.FromSeconds(5) * 2|]);", "constant or an int")]
    [InlineData("await flow.Delay([|Changing|]);", "static readonly field")]
    public Task A_wait_that_engines_cannot_compute(string statement, string message) => Check.Reports("PORT723", Source(statement), message);

    [Theory]
    [InlineData("await flow.Delay(TimeSpan.FromSeconds(0.5)); await flow.Delay(TimeSpan.FromHours(order.Cents)); await flow.Delay(Fixed); await flow.Delay(new TimeSpan(0, 1, 0)); await flow.Delay(TimeSpan.Zero);")]
    public Task Waits(string statement) => Check.Silent(Source(statement));

    private static string Source(string statement) => WorkflowSource.With(
        statement,
        "private static readonly TimeSpan Fixed = TimeSpan.FromMinutes(5);\nprivate static TimeSpan Changing = TimeSpan.Zero;\npublic static void Change() => Changing = Fixed;");
}
