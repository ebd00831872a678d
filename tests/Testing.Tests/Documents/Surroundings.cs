using System.Text.Json;
using System.Text.Json.Serialization;

namespace Portable.Testing.Tests.Documents
{
    public sealed record Order(string Id, int Cents, IReadOnlyList<string> Skus);

    public sealed record Approval(bool Granted);

    public sealed record Receipt(string OrderId, string Status);
}

namespace Portable.Testing.Tests.Documents.Readme
{
    // What the examples take for granted.
    public sealed record Charge(string Id);

    public sealed record Reservation(string Sku, string Shelf);

    public sealed record Shipment(string OrderId, IReadOnlyList<Reservation> Reserved);

    public interface IPayments
    {
        Task<Charge> ChargeAsync(Order order, CancellationToken cancellationToken);

        Task RefundAsync(Charge charge);
    }

    public interface IWarehouse
    {
        Task<Reservation> ReserveAsync(string sku);

        Task ReleaseAsync(Reservation reservation);

        Task ShipAsync(Shipment shipment);
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(Approval))]
    [JsonSerializable(typeof(Receipt))]
    [JsonSerializable(typeof(Charge))]
    [JsonSerializable(typeof(Reservation))]
    [JsonSerializable(typeof(Shipment))]
    public sealed partial class ReadmeJson : JsonSerializerContext;
}

namespace Portable.Testing.Tests.Documents.Docs
{
    public sealed record Quote(string OrderId, int Cents);

    public sealed record Reservation(string Place);

    public sealed record Parcel(string Sku);

    public sealed record Risk(int Score);

    public interface IPayments
    {
        Task ChargeAsync(Quote quote, CancellationToken cancellationToken);
    }

    public interface IWarehouse
    {
        Task<Quote> PriceAsync(Order order);

        Task<Reservation> ReserveAsync(Order order);

        Task ReleaseAsync(Reservation reservation);

        Task<Parcel> PackAsync(string sku);
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Order))]
    [JsonSerializable(typeof(Approval))]
    [JsonSerializable(typeof(Receipt))]
    [JsonSerializable(typeof(Quote))]
    [JsonSerializable(typeof(Reservation))]
    [JsonSerializable(typeof(Parcel))]
    [JsonSerializable(typeof(Risk))]
    public sealed partial class DocsJson : JsonSerializerContext;
}
