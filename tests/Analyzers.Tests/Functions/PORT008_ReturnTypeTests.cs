using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT008_ReturnTypeTests
{
    [Theory]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\")] public static async void [|Run|]() => await Task.Yield();", "is async void")]
    [InlineData("[Function, ScheduleTrigger(\"0 3 * * *\")] public static int [|Run|]() => 1;", "nobody would receive what it returns")]
    [InlineData("[Function, QueueTrigger(\"orders\")] public static Order [|Run|](Order order) => order;", "nobody would receive what it returns")]
    [InlineData("[Function, QueueTrigger(\"orders\")] public static BatchResult [|Run|](Order order) => BatchResult.Success;", "takes a single message")]
    [InlineData("[Function, HttpTrigger(\"GET\", \"/\")] public static IAsyncEnumerable<int> [|Run|]() => null!;", "returns a stream of values")]
    public Task A_result_that_the_trigger_cannot_use(string function, string message) => Check.Reports("PORT008", FunctionSource.With(function), message);

    [Fact]
    public Task Results_that_fit() => Check.Silent(FunctionSource.With(
        """
        [Function, HttpTrigger("GET", "/a")] public static Task<HttpResult<Order>> A() => null!;
        [Function, HttpTrigger("GET", "/b")] public static ValueTask<string> B() => default;
        [Function, HttpTrigger("GET", "/c")] public static HttpResult C() => HttpResult.NoContent();
        [Function, QueueTrigger("orders")] public static Task<BatchResult> D(Message<Order>[] messages) => null!;
        [Function, QueueTrigger("orders")] public static ValueTask E(Order order) => default;
        [Function, ScheduleTrigger("0 3 * * *")] public static Task F() => Task.CompletedTask;
        """));
}
