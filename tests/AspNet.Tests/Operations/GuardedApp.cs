using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Runtime;
using Portable.Runtime.Idempotency;

namespace Portable.AspNet.Tests.Operations;

internal sealed record Payment(string Id, int Quantity);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Payment))]
internal sealed partial class GuardedJson : JsonSerializerContext;

/// <summary>Sends a request through a host and answers with its status, its headers and its body.</summary>
internal delegate Task<(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, byte[] Body)> SendRequest(string path, byte[] body, IReadOnlyList<KeyValuePair<string, string>> headers);

/// <summary>
/// An application as emitted code would describe it that has every guard of the pipeline, and what a caller sees of them: the same on every host, which gets its
/// requests and messages in by its own way. The tests of AWS compile this file too.
/// </summary>
internal sealed class GuardedApp : ISecretSource, IOutputBackend
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private const string Good = """{"id":"p-1","quantity":2}""";

    private static readonly ValidationAttribute[] s_quantity = [new RangeAttribute(1, 99)];
    private static readonly IdempotencyPolicy s_once = new("Guarded", "Pay");
    private static readonly IdempotencyPolicy s_take = new("Guarded", "Take");

    private readonly List<string> _runs = [];
    private readonly List<(string Queue, OutgoingMessage Message)> _sent = [];

    public PortableApp Build(string cloud) => new(
        cloud,
        [
            new HttpFunction("Pay", "POST", "/payments", PayAsync) { Authorization = new ApiKeyAuthorization("payment-key") },
            new HttpFunction("Bytes", "POST", "/bytes", static call => new(HttpReply.From(
                HttpResult.Bytes(call.Request.Body.ToArray()).WithHeader("X-Many", "a").WithHeader("X-Many", "b").WithHeader("Set-Cookie", "a=1; Path=/").WithHeader("Set-Cookie", "b=2")))),
            new MessageFunction(
                "Take", new QueueSource("payments"),
                call => call.ForEachOnceAsync(s_take, MessageReaders.Message(GuardedJson.Default.Payment, Check), static (_, message) => IdempotentKey.Of("Id", message.Body.Id), TakeAsync),
                deadLetter: "payments-dead"),
        ],
        [],
        static app =>
        {
            app.UseMemoryIdempotency();
            app.Services.AddLogging(static logging => logging.ClearProviders());
        },
        outputs: this,
        secrets: new SecretsDefinition(this, new Dictionary<string, IReadOnlyList<string>> { ["Pay"] = ["payment-key"] }));

    /// <summary>Who calls is asked first, then what is sent, then whether it was sent before; the trace and the correlation id are the caller's.</summary>
    public async Task GuardsRequestsAsync(SendRequest send)
    {
        async Task<(int Status, string Body)> PayAsync(string body, string key, string? secret)
        {
            List<KeyValuePair<string, string>> headers = [new("Content-Type", "application/json"), new("Idempotency-Key", key), new("x-correlation-id", "c-1"), new("traceparent", Trace)];
            if (secret is not null)
            {
                headers.Add(new("x-api-key", secret));
            }

            var answer = await send("/payments", Encoding.UTF8.GetBytes(body), headers);
            return (answer.Status, Encoding.UTF8.GetString(answer.Body));
        }

        Assert.Equal(401, (await PayAsync(Good, "k-1", null)).Status);
        Assert.Equal(401, (await PayAsync(Good, "k-1", "of nobody")).Status);
        var invalid = await PayAsync("""{"id":"p-1","quantity":0}""", "k-1", "of the vault");
        Assert.Equal(400, invalid.Status);
        Assert.NotNull(JsonNode.Parse(invalid.Body)!["errors"]!["quantity"]);
        Assert.Equal(400, (await PayAsync(Good, " ", "of the vault")).Status);
        Assert.Empty(_runs);

        var first = await PayAsync(Good, "k-1", "of the vault");
        Assert.Equal((200, $"run 1 of p-1, c-1, {Trace}"), first);
        Assert.Equal(first, await PayAsync(Good, "k-1", "of the vault"));
        Assert.Equal(["p-1"], _runs);
        Assert.StartsWith("run 2", (await PayAsync(Good, "k-2", "of the vault")).Body, StringComparison.Ordinal);
    }

    /// <summary>Bytes come back as they were sent, and no header takes another's place.</summary>
    /// <returns>The headers of the answer.</returns>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> KeepsBytesAsync(SendRequest send)
    {
        byte[] bytes = [0, 0xff, 0xfe, (byte)'a', 0xc3, 0x28, (byte)'\r', (byte)'\n'];
        var (status, headers, body) = await send("/bytes", bytes, [new("Content-Type", "application/octet-stream")]);
        Assert.Equal(200, status);
        Assert.Equal(bytes, body);
        return headers;
    }

    /// <summary>A message that was handled is not handled again, and one that can never be handled is among the dead letters, with the reason.</summary>
    public async Task GuardsMessagesAsync(Func<string, string, Task> deliver)
    {
        await deliver("m-1", Good);
        await deliver("m-2", Good);
        Assert.Equal(["p-1"], _runs);
        Assert.Empty(_sent);

        await deliver("m-3", """{"id":"p-2","quantity":100}""");
        Assert.Equal(["p-1"], _runs);
        var (queue, letter) = Assert.Single(_sent);
        Assert.Equal(("payments-dead", """{"id":"p-2","quantity":100}"""), (queue, Encoding.UTF8.GetString(letter.Body.Span)));
        Assert.Equal(("m-3", "Take"), (letter.Attributes["portable-dead-letter-id"], letter.Attributes["portable-dead-letter-function"]));
        Assert.Contains("quantity", letter.Attributes["portable-dead-letter-reason"], StringComparison.Ordinal);
    }

    private async ValueTask<HttpReply> PayAsync(HttpCall call)
    {
        var binder = new HttpBinder(call);
        var payment = binder.Body(GuardedJson.Default.Payment, Check);
        if (binder.Failed)
        {
            return binder.Problem();
        }

        await using var claim = await call.ClaimAsync(s_once, IdempotentKey.OfHeader("Idempotency-Key", call));
        if (claim.Answer is { } answer)
        {
            return answer;
        }

        _runs.Add(payment.Id);
        return await claim.CompleteAsync(HttpReply.Text($"run {_runs.Count} of {payment.Id}, {call.Context.CorrelationId}, {call.Context.TraceParent}"));
    }

    private ValueTask TakeAsync(MessageCall call, Message<Payment> message)
    {
        _runs.Add(message.Body.Id);
        return default;
    }

    private static void Check(Payment value, PayloadErrors errors) => errors.Check(value, "Quantity", null, null, value.Quantity, s_quantity);

    string ISecretSource.Place(string name) => "the vault of the tests";

    ValueTask<string?> ISecretSource.FindAsync(string name, CancellationToken cancellationToken) => new(name == "payment-key" ? "of the vault" : null);

    Task<string> IOutputBackend.SendAsync(string queue, OutgoingMessage message, CancellationToken cancellationToken)
    {
        _sent.Add((queue, message));
        return Task.FromResult("id");
    }

    Task IOutputBackend.PublishAsync(OutgoingEvent published, CancellationToken cancellationToken) => throw new NotSupportedException();

    IBlobStore IOutputBackend.Bucket(string name) => throw new NotSupportedException();
}
