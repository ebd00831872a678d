using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Portable;

namespace Orders;

/// <summary>What a customer orders.</summary>
public sealed record Order([StringLength(40, MinimumLength = 1)] string Id, string Customer, IReadOnlyList<OrderLine> Lines, string Card);

public sealed record OrderLine([Required] string Sku, [Range(1, 10_000)] int Quantity, long UnitCents);

/// <summary>The answer to a new order.</summary>
public sealed record OrderAccepted(string Id, long TotalCents);

/// <summary>What is known of an order.</summary>
public sealed record OrderStatus(string Id, string Status, IReadOnlyList<OrderLine>? Lines);

/// <summary>A message: the bank has settled a payment.</summary>
public sealed record PaymentSettled(string OrderId, long Cents);

/// <summary>A message: a parcel has left.</summary>
public sealed record ParcelSent(string OrderId, string Parcel);

/// <summary>A message: a warehouse counted.</summary>
public sealed record StockChanged(string Sku, int Delta);

/// <summary>An event: an order was placed. Whoever wants to know subscribes; whoever places orders knows nobody.</summary>
[EventContract("com.example.order.placed", Version = 1)]
public sealed record OrderPlaced(string OrderId, string Customer, IReadOnlyList<string> Skus);

/// <summary>A message: what the warehouse is to fetch.</summary>
public sealed record PickList(string OrderId, IReadOnlyList<string> Skus);

/// <summary>A record of a stream: somebody looked at an article.</summary>
public sealed record PageView(string Sku);

/// <summary>A row: what an article costs.</summary>
public sealed record Price(string Sku, [Range(1, 10_000_000)] long Cents);

/// <summary>A message of a hand scanner.</summary>
public sealed record Scanned(string OrderId, [RegularExpression("[0-9]{8,14}")] string Barcode);

/// <summary>The price of an order.</summary>
public sealed record Quote(string OrderId, long TotalCents, string Card);

/// <summary>What the risk model says: 0 is harmless, 100 is certainly fraud.</summary>
public sealed record Risk(int Score, string Reason);

public sealed record Reservation(string Id, string OrderId);

public sealed record Charged(string PaymentId);

/// <summary>How an order ended.</summary>
public sealed record Receipt(string OrderId, string Status, string? Detail);

/// <summary>
/// The JSON contracts of everything that enters or leaves, compiled instead of reflected. What a record does not allow to be null or
/// missing is refused with 400.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(OrderAccepted))]
[JsonSerializable(typeof(OrderStatus))]
[JsonSerializable(typeof(PaymentSettled))]
[JsonSerializable(typeof(ParcelSent))]
[JsonSerializable(typeof(StockChanged))]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(PickList))]
[JsonSerializable(typeof(PageView))]
[JsonSerializable(typeof(Price))]
[JsonSerializable(typeof(Scanned))]
[JsonSerializable(typeof(Quote))]
[JsonSerializable(typeof(Risk))]
[JsonSerializable(typeof(Reservation))]
[JsonSerializable(typeof(Charged))]
[JsonSerializable(typeof(Receipt))]
public sealed partial class OrdersJson : JsonSerializerContext;
