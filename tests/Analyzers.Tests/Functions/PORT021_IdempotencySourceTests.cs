using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT021_IdempotencySourceTests
{
    [Theory]
    [InlineData("QueueTrigger(\"orders\"), [|Idempotent|]] public static void Run(Order order) { }", "must say one thing that identifies a call")]
    [InlineData("QueueTrigger(\"orders\"), [|Idempotent(MessageId = false)|]] public static void Run(Order order) { }", "must say one thing that identifies a call")]
    [InlineData("QueueTrigger(\"orders\"), [|Idempotent(\"Id\", MessageId = true)|]] public static void Run(Order order) { }", "must say one thing that identifies a call")]
    [InlineData("QueueTrigger(\"orders\"), [|Idempotent(\"Id\", Header = \"key\")|]] public static void Run(Order order) { }", "must say one thing that identifies a call")]
    [InlineData("HttpTrigger(\"POST\", \"/\"), AllowAnonymous, [|Idempotent(MessageId = true)|]] public static void Run(Order order) { }", "requests have no such id")]
    [InlineData("HttpTrigger(\"POST\", \"/\"), AllowAnonymous, [|Idempotent(Header = \"my key\")|]] public static void Run(Order order) { }", "no name of a header")]
    [InlineData("StorageTrigger(\"uploads\"), [|Idempotent(Header = \"key\")|]] public static void Run(StorageEvent change) { }", "storage triggers deliver no attributes")]
    [InlineData("ScheduleTrigger(\"0 3 * * *\"), [|Idempotent(\"ScheduledTime\")|]] public static void Run(ScheduledEvent scheduled) { }", "is started by the clock")]
    public Task A_key_without_a_source(string function, string message) => Check.Reports("PORT021", FunctionSource.WithStore("[Function, " + function), message);

    [Theory]
    [InlineData("HttpTrigger(\"POST\", \"/\"), AllowAnonymous, Idempotent(Header = \"Idempotency-Key\", ExpiresAfterHours = 1, OnStoreFailure = StoreFailure.Run, ValidatePayload = true)] public static void Run(Order order) { }")]
    [InlineData("QueueTrigger(\"orders\"), Idempotent(MessageId = true)] public static void Run(Order order) { }")]
    [InlineData("StreamTrigger(\"clicks\"), DeadLetter(\"dead\"), Idempotent(Header = \"key\")] public static void Run(StreamRecord<Order>[] records) { }")]
    public Task Keys_of_their_own(string function) => Check.Silent(
        FunctionSource.With("[Function, " + function) + "\n[Startup] public sealed class Start : IPortableStartup { public void Configure(IPortableBuilder app) { } }");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(9000)]
    public Task An_expiry_out_of_range(int hours) => Check.Reports(
        "PORT013", FunctionSource.WithStore($"[Function, QueueTrigger(\"orders\"), [|Idempotent(\"Id\", ExpiresAfterHours = {hours})|]] public static void Run(Order order) {{ }}"), "ExpiresAfterHours that is not between");
}
