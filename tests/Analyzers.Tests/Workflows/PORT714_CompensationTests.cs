using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT714_CompensationTests
{
    [Fact]
    public Task Steps_that_cannot_be_undone() => Check.Reports(
        "PORT714",
        """
        using Portable;
        public sealed record Order(string Id);
        public sealed record Paid(string Id);
        public sealed class Steps
        {
            [Step, [|Compensate("Missing")|]] public Task A() => Task.CompletedTask;
            [Step, [|Compensate(nameof(NoStep))|]] public Task B() => Task.CompletedTask;
            [Step, [|Compensate(nameof(C))|]] public Task C() => Task.CompletedTask;
            [Step, [|Compensate(nameof(Refund))|]] public Task<Order> D(Order order) => Task.FromResult(order);
            [Step] public Task Refund(Paid paid) => Task.CompletedTask;
            public Task NoStep() => Task.CompletedTask;
        }
        """,
        "Step 'A' is undone by 'Missing', which is no [Step] of the class");

    [Fact]
    public Task Steps_that_can() => Check.Silent(
        """
        using Portable;
        public sealed record Order(string Id);
        public sealed record Paid(string Id);
        public sealed class Steps
        {
            [Step, Compensate(nameof(Refund))] public Task<Paid> Pay(Order order, CancellationToken ct) => Task.FromResult(new Paid(order.Id));
            [Step, Compensate(nameof(Refund))] public Task Note(Paid paid) => Task.CompletedTask;
            [Step, Compensate(nameof(Reset))] public Task<Order> Start(Order order) => Task.FromResult(order);
            [Step] public Task Refund(Paid paid, CancellationToken ct) => Task.CompletedTask;
            [Step] public Task Reset() => Task.CompletedTask;
        }
        """);
}
