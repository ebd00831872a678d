using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT013_StepAttributeValueTests
{
    [Fact]
    public Task Values_that_no_engine_takes() => Check.Reports(
        "PORT013",
        """
        using Portable;
        public sealed record Order(string Id);
        public sealed partial class Steps
        {
            [Step, [|Retry(MaxAttempts = 0)|]] public Task A() => Task.CompletedTask;
            [Step, [|Retry(BackoffRate = 0.5)|]] public Task B() => Task.CompletedTask;
            [Step, [|Retry(On = ["Card declined"])|]] public Task C() => Task.CompletedTask;
            [[|Step(TimeoutSeconds = -1)|]] public Task D() => Task.CompletedTask;
            [[|Inference("risk-model", TimeoutSeconds = -1)|]] public partial Task<Order> E(Order order);
            [[|Inference("risk-model", Http = true, TimeoutSeconds = 60)|]] public partial Task<Order> F(Order order);
            [Inference("risk-model", Http = true, TimeoutSeconds = 59)] public partial Task<Order> G(Order order);
        }
        """,
        "'A' has a [Retry] with MaxAttempts below 1");

    [Theory]
    [InlineData("[Step, Retry(MaxAttempts = 0)]", "[Step, Retry]")]
    [InlineData("[Step, Retry(MaxAttempts = 2, BackoffRate = 0.5)]", "[Step, Retry(MaxAttempts = 2)]")]
    [InlineData("[Step(TimeoutSeconds = -1)]", "[Step]")]
    public Task Fix_leaves_the_default(string before, string after)
    {
        return Fix.Changes("PORT013", Source(before), Source(after));

        static string Source(string attributes) => $$"""
            using Portable;
            public sealed class Steps
            {
                {{attributes}}
                public Task A() => Task.CompletedTask;
            }
            """;
    }

    [Fact]
    public Task Values_in_range() => Check.Silent(
        """
        using Portable;
        public sealed class Steps
        {
            [Step(TimeoutSeconds = 5), Retry(MaxAttempts = 1, BackoffRate = 1, IntervalSeconds = 1, MaxIntervalSeconds = 60, On = ["Timeout", "Card_Declined"])]
            public Task A() => Task.CompletedTask;
        }
        """);
}
