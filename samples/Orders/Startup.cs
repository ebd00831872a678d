using Microsoft.Extensions.DependencyInjection;
using Orders.Services;
using Portable;

namespace Orders;

/// <summary>
/// The services of the sample. They keep what they know in memory, which is enough to show the functions; an application that is
/// deployed registers a database and a payment provider here, because instances come and go.
/// </summary>
[Startup]
public sealed class Startup : IPortableStartup
{
    public void Configure(IPortableBuilder app)
    {
        app.AddOpenTelemetry(); // exports traces and metrics to OTEL_EXPORTER_OTLP_ENDPOINT, where that is set
        app.Services.AddSingleton<IOrderStore, OrderStore>();
        app.Services.AddSingleton<IPayments, Payments>();
        app.Services.AddSingleton<IStock, Stock>();
        app.Services.AddSingleton<ICatalogue, Catalogue>();
        app.UseMemoryIdempotency(); // deployed: app.UseDynamoDbIdempotency("table"), or another store that instances share
    }
}
