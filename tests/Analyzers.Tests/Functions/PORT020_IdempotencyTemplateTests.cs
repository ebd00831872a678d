using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT020_IdempotencyTemplateTests
{
    [Theory]
    [InlineData("Nothing", "is no member of 'Order' that emitted code can read")]
    [InlineData("id", "is no member of 'Order'")]
    [InlineData("{Id}-{Nothing}", "'Nothing' is no member of 'Order'")]
    [InlineData("{Id.Length.Digits}", "'Id.Length.Digits' is no member of 'Int32'")]
    [InlineData("{Id", "an opening brace without a closing one")]
    [InlineData("Id}", "a closing brace without an opening one")]
    [InlineData("{}", "whose '{}' is no member")]
    [InlineData("{Id }", "whose '{Id }' is no member")]
    [InlineData("order 7", "which is no member: use nameof")]
    [InlineData("", "which is no member: use nameof")]
    public Task A_template_that_names_nothing(string key, string message) =>
        Check.Reports("PORT020", FunctionSource.WithStore($"[Function, QueueTrigger(\"orders\"), [|Idempotent(\"{key}\")|]] public static void Run(Order order) {{ }}"), message);

    [Theory]
    [InlineData("double Total")]
    [InlineData("decimal Total")]
    [InlineData("object Total")]
    [InlineData("int[] Total")]
    [InlineData("System.DateTime Total")]
    public Task A_type_without_a_stable_text(string member) => Check.Reports(
        "PORT020",
        FunctionSource.WithStore($"public sealed record Sum({member}); [Function, QueueTrigger(\"sums\"), [|Idempotent(\"Total\")|]] public static void Run(Sum sum) {{ }}"),
        "has no text that is the same everywhere");

    [Fact]
    public Task A_member_that_emitted_code_cannot_read() => Check.Reports(
        "PORT020",
        FunctionSource.WithStore("public sealed class Sum { private string Id => \"\"; public static string Name => \"\"; } [Function, QueueTrigger(\"sums\"), [|Idempotent(\"Id\")|]] public static void Run(Sum sum) { }"),
        "is no member of 'Sum'");

    [Fact]
    public Task Without_a_payload() => Check.Reports(
        "PORT020", FunctionSource.WithStore("[Function, HttpTrigger(\"GET\", \"/{id}\"), AllowAnonymous, [|Idempotent(\"Id\")|]] public static int Run(int id) => id;"), "is no parameter, and there is no payload");

    [Fact]
    public Task An_array_of_the_query() => Check.Reports(
        "PORT020", FunctionSource.WithStore("[Function, HttpTrigger(\"POST\", \"/\"), AllowAnonymous, [|Idempotent(\"ids\")|]] public static int Run(int[] ids) => ids.Length;"), "is an array");

    [Theory]
    [InlineData("QueueTrigger(\"orders\"), Idempotent(nameof(Order.Id))] public static void Run(Order order) { }")]
    [InlineData("QueueTrigger(\"orders\"), Idempotent(\"{Id}/{Cents}\")] public static void Run(Message<Order>[] orders) { }")]
    [InlineData("QueueTrigger(\"orders\"), Idempotent(\"{Id.Length}\")] public static void Run(Message<Order> order) { }")]
    [InlineData("StorageTrigger(\"uploads\"), Idempotent(\"{Bucket}/{Name}\")] public static void Run(StorageEvent change) { }")]
    [InlineData("TableTrigger(\"rows\"), DeadLetter(\"dead\"), Idempotent(\"Key\")] public static void Run(TableChange<Order> change) { }")]
    [InlineData("HttpTrigger(\"PUT\", \"/{id}\"), AllowAnonymous, Idempotent(\"{id}-{Cents}\")] public static void Run(System.Guid id, Order order) { }")]
    [InlineData("HttpTrigger(\"POST\", \"/\"), AllowAnonymous, Idempotent(\"key\")] public static void Run([FromHeader(Name = \"x-key\")] string key, Size? size) { }")]
    public Task Members_that_identify(string function) => Check.Silent(
        FunctionSource.With("[Function, " + function) + "\n[Startup] public sealed class Start : IPortableStartup { public void Configure(IPortableBuilder app) { } }");
}
