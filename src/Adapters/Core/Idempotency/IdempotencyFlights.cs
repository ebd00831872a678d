namespace Portable.Runtime.Idempotency;

/// <summary>
/// What callers of this process are doing right now. It saves questions to the store, no more: without it, every duplicate would ask for itself, again and again
/// until the first is done.
/// </summary>
internal sealed class IdempotencyFlights
{
    private readonly Dictionary<string, IdempotencyFlight> _flights = new(StringComparer.Ordinal);

    /// <summary>Begins a flight, or finds the one that another caller has begun.</summary>
    /// <returns>Whether the caller has begun it, and must end it.</returns>
    public bool TryLead(string name, out IdempotencyFlight flight)
    {
        lock (_flights)
        {
            if (_flights.TryGetValue(name, out flight!))
            {
                return false;
            }

            _flights.Add(name, flight = new IdempotencyFlight(this, name));
            return true;
        }
    }

    internal void Remove(string name)
    {
        lock (_flights)
        {
            _flights.Remove(name);
        }
    }
}

/// <summary>One caller that asks the store, and perhaps does the work, for all of this process.</summary>
internal sealed class IdempotencyFlight(IdempotencyFlights flights, string name)
{
    private readonly TaskCompletionSource<IdempotencyResult?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Its result; <see langword="null"/> when there is none and the next caller must ask.</summary>
    public Task<IdempotencyResult?> Ended => _ended.Task;

    /// <summary>Ends it.</summary>
    public void End(IdempotencyResult? result)
    {
        flights.Remove(name);
        _ended.TrySetResult(result);
    }
}
