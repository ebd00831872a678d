using System.Collections.Concurrent;
using Portable;

namespace Orders.Services;

public interface IPayments
{
    /// <returns>The payment's id; the same for the same order, however often it is charged.</returns>
    /// <exception cref="StepFailed"><c>CardDeclined</c>, or <c>PaymentTimeout</c> when the bank did not answer.</exception>
    Task<string> ChargeAsync(string orderId, long cents, string card, CancellationToken cancellationToken);
}

/// <summary>A stand-in for a payment provider: the card says how it behaves.</summary>
public sealed class Payments : IPayments
{
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);

    public Task<string> ChargeAsync(string orderId, long cents, string card, CancellationToken cancellationToken)
    {
        var call = _calls.AddOrUpdate(orderId, 1, static (_, calls) => calls + 1);
        return card switch
        {
            "declined" => throw new StepFailed("CardDeclined", "The bank declined the card."),
            "slow" when call == 1 => throw new StepFailed("PaymentTimeout", "The bank did not answer in time."),
            _ => Task.FromResult($"payment-{orderId}"),
        };
    }
}
