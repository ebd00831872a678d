using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT723_DurationTests
{
    [Theory]
    [InlineData("await flow.Delay([|TimeSpan.FromDays(400)|]);", "longer than a year")]
    [InlineData("var paid = await flow.Event<string>(\"paid\", [|Ages * 2|]);", "longer than a year")]
    public Task A_wait_that_no_run_can_last(string statement, string message) => Check.Reports("PORT723", Source(statement), message);

    [Theory]
    [InlineData("await flow.Delay(TimeSpan.FromSeconds(0.5)); await flow.Delay(TimeSpan.FromHours(order.Cents)); await flow.Delay(Fixed); await flow.Delay(new TimeSpan(0, 1, 0)); await flow.Delay(TimeSpan.Zero);")]
    [InlineData("var wait = TimeSpan.FromSeconds(5); await flow.Delay(wait * 2); wait += Fixed; await flow.Delay(wait); await flow.Delay(order.Cents > 5 ? Fixed : wait);")]
    public Task Waits(string statement) => Check.Silent(Source(statement));

    private static string Source(string statement) => WorkflowSource.With(
        statement,
        "private static readonly TimeSpan Fixed = TimeSpan.FromMinutes(5);\nprivate static readonly TimeSpan Ages = TimeSpan.FromDays(300);");
}
