using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Workflows;

public sealed class PORT719_IdempotencyKeyTests
{
    [Fact]
    public Task What_is_no_key() => Check.Reports(
        "PORT719",
        """
        using Portable;
        public sealed record Order(string Id, decimal Price, int? Number) { public string Upper => Id.ToUpperInvariant(); }
        public sealed class Steps
        {
            [Step, [|Idempotent("Id")|]] public Task A() => Task.CompletedTask;
            [Step, [|Idempotent("Missing")|]] public Task B(Order order) => Task.CompletedTask;
            [Step, [|Idempotent(nameof(Order.Price))|]] public Task C(Order order) => Task.CompletedTask;
            [Step, [|Idempotent(nameof(Order.Number))|]] public Task D(Order order) => Task.CompletedTask;
            [Step, [|Idempotent(nameof(Order.Upper))|]] public Task E(Order order) => Task.CompletedTask;
            [Step, [|Idempotent(nameof(Order.Id))|]] public Task F(Order? order) => Task.CompletedTask;
        }
        """,
        "Step 'A' has [Idempotent] but no payload");

    [Fact]
    public Task Keys() => Check.Silent(
        """
        using Portable;
        public abstract record Base(string Id);
        public sealed record Order(string Id, int Number, Guid Key) : Base(Id);
        public sealed class Steps
        {
            [Step, Idempotent(nameof(Order.Id))] public Task A(Order order, CancellationToken ct) => Task.CompletedTask;
            [Step, Idempotent(nameof(Order.Number))] public Task B(Order order) => Task.CompletedTask;
            [Step, Idempotent(nameof(Order.Key))] public Task C(Order order) => Task.CompletedTask;
        }
        """);
}
