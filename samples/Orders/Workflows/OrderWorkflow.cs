using Orders.Services;
using Portable;

namespace Orders.Workflows;

/// <summary>
/// From an order to a receipt. This body is the specification: it runs as it is here and on Azure, and is compiled to Step Functions
/// and Google Workflows.
/// </summary>
public sealed partial class OrderWorkflow(IPayments payments, IStock stock)
{
    [Workflow("order-fulfilment", TimeoutSeconds = 600)]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var quote = await flow.Step(Price, order);
        var risk = await flow.Step(ScoreRisk, order);
        if (risk.Score > 80)
        {
            return new Receipt(order.Id, "rejected", risk.Reason);
        }

        var reservation = await flow.Step(Reserve, order);
        try
        {
            var charged = await flow.Step(Charge, quote);
            return new Receipt(order.Id, "shipped", charged.PaymentId);
        }
        catch (StepFailed failure)
        {
            await flow.Step(Release, reservation);
            if (failure.Code == "CardDeclined")
            {
                return new Receipt(order.Id, "declined", failure.Message);
            }

            return new Receipt(order.Id, "failed", failure.Code);
        }
    }

    [Step]
    public Task<Quote> Price(Order order) =>
        Task.FromResult(new Quote(order.Id, order.Lines.Sum(static line => line.Quantity * line.UnitCents), order.Card));

    [Step(TimeoutSeconds = 5)]
    public Task<Reservation> Reserve(Order order, CancellationToken cancellationToken) => stock.ReserveAsync(order, cancellationToken);

    [Step(TimeoutSeconds = 10), Retry(MaxAttempts = 3, On = ["PaymentTimeout"], IntervalSeconds = 1, BackoffRate = 2)]
    public async Task<Charged> Charge(Quote quote, CancellationToken cancellationToken) =>
        new(await payments.ChargeAsync(quote.OrderId, quote.TotalCents, quote.Card, cancellationToken));

    [Step]
    public Task Release(Reservation reservation, CancellationToken cancellationToken) => stock.ReleaseAsync(reservation, cancellationToken);

    /// <summary>The model runs on an endpoint with a GPU; the generator writes the call.</summary>
    [Inference("risk-model", TimeoutSeconds = 5)]
    public partial Task<Risk> ScoreRisk(Order order, CancellationToken cancellationToken = default);
}
