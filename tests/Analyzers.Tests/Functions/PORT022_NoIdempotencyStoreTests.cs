using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT022_NoIdempotencyStoreTests
{
    [Fact]
    public Task No_startup_class() => Check.Reports(
        "PORT022",
        FunctionSource.With("[Function, QueueTrigger(\"orders\"), [|Idempotent(\"Id\")|]] public static void Run(Order order) { }"),
        "no [Startup] class says where its work is remembered");

    [Fact]
    public Task A_startup_class() => Check.Silent(
        FunctionSource.With("[Function, QueueTrigger(\"orders\"), Idempotent(\"Id\")] public static void Run(Order order) { }")
        + "\n[Startup] public sealed class Start : IPortableStartup { public void Configure(IPortableBuilder app) => app.UseMemoryIdempotency(); }");
}
