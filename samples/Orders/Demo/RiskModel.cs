using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Orders.Demo;

/// <summary>Stands in for the endpoint with the GPU, on the loopback interface: large orders are risky.</summary>
internal sealed class RiskModel : IAsyncDisposable
{
    private readonly WebApplication _server;
    private int _calls;

    private RiskModel()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, OrdersJson.Default));
        _server = builder.Build();
        _server.MapPost("/", (Order order) =>
        {
            Interlocked.Increment(ref _calls);
            return order.Lines.Sum(static line => line.Quantity * line.UnitCents) > 1_000_000
                ? new Risk(95, "The order is unusually large.")
                : new Risk(5, "Nothing unusual.");
        });
    }

    public Uri Address => new(_server.Urls.First());

    public int Calls => Volatile.Read(ref _calls);

    public static async Task<RiskModel> StartAsync(CancellationToken cancellationToken)
    {
        var model = new RiskModel();
        await model._server.StartAsync(cancellationToken);
        return model;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
