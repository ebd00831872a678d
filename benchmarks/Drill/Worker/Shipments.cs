using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portable.Drill.Worker;

/// <summary>A shipment.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Kind">What becomes of it: <c>ok</c>, <c>flaky</c> fails at first, <c>bad</c> fails always.</param>
public sealed record Shipment(string Id, string Kind);

/// <summary>The JSON of the application.</summary>
[JsonSerializable(typeof(Shipment))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
public sealed partial class ShipmentJson : JsonSerializerContext;

/// <summary>The one handler: its effect is a line in the ledger, which an outsider keeps.</summary>
/// <param name="ledger">The ledger.</param>
public sealed class ShipmentFunctions(ILedger ledger)
{
    /// <summary>Ships, once.</summary>
    [Function("ship", TimeoutSeconds = 2), QueueTrigger("shipments", BatchSize = 10), Retry(MaxAttempts = 8, IntervalSeconds = 1, BackoffRate = 1), DeadLetter("shipments-dead"), Idempotent(nameof(Shipment.Id))]
    public async Task Ship(Message<Shipment> message, CancellationToken cancellationToken)
    {
        var (shipment, run) = (message.Body, Guid.NewGuid().ToString("N"));
        ledger.Write($"begin {shipment.Id} {run}");
        try
        {
            if (Random.Shared.Next(4) == 0)
            {
                await Task.Delay(Random.Shared.Next(1, 4), cancellationToken);
            }

            if (shipment.Kind == "bad" || (shipment.Kind == "flaky" && message.DeliveryCount < 3))
            {
                throw new InvalidOperationException("The carrier is closed.");
            }
        }
        catch
        {
            ledger.Write($"fail {shipment.Id} {run}");
            throw;
        }

        ledger.Write($"end {shipment.Id} {run}");
    }
}
