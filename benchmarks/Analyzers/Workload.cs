using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Portable.Benchmarks.Analyzers;

/// <summary>
/// A project of 1,000 handlers as people write them: classes of four functions over a queue, HTTP and a clock, with a service behind an interface, payloads,
/// some helpers, and a workflow for every fifty functions. No rule has anything to say about it.
/// </summary>
internal static class Workload
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] References = [.. ReferenceFiles().Select(file => MetadataReference.CreateFromFile(file))];

    private static readonly SourceText[] Sources = [.. Texts().Select(text => SourceText.From(text, System.Text.Encoding.UTF8, SourceHashAlgorithm.Sha256))];

    // CS1701 and CS1702 are off in every project of the SDK.
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        optimizationLevel: OptimizationLevel.Release,
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    /// <summary>The handlers of the project.</summary>
    public static int Handlers => 1000;

    /// <summary>A compilation that knows nothing yet: its sources are parsed again.</summary>
    public static CSharpCompilation Create() => CSharpCompilation.Create(
        "Workload",
        Sources.Select((text, i) => CSharpSyntaxTree.ParseText(text, ParseOptions, $"File{i}.cs")),
        References,
        Options);

    /// <summary>A driver of the generator.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new Portable.Generator.PortableGenerator().AsSourceGenerator()], [], ParseOptions, new BuildProperties());

    private static IEnumerable<string> ReferenceFiles()
    {
        var pack = typeof(Workload).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "ReferencePack").Value!;
        return Directory.EnumerateFiles(pack, "*.dll")
            .Append(typeof(FunctionAttribute).Assembly.Location)
            .Append(typeof(IPortableStartup).Assembly.Location)
            .Concat(Directory.EnumerateFiles(AppContext.BaseDirectory, "Microsoft.Extensions.*.dll"));
    }

    private static IEnumerable<string> Texts()
    {
        yield return """
            global using System;
            global using System.Collections.Generic;
            global using System.Linq;
            global using System.Threading;
            global using System.Threading.Tasks;
            global using Portable;
            global using Portable.Runtime;
            """;
        yield return """
            namespace Workload;

            [Startup]
            public sealed class Startup : IPortableStartup
            {
                public void Configure(IPortableBuilder app) => app.UseMemoryIdempotency();
            }
            """;
        const int AreasOfAContext = 10;
        for (var first = 0; first < Handlers / 4; first += AreasOfAContext)
        {
            yield return JsonContext(first, AreasOfAContext);
        }

        for (var area = 0; area < Handlers / 4; area++)
        {
            yield return Numbered(Area, area);
        }

        for (var flow = 0; flow < Handlers / 50; flow++)
        {
            yield return Numbered(Flow, flow);
        }
    }

    // With what its generator would write, as no generator but ours runs here.
    private static string JsonContext(int first, int areas) => $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;

        namespace Workload;

        {{string.Join('\n', Enumerable.Range(first, areas).Select(area => $"[JsonSerializable(typeof(Area{area}.Order)), JsonSerializable(typeof(Area{area}.Summary)), JsonSerializable(typeof(Area{area}.Fulfilled))]"))}}
        internal sealed partial class Json{{first}}() : JsonSerializerContext(null)
        {
            public static Json{{first}} Default { get; } = new();

            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;

            public override JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    private static string Numbered(string template, int number) => template.Replace("#", number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private const string Area = """
        using Microsoft.Extensions.Logging;

        namespace Workload.Area#;

        public sealed record Line(string Sku, int Quantity);

        public sealed record Order(string Id, string CustomerId, int Cents, IReadOnlyList<Line> Lines);

        public sealed record Summary(string Id, int Cents, string Status);

        public interface IOrders
        {
            Task<Order?> Find(string id, CancellationToken cancellationToken);

            Task Save(Order order, CancellationToken cancellationToken);
        }

        public sealed class Orders(TimeProvider time) : IOrders
        {
            private readonly Dictionary<string, (Order Order, DateTimeOffset At)> _orders = new(StringComparer.Ordinal);

            public Task<Order?> Find(string id, CancellationToken cancellationToken)
            {
                lock (_orders)
                {
                    return Task.FromResult(_orders.TryGetValue(id, out var found) ? found.Order : null);
                }
            }

            public Task Save(Order order, CancellationToken cancellationToken)
            {
                lock (_orders)
                {
                    _orders[order.Id] = (order, time.GetUtcNow());
                }

                return Task.CompletedTask;
            }
        }

        public sealed partial class OrderFunctions(IOrders orders, IEventBus bus, ILogger<OrderFunctions> logger)
        {
            private const int Free = 5_000;
            private static readonly string[] Closed = ["cancelled", "shipped"];
            private readonly int _shipping = 490;

            [Function("place-#", TimeoutSeconds = 10), HttpTrigger("POST", "/area#/orders"), AllowAnonymous]
            public async Task<HttpResult<Summary>> Place([FromBody] Order order, CancellationToken cancellationToken)
            {
                if (order.Lines.Count == 0 || order.Lines.Any(line => line.Quantity <= 0))
                {
                    return HttpResult.Problem(422, "An order needs lines with a quantity.");
                }

                var total = Total(order);
                await orders.Save(order with { Cents = total }, cancellationToken);
                LogPlaced(order.Id, total);
                return HttpResult.Accepted(new Summary(order.Id, total, "accepted"));
            }

            [Function("find-#"), HttpTrigger("GET", "/area#/orders/{id}"), AllowAnonymous]
            public async Task<HttpResult<Summary>> Get(string id, CancellationToken cancellationToken)
            {
                var order = await orders.Find(id, cancellationToken);
                if (order is null)
                {
                    return HttpResult.NotFound();
                }

                var status = Closed.Contains(order.CustomerId) ? "closed" : order.Cents > Free ? "open" : $"open, {_shipping} for shipping";
                return HttpResult.Ok(new Summary(order.Id, order.Cents, status));
            }

            [Function("fulfil-#", TimeoutSeconds = 30), QueueTrigger("orders-#", BatchSize = 10), Retry(MaxAttempts = 5), DeadLetter("orders-#-dead"), Idempotent(nameof(Order.Id))]
            public async Task Fulfil(Order order, InvocationContext context, CancellationToken cancellationToken)
            {
                try
                {
                    foreach (var line in order.Lines)
                    {
                        if (string.IsNullOrWhiteSpace(line.Sku))
                        {
                            throw new InvalidOperationException($"Order {order.Id} has a line without an article.");
                        }
                    }

                    await orders.Save(order, cancellationToken);
                    await bus.Publish(new Fulfilled(order.Id, Total(order)), cancellationToken: cancellationToken);
                }
                catch (InvalidOperationException failure)
                {
                    LogFailed(failure, order.Id, context.Attempt);
                    throw;
                }
            }

            [Function("expire-#"), ScheduleTrigger("0 3 * * *")]
            public async Task Expire(ScheduledEvent due, CancellationToken cancellationToken)
            {
                for (var day = 1; day <= 3; day++)
                {
                    var id = due.ScheduledTime.AddDays(-day).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
                    if (await orders.Find(id, cancellationToken) is { } old)
                    {
                        await orders.Save(old with { CustomerId = "cancelled" }, cancellationToken);
                    }
                }
            }

            private int Total(Order order)
            {
                var sum = 0;
                foreach (var line in order.Lines)
                {
                    sum += line.Quantity * 100;
                }

                return sum >= Free ? sum : sum + _shipping;
            }

            [LoggerMessage(1, LogLevel.Information, "Order {Id} was placed for {Cents} cents.")]
            private partial void LogPlaced(string id, int cents);

            [LoggerMessage(2, LogLevel.Warning, "Order {Id} failed at attempt {Attempt}.")]
            private partial void LogFailed(Exception failure, string id, int attempt);

            // What the logging generator would write.
            private partial void LogPlaced(string id, int cents) => logger.LogInformation("Order {Id} was placed for {Cents} cents.", id, cents);

            private partial void LogFailed(Exception failure, string id, int attempt) => logger.LogWarning(failure, "Order {Id} failed at attempt {Attempt}.", id, attempt);
        }

        [EventContract("workload.fulfilled.#", Version = 1)]
        public sealed record Fulfilled(string Id, int Cents);
        """;

    private const string Flow = """
        namespace Workload.Flow#;

        public sealed record Order(string Id, int Cents);

        public sealed record Quote(string OrderId, int Cents);

        public sealed record Approval(bool Granted);

        public sealed record Receipt(string Id, string Status);

        public sealed class OrderWorkflow
        {
            [Workflow("order-#", TimeoutSeconds = 86_400)]
            public async Task<Receipt> Run(IWorkflow flow, Order order)
            {
                var quote = await flow.Step(Price, order);
                if (quote.Cents > 100_000)
                {
                    var approval = await flow.Event<Approval>("approval", timeout: TimeSpan.FromHours(12));
                    if (!approval.Granted)
                    {
                        return new Receipt(order.Id, "rejected");
                    }
                }

                try
                {
                    await flow.Step(Charge, quote);
                }
                catch (StepFailed failure) when (failure.Code == "CardDeclined")
                {
                    return new Receipt(order.Id, failure.Code);
                }

                return new Receipt(order.Id, "shipped");
            }

            [Step(TimeoutSeconds = 10)]
            public Task<Quote> Price(Order order) => Task.FromResult(new Quote(order.Id, order.Cents));

            [Step(TimeoutSeconds = 10), Retry(MaxAttempts = 3), Idempotent(nameof(Quote.OrderId))]
            public Task<Receipt> Charge(Quote quote) => Task.FromResult(new Receipt(quote.OrderId, "charged"));
        }
        """;
}
