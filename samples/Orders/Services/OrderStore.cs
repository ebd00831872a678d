using System.Collections.Concurrent;

namespace Orders.Services;

public sealed record StoredOrder(Order Order, string Status, DateTimeOffset PlacedAt);

public interface IOrderStore
{
    /// <returns>False when there is an order of that id already.</returns>
    ValueTask<bool> AddAsync(Order order, CancellationToken cancellationToken);

    ValueTask<StoredOrder?> FindAsync(string id, CancellationToken cancellationToken);

    /// <returns>False when there is no such order.</returns>
    ValueTask<bool> SetStatusAsync(string id, string status, CancellationToken cancellationToken);

    /// <summary>Expires the orders that were placed before that time and never paid.</summary>
    /// <returns>How many.</returns>
    Task<int> ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>The orders of this process.</summary>
public sealed class OrderStore(TimeProvider time) : IOrderStore
{
    private const string New = "new";
    private readonly ConcurrentDictionary<string, StoredOrder> _orders = new(StringComparer.Ordinal);

    public ValueTask<bool> AddAsync(Order order, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_orders.TryAdd(order.Id, new StoredOrder(order, New, time.GetUtcNow())));

    public ValueTask<StoredOrder?> FindAsync(string id, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_orders.GetValueOrDefault(id));

    public ValueTask<bool> SetStatusAsync(string id, string status, CancellationToken cancellationToken)
    {
        while (_orders.TryGetValue(id, out var known))
        {
            if (_orders.TryUpdate(id, known with { Status = status }, known))
            {
                return ValueTask.FromResult(true);
            }
        }

        return ValueTask.FromResult(false);
    }

    public async Task<int> ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var expired = 0;
        foreach (var (id, known) in _orders)
        {
            if (known.Status == New && known.PlacedAt < before && await SetStatusAsync(id, "expired", cancellationToken))
            {
                expired++;
            }
        }

        return expired;
    }
}
