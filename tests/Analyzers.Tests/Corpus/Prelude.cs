// What the snippets of the corpus have in common: payloads, and services that a handler is given.
global using Portable;
global using Portable.Runtime;
global using Microsoft.Extensions.DependencyInjection;
global using Microsoft.Extensions.Logging;
using System.Threading;
using System.Threading.Tasks;

namespace Shop;

public sealed record Order(string Id, string CustomerId, int Cents, OrderLine[] Lines);

public sealed record OrderLine(string Sku, int Quantity);

public sealed record Receipt(string Id, string Status);

public interface IOrderStore
{
    Task<Order?> Find(string id, CancellationToken cancellationToken = default);

    Task Save(Order order, CancellationToken cancellationToken = default);
}

// A snippet that registers services writes the other part.
[Startup]
public sealed partial class Startup : IPortableStartup
{
    public void Configure(IPortableBuilder app)
    {
        app.UseMemoryIdempotency();
        Register(app.Services);
    }

    static partial void Register(IServiceCollection services);
}
