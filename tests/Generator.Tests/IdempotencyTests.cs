using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Portable.Generator.Tests.Harness;
using Portable.TestKit;

namespace Portable.Generator.Tests;

/// <summary>What is emitted of <c>[Idempotent]</c>.</summary>
public sealed class IdempotencyTests
{
    /// <summary>Every source of a key, with every kind of handler.</summary>
    private const string Once = """
        namespace Orders;

        public enum Channel : byte { Shop, Phone }

        public readonly record struct CustomerId(Guid Value);

        public record Customer(CustomerId Id, string? Name);

        public record Purchase(string OrderId, int Line, uint? Part, Channel Channel, Customer? Customer);

        public static class OnceFunctions
        {
            [Function, HttpTrigger("PUT", "/purchases/{id}/{answer}"), AllowAnonymous, Idempotent("{id}:{answer}:{OrderId}-{Customer.Id.Value}", ExpiresAfterHours = 48, ValidatePayload = true)]
            public static Purchase Buy(Guid id, DateOnly answer, [FromBody] Purchase purchase) => purchase;

            [Function("pay"), HttpTrigger("POST", "/payments"), AllowAnonymous, Idempotent(Header = "Idempotency-Key", OnStoreFailure = StoreFailure.Run)]
            public static async Task<HttpResult<Accepted>> PayAsync(Purchase claim, IOrderStore store) { await Task.Yield(); return new Accepted(claim.OrderId + store); }

            [Function("ship"), QueueTrigger("once-shipments"), Idempotent("{OrderId}-{Line}-{Part}-{Channel}")]
            public static Task Ship(Purchase purchase, CancellationToken cancellationToken) => Task.CompletedTask;

            [Function("collect"), QueueTrigger("once-collections"), Idempotent(MessageId = true)]
            public static void Collect(IReadOnlyList<Purchase> purchases) { }

            [Function("tally"), StreamTrigger("once-tallies"), Idempotent(Header = "purchase")]
            public static Task<BatchResult> Tally(StreamRecord<Purchase>[] records) => Task.FromResult(BatchResult.Success);

            [Function("scan"), StorageTrigger("once-uploads"), Idempotent("{Bucket}/{Name}#{ETag}")]
            public static void Scan(StorageEvent change) { }

            [Function("mirror"), TableTrigger("once-rows"), Idempotent("Key")]
            public static void Mirror(TableChange<Purchase> change) { }

            [Function("react"), EventTrigger("com.acme.purchase.made"), Idempotent(nameof(Purchase.OrderId))]
            public static void React(Purchase purchase) { }
        }
        """;

    public static TheoryData<string> Targets => [.. Target.All.Select(target => target.ToString())];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Everything_emitted_compiles_without_a_warning(string target) =>
        Run.Of(new Project([.. Sources.All, Once]) { Target = Target.Parse(target) }).AssertCompiles();

    [Theory]
    [InlineData("Buy")]
    [InlineData("PayAsync")]
    [InlineData("Ship")]
    [InlineData("Collect")]
    [InlineData("Tally")]
    [InlineData("Scan")]
    [InlineData("Mirror")]
    [InlineData("React")]
    public void Emitted(string method)
    {
        var file = $"Orders.OnceFunctions_{method}.g.cs";
        Snapshot.Match(Run.Of(new Project([.. Sources.All, Once])).Text(file), $"local.{file.Replace(".g.cs", "", StringComparison.Ordinal)}");
    }

    [Theory]
    [InlineData("buy", """{"key":"{id}:{answer}:{OrderId}-{Customer.Id.Value}","expiresAfterHours":48,"onStoreFailure":"fail","validatePayload":true}""")]
    [InlineData("pay", """{"header":"Idempotency-Key","expiresAfterHours":24,"onStoreFailure":"run"}""")]
    [InlineData("ship", """{"key":"{OrderId}-{Line}-{Part}-{Channel}","expiresAfterHours":24,"onStoreFailure":"fail"}""")]
    [InlineData("collect", """{"messageId":true,"expiresAfterHours":24,"onStoreFailure":"fail"}""")]
    [InlineData("mirror", """{"key":"Key","expiresAfterHours":24,"onStoreFailure":"fail"}""")]
    [InlineData("twice", null)]
    public void The_manifest_tells_whoever_deploys(string function, string? expected)
    {
        const string Twice = "public static class Again { [Function(\"twice\"), QueueTrigger(\"twice\")] public static void Twice(string text) { } }";
        var functions = JsonNode.Parse(EmittedCodeTests.Artifacts(Run.Of(new Project([.. Sources.All, Once, Twice])))["portable.json"])!["functions"]!.AsArray();
        var entry = functions.Single(entry => string.Equals(entry!["name"]!.GetValue<string>(), function, StringComparison.OrdinalIgnoreCase))!.AsObject();
        Assert.Equal(expected, entry["idempotency"]?.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }
}
