namespace Portable.Generator.Tests;

/// <summary>Projects of users.</summary>
internal static class Sources
{
    public const string Contracts = """
        namespace Orders;

        public enum Speed { Slow, Fast }

        public record Line(string Sku, int Quantity);

        public record Order(string Id, Line[] Lines);

        public record Accepted(string Id);

        public interface IOrderStore;

        [JsonSerializable(typeof(Order))]
        [JsonSerializable(typeof(Accepted))]
        [JsonSerializable(typeof(List<Order>))]
        [JsonSerializable(typeof(Verdict))]
        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
        public sealed partial class OrdersJson : JsonSerializerContext;

        public record Verdict(int Score, string? Reason);
        """;

    public const string Http = """
        namespace Orders;

        public sealed class OrderFunctions(IOrderStore store)
        {
            [Function(TimeoutSeconds = 10, LatencyMilliseconds = 8), HttpTrigger("POST", "/orders"), Warm(2)]
            public async Task<HttpResult<Accepted>> Place([FromBody] Order order, CancellationToken cancellationToken)
            {
                await Task.Yield();
                return order.Id == "" ? HttpResult.BadRequest() : HttpResult.Accepted(new Accepted(order.Id + store));
            }
        }
        """;

    public const string Queue = """
        namespace Orders;

        public static class Messages
        {
            [Function("settle", MemoryMegabytes = 512), QueueTrigger("orders-settled", BatchSize = 5), Retry(MaxAttempts = 4, IntervalSeconds = 2, BackoffRate = 1.5, On = ["Busy"])]
            public static Task Settle(Message<Order> message, IOrderStore store, [FromHeader(Name = "tenant")] string? tenant) => Task.CompletedTask;
        }
        """;

    public const string Schedule = """
        namespace Orders;

        public static class Housekeeping
        {
            [Function("expire"), ScheduleTrigger("*/5 0-6 1,15 * *")]
            public static void Expire(ScheduledEvent scheduled) { }
        }
        """;

    public const string Workflow = """
        namespace Orders;

        public sealed partial class OrderWorkflow(IOrderStore store)
        {
            [Workflow("fulfilment", TimeoutSeconds = 60)]
            public async Task<Accepted> Run(IWorkflow flow, Order order)
            {
                var verdict = await flow.Step(Judge, order);
                if (verdict.Score > 80)
                {
                    return new Accepted("none");
                }

                try
                {
                    await flow.Step(Charge, order);
                }
                catch (StepFailed failure)
                {
                    return new Accepted(failure.Code);
                }

                return new Accepted(order.Id);
            }

            [Step(TimeoutSeconds = 3), Retry(MaxAttempts = 3, On = ["Busy"])]
            public Task Charge(Order order, CancellationToken cancellationToken) => Task.FromResult(store);

            [Inference("fraud", TimeoutSeconds = 5)]
            public partial Task<Verdict> Judge(Order order, CancellationToken cancellationToken = default);
        }
        """;

    public const string Startup = """
        namespace Orders;

        [Startup]
        public sealed class OrdersStartup : IPortableStartup
        {
            public void Configure(IPortableBuilder app) { }
        }
        """;

    /// <summary>Every way to bind and to return, and names that are hard to emit.</summary>
    public const string Shapes = """
        namespace Orders.@class.Deep;

        public class Shapes
        {
            [Function, HttpTrigger("get", "/a/{id}/{when}")]
            public ValueTask<string> Texts(int id, DateOnly when, [FromHeader(Name = "X-Key")] Guid key, [FromHeader] string? agent, string[] tag, Speed? speed, Speed fast = Speed.Fast, int page = 7, bool? flag = null, string name = "a\"b", decimal price = 1.5m, char letter = '\'')
                => new(id + when.ToString() + key + agent + tag.Length + speed + fast + page + flag + name + price + letter);

            [Function("enum-route"), HttpTrigger("DELETE", "/b/{speed}/{*rest}")]
            public void Nothing(Speed speed, string rest) { }

            [Function, HttpTrigger("*", "/")]
            public Order? Value(Order? body, InvocationContext context, [FromServices] Shapes shapes, IServiceProvider provider) => body;

            [Function, HttpTrigger("PUT", "/c")]
            public Task<int> Simple([FromBody] List<Order> orders, ILookup<int, int>? lookup) => Task.FromResult(orders.Count);

            [Function, HttpTrigger("PATCH", "/d")]
            public HttpResult Result(int call, int binder, int handler, int result, int services, int @event) => HttpResult.NoContent();

            [Function("batch-array"), QueueTrigger("shape-batches")]
            public BatchResult Batch(Message<Order>[] messages) => BatchResult.Success;

            [Function("batch-list"), QueueTrigger("shape-bodies")]
            public async Task<BatchResult> Bodies(IReadOnlyList<Order> message, CancellationToken cancellationToken) { await Task.Yield(); return BatchResult.Success; }

            [Function("batch-bodies"), QueueTrigger("shape-arrays")]
            public ValueTask Arrays(int[] numbers) => default;

            [Function("single"), QueueTrigger("shape-singles")]
            public void Single(string message, [FromHeader] string tenant) { }

            public sealed class Nested
            {
                [Function("nested"), ScheduleTrigger("0 3 * * *")]
                public ValueTask @void(Shapes shapes, CancellationToken token) => default;
            }

            [Obsolete("old")]
            [Function("old"), HttpTrigger("GET", "/old")]
            public static string Old() => "";
        }

        internal static class Shapes_Nested
        {
            [Function("flat"), HttpTrigger("GET", "/flat")]
            internal static string @void() => "";
        }
        """;

    public const string Triggers = """
        namespace Orders;

        [EventContract("com.acme.order.placed", Version = 2)]
        public sealed record Placed(string Id);

        public sealed record Reading(double Celsius);

        [JsonSerializable(typeof(Placed))]
        [JsonSerializable(typeof(Reading))]
        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
        public sealed partial class TriggersJson : JsonSerializerContext;

        public sealed class Sources(IOrderStore store)
        {
            [Function("clicks"), StreamTrigger("clicks", BatchSize = 50, FromStart = true)]
            public Task Clicks(IReadOnlyList<StreamRecord<Order>> records, CancellationToken cancellationToken) => Task.FromResult(store);

            [Function("click"), StreamTrigger("single-clicks")]
            public static void Click(Order order, [FromHeader] string tenant) { }

            [Function("thumbnails"), StorageTrigger("uploads", Prefix = "in/", Suffix = ".png"), DeadLetter("thumbnails-dead"), Retry(MaxAttempts = 2)]
            public Task Thumbnails(StorageEvent change, CancellationToken cancellationToken) => Task.FromResult(store);

            [Function("placed"), EventTrigger(UnknownVersions = UnknownVersions.Skip)]
            public static Task Placed(Placed placed) => Task.CompletedTask;

            [Function("placed-event"), EventTrigger]
            public static Task PlacedEvent(Event<Placed> placed, InvocationContext context) => Task.CompletedTask;

            [Function("changes"), TableTrigger("Orders", BatchSize = 25)]
            public static BatchResult Changes(TableChange<Order>[] changes) => BatchResult.Success;

            [Function("change"), TableTrigger("Customers", FromStart = true)]
            public static void Change(TableChange<Order> change) { }

            [Function("telemetry"), DeviceTrigger("devices/+/telemetry")]
            public static ValueTask Telemetry(DeviceMessage<Reading> message) => default;

            [Function("fifo"), QueueTrigger("orders-fifo", BatchSize = 5, Ordered = true)]
            public static void Fifo(Message<Order> message) { }

            [Function("berlin"), ScheduleTrigger("0 6 * * 1-5", TimeZone = "Europe/Berlin")]
            public static void Berlin() { }
        }
        """;

    public const string Global = """
        public static class Greeter
        {
            [Function, HttpTrigger("GET", "/hello/{name}")]
            public static string Hello(string name) => name;
        }
        """;

    public static string[] All => [Contracts, Http, Queue, Schedule, Workflow, Startup, Shapes, Triggers, Global];
}
