using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Functions;

public sealed class PORT023_OutputParameterTests
{
    [Theory]
    [InlineData("[Function, HttpTrigger(\"POST\", \"/a\")] public static void Run(Order order, IQueue<Order> [|orders|]) { }", "[Queue(\"orders\")]")]
    [InlineData("[Function, HttpTrigger(\"POST\", \"/a\")] public static void Run(Order order, IBlobStore [|uploads|]) { }", "[Bucket(\"uploads\")]")]
    [InlineData("[Function, HttpTrigger(\"POST\", \"/a\")] public static void Run(Order order, [[|Bucket(\"uploads\")|]] IQueue<Order> orders) { }", "[Bucket], which belongs on an IBlobStore")]
    [InlineData("[Function, HttpTrigger(\"POST\", \"/a\")] public static void Run([[|Queue(\"orders\")|]] Order order) { }", "[Queue], which belongs on an IQueue<T>")]
    [InlineData("public sealed class Nightly(IQueue<Order> [|orders|]) { [Function, ScheduleTrigger(\"0 3 * * *\")] public void Run() => _ = orders; }", "does not say which queue")]
    [InlineData("public sealed class Steps(IBlobStore [|uploads|]) { [Step] public System.Threading.Tasks.Task Run(Order order) => uploads.Delete(order.Id); }", "does not say which bucket")]
    public Task A_queue_or_bucket_without_a_name(string code, string message) => Check.Reports("PORT023", FunctionSource.With(code), message);

    [Fact]
    public Task Queues_and_buckets_with_names_and_types_that_nobody_makes() => Check.Silent(FunctionSource.With(
        """
        public sealed class Nightly([Queue("orders")] IQueue<Order> orders, [Bucket("uploads")] IBlobStore uploads, IEventBus events)
        {
            [Function, ScheduleTrigger("0 3 * * *")] public void Run([FromServices] IQueue<Order> registered, [Queue("others")] IQueue<string> others) => _ = (orders, uploads, events, registered, others);
        }

        public sealed class Service(IQueue<Order> orders) { public IQueue<Order> Orders => orders; }
        """));
}
