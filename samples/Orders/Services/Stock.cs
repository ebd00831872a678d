namespace Orders.Services;

public interface IStock
{
    /// <summary>Adds to what is there; a change that was made before is not made again.</summary>
    /// <returns>False when less than nothing would be left.</returns>
    bool TryChange(string changeId, string sku, int delta);

    /// <summary>Takes what an order needs; the same reservation when it is asked for again.</summary>
    Task<Reservation> ReserveAsync(Order order, CancellationToken cancellationToken);

    /// <summary>Puts back what was reserved, if it has not been put back.</summary>
    Task ReleaseAsync(Reservation reservation, CancellationToken cancellationToken);

    /// <summary>The orders that hold a reservation.</summary>
    IReadOnlyCollection<string> Reserved { get; }
}

/// <summary>The stock of this process.</summary>
public sealed class Stock : IStock
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reserved = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Reserved
    {
        get
        {
            lock (_lock)
            {
                return [.. _reserved];
            }
        }
    }

    public bool TryChange(string changeId, string sku, int delta)
    {
        lock (_lock)
        {
            if (_changes.Contains(changeId))
            {
                return true;
            }

            var left = _counts.GetValueOrDefault(sku) + delta;
            if (left < 0)
            {
                return false;
            }

            _changes.Add(changeId);
            _counts[sku] = left;
            return true;
        }
    }

    public Task<Reservation> ReserveAsync(Order order, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _reserved.Add(order.Id);
        }

        return Task.FromResult(new Reservation($"reservation-{order.Id}", order.Id));
    }

    public Task ReleaseAsync(Reservation reservation, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _reserved.Remove(reservation.OrderId);
        }

        return Task.CompletedTask;
    }
}
