using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT013_AttributeValueTests
{
    [Theory]
    [InlineData("[[|Function(TimeoutSeconds = -1)|], ScheduleTrigger(\"0 3 * * *\")] public static void Run() { }", "TimeoutSeconds that is not between")]
    [InlineData("[Function, [|QueueTrigger(\"Orders_New\")|]] public static void Run(Order order) { }", "reads the queue 'Orders_New'")]
    [InlineData("[Function, [|StorageTrigger(\"Uploads\")|]] public static void Run(StorageEvent changed) { }", "watches the bucket 'Uploads'")]
    [InlineData("[Function, [|TableTrigger(\"my table\")|]] public static void Run(TableChange<Order> change) { }", "watches the table 'my table'")]
    [InlineData("[Function, [|StreamTrigger(\"no\")|]] public static void Run(Order order) { }", "reads the stream 'no'")]
    [InlineData("[Function, [|DeviceTrigger(\"devices/#/x\")|]] public static void Run(Order order) { }", "no MQTT topic filter")]
    [InlineData("[Function, [|ScheduleTrigger(\"0 3 * * *\", TimeZone = \"CEST\")|]] public static void Run() { }", "no IANA name")]
    [InlineData("[Function, QueueTrigger(\"orders\"), [|DeadLetter(\"Dead\")|]] public static void Run(Order order) { }", "sends dead letters to 'Dead'")]
    [InlineData("[Function, [|QueueTrigger(\"orders\", BatchSize = -1)|]] public static void Run(Order order) { }", "BatchSize that is not positive")]
    [InlineData("[Function, [|HttpTrigger(\"FETCH\", \"/\")|]] public static void Run() { }", "has the HTTP method 'FETCH'")]
    [InlineData("[Function, QueueTrigger(\"orders\"), [|Retry(MaxAttempts = 0)|]] public static void Run(Order order) { }", "MaxAttempts below 1")]
    public Task A_value_that_some_cloud_refuses(string function, string message) => Check.Reports("PORT013", FunctionSource.With(function), message);

    [Fact]
    public Task Values_in_range() => Check.Silent(FunctionSource.With(
        """[Function(TimeoutSeconds = 60), QueueTrigger("orders-new", BatchSize = 25), Retry(MaxAttempts = 5)] public static void Run(Order order) { }"""));

    [Fact]
    public Task Fix_leaves_the_default() => Fix.Changes(
        "PORT013",
        FunctionSource.With("[Function, QueueTrigger(\"orders\", BatchSize = -1)] public static void Run(Order order) { }"),
        FunctionSource.With("[Function, QueueTrigger(\"orders\")] public static void Run(Order order) { }"));

    [Fact]
    public Task Fix_is_not_offered_for_a_value_that_is_required() =>
        Fix.NotOffered("PORT013", FunctionSource.With("[Function, QueueTrigger(\"O\")] public static void Run(Order order) { }"));
}
