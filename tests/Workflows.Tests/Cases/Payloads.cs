using System.Text.Json.Serialization;

namespace Portable.Workflows.Tests.Cases;

public sealed record Customer(string Name, int Tier, string? Email);

public sealed record Order(string Id, int TotalCents, bool Express, string? Note, Customer? Customer, string[] Tags);

public sealed record Quote(string OrderId, int TotalCents, long Weight, int? Discount, bool Insured, Address? ShipTo);

public sealed record Address(string City, string? Street);

public sealed record ChargeResult(string Id, string Status);

public sealed record Risk(string Level, int Score, bool Blocked);

public sealed record Receipt(string OrderId, string Status, string? Detail = null, int Amount = 0);

public sealed record Tagged(string Id, string[] Tags);

/// <summary>Names that need care: a JSON name with a hyphen, a reserved word, a default, a member that JSON lacks.</summary>
public sealed class Shipment
{
    [JsonPropertyName("order-id")]
    public string? OrderId { get; set; }

    [JsonPropertyName("in")]
    public int Zone { get; set; } = 7;

    public string Carrier { get; init; } = "post";

    public bool Fragile { get; set; }

    public Receipt? Receipt { get; set; }

    [JsonIgnore]
    public string Internal { get; set; } = "hidden";

    [JsonIgnore]
    public int Doubled => Zone * 2;
}
