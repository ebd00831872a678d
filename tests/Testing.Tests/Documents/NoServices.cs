using Microsoft.Extensions.DependencyInjection;

namespace Portable.Testing.Tests.Documents;

/// <summary>What the examples' constructors want. Their steps are scripted, so nothing is ever asked of it.</summary>
internal static class NoServices
{
    public static void AddSingletons(this IPortableBuilder app) => app.Services
        .AddSingleton<Readme.IPayments, Nothing>().AddSingleton<Readme.IWarehouse, Nothing>().AddSingleton<Docs.IPayments, Nothing>().AddSingleton<Docs.IWarehouse, Nothing>();

    private sealed class Nothing : Readme.IPayments, Readme.IWarehouse, Docs.IPayments, Docs.IWarehouse
    {
        public Task<Readme.Charge> ChargeAsync(Order order, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public Task RefundAsync(Readme.Charge charge) => throw new InvalidOperationException();

        public Task<Readme.Reservation> ReserveAsync(string sku) => throw new InvalidOperationException();

        public Task ReleaseAsync(Readme.Reservation reservation) => throw new InvalidOperationException();

        public Task ShipAsync(Readme.Shipment shipment) => throw new InvalidOperationException();

        public Task ChargeAsync(Docs.Quote quote, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public Task<Docs.Quote> PriceAsync(Order order) => throw new InvalidOperationException();

        public Task<Docs.Reservation> ReserveAsync(Order order) => throw new InvalidOperationException();

        public Task ReleaseAsync(Docs.Reservation reservation) => throw new InvalidOperationException();

        public Task<Docs.Parcel> PackAsync(string sku) => throw new InvalidOperationException();
    }
}
