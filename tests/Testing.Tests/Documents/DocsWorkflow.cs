namespace Portable.Testing.Tests.Documents.Docs;

public sealed partial class OrderWorkflow(IPayments payments, IWarehouse warehouse)
{
    [Workflow("order-by-hand", TimeoutSeconds = 172_800)]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var quote = await flow.Step(Price, order);
        if (quote.Cents > 100_000)
        {
            var approval = await flow.Event<Approval>("approval", TimeSpan.FromHours(24));
            if (!approval.Granted)
            {
                return new Receipt(order.Id, "rejected");
            }
        }

        var (stock, risk) = await flow.Parallel(flow.Branch(Reserve, order), flow.Branch(ScoreRisk, order));
        var parcels = await flow.Map(order.Skus, Pack, maxConcurrency: 5);
        try
        {
            await flow.Step(Charge, quote);
        }
        catch (StepFailed failure) when (failure.Code == "CardDeclined" || risk.Score > 80)
        {
            await flow.Compensate();
            throw;
        }

        return new Receipt(order.Id, $"{parcels.Count} parcels from {stock.Place}");
    }

    [Step]
    public Task<Quote> Price(Order order) => warehouse.PriceAsync(order);

    [Step, Compensate(nameof(Release))]
    public Task<Reservation> Reserve(Order order) => warehouse.ReserveAsync(order);

    [Step]
    public Task Release(Reservation reservation) => warehouse.ReleaseAsync(reservation);

    [Step, Retry(MaxAttempts = 2)]
    public Task<Parcel> Pack(string sku) => warehouse.PackAsync(sku);

    [Step(TimeoutSeconds = 10), Retry(MaxAttempts = 3, On = ["Timeout"]), Idempotent(nameof(Quote.OrderId))]
    public Task Charge(Quote quote, CancellationToken ct) => payments.ChargeAsync(quote, ct);

    [Inference("risk-model", TimeoutSeconds = 5)]
    public partial Task<Risk> ScoreRisk(Order order, CancellationToken ct = default);
}
