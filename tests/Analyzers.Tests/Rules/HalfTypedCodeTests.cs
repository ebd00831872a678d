using Portable.Analyzers.Tests.Harness;
using Xunit;

namespace Portable.Analyzers.Tests.Rules;

/// <summary>No analyzer throws on code as it is while someone types.</summary>
public sealed class HalfTypedCodeTests
{
    private const string Sample = """
        using System.Text.Json.Serialization;
        using Portable;
        namespace Orders;

        public sealed record Order(string Id, long Cents, List<string>? Lines);
        public sealed record Receipt(string Id, string Status) { public string? Note { get; init; } }
        public enum Kind { Small, Large }
        public interface IStore { Task Save(Order order); }

        public sealed class OrderFunctions(IStore store)
        {
            [Function("place-order", TimeoutSeconds = 10), HttpTrigger("POST", "/orders/{id}")]
            public async Task<HttpResult<Receipt>> Place(string id, [FromQuery(Name = "k")] Kind? kind, [FromHeader] int[] tags, [FromBody] Order order, CancellationToken ct = default)
            {
                await store.Save(order);
                return HttpResult.Accepted(new Receipt(id, "new"));
            }

            [Function, QueueTrigger("orders", BatchSize = 5), Retry(MaxAttempts = 3, On = ["A", "B"])]
            public static ValueTask<BatchResult> Fulfil(IReadOnlyList<Message<Order>> messages) => new(BatchResult.Success);

            [Function, ScheduleTrigger("0 3 * * 1-5")]
            public static void Nightly(ScheduledEvent due, InvocationContext context) { }
        }

        public sealed partial class OrderWorkflow(IStore store)
        {
            [Workflow("order-fulfilment", TimeoutSeconds = 600)]
            public async Task<Receipt> Run(IWorkflow flow, Order order)
            {
                var risk = await flow.Step(Score, order);
                if (risk.Id == "x" && order.Cents > 100_000 || !(order.Lines is null))
                {
                    return new Receipt(order.Id, "rejected") { Note = risk.Note };
                }
                else if (order.Cents != 0) { await flow.Step(this.Pack); }

                try
                {
                    await flow.Step(Charge, order);
                }
                catch (StepFailed failure)
                {
                    return new(order.Id, failure.Code);
                }

                return new Receipt(order.Id, "shipped");
            }

            [Step(TimeoutSeconds = 10), Retry(MaxAttempts = 3, On = ["PaymentTimeout"], IntervalSeconds = 1, BackoffRate = 2)]
            public Task<Receipt> Charge(Order order, CancellationToken ct) => Task.FromResult(new Receipt(order.Id, "ok"));

            [Step] public Task Pack() => store.Save(null!);

            [Inference("risk-model", TimeoutSeconds = 5)]
            public partial Task<Receipt> Score(Order order, CancellationToken ct = default);
        }

        [Startup]
        public sealed class Startup : IPortableStartup { public void Configure(IPortableBuilder app) { } }

        [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
        [JsonSerializable(typeof(Order)), JsonSerializable(typeof(Receipt))]
        internal sealed partial class OrdersJson : JsonSerializerContext;
        """;

    // What a typist leaves behind: nothing, a stray token, a word that means something else.
    private static readonly string[] Replacements =
        ["", "(", ")", "{", "}", ";", "\"", "null", "default", "await", "=> 1", "<>", "[", "]", "static", "partial", "ref", "var", "dynamic", "int", "?", "..", "this", "\\u0000", "T<T<T>>", "Missing", "-1", "\"\"", "\"{\"", "99999999999"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 10)];

    [Fact]
    public async Task Text_that_ends_anywhere()
    {
        for (var length = 0; length <= Sample.Length; length += 97)
        {
            await Check.Run(new Project(Sample[..length]));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public async Task Words_replaced_and_removed(int seed)
    {
        var random = new Random(seed);
        var words = System.Text.RegularExpressions.Regex.Split(Sample, @"(?<=\W)|(?=\W)");
        for (var round = 0; round < 10; round++)
        {
            var changed = (string[])words.Clone();
            for (var edit = random.Next(1, 6); edit > 0; edit--)
            {
                changed[random.Next(changed.Length)] = Replacements[random.Next(Replacements.Length)];
            }

            await Check.Run(new Project(string.Concat(changed)));
        }
    }

    [Fact]
    public async Task Code_that_does_not_use_Portable_is_left_alone() =>
        Assert.Empty(await Check.Run(new Project(Sample) { UsesPortable = false }));
}
