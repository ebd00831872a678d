using System.Threading;
using System.Threading.Tasks;

namespace Stripe;

public class Charge { public string? Id { get; set; } }

public class ChargeCreateOptions { public long? Amount { get; set; } public string? Currency { get; set; } }

public class RequestOptions { public string? IdempotencyKey { get; set; } }

public class ChargeService
{
    public virtual Charge Create(ChargeCreateOptions createOptions, RequestOptions? requestOptions = null) => new();
    public virtual Task<Charge> CreateAsync(ChargeCreateOptions createOptions, RequestOptions? requestOptions = null, CancellationToken cancellationToken = default) => Task.FromResult(new Charge());
    public virtual Task<Charge> GetAsync(string id, CancellationToken cancellationToken = default) => Task.FromResult(new Charge());
}
