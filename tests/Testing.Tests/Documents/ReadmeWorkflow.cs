namespace Portable.Testing.Tests.Documents.Readme;

public sealed class OrderWorkflow(IPayments payments, IWarehouse warehouse)
{
    [Workflow("order-fulfilment", CompensateOnFailure = true)]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        if (order.Cents > 100_000)
        {
            var approval = await flow.Event<Approval>("approval", TimeSpan.FromHours(24));
            if (!approval.Granted)
            {
                return new Receipt(order.Id, "rejected");
            }
        }

        var (charge, reserved) = await flow.Parallel(
            flow.Branch(Charge, order),
            flow.Branch(async () => await flow.Map(order.Skus, Reserve, maxConcurrency: 5)));
        await flow.Step(Ship, new Shipment(order.Id, reserved));
        return new Receipt(order.Id, $"shipped, paid with {charge.Id}");
    }

    [Step(TimeoutSeconds = 10), Retry(MaxAttempts = 3, On = ["Timeout"]), Idempotent(nameof(Order.Id)), Compensate(nameof(Refund))]
    public Task<Charge> Charge(Order order, CancellationToken ct) => payments.ChargeAsync(order, ct);

    [Step, Retry(MaxAttempts = 5)]
    public Task Refund(Charge charge) => payments.RefundAsync(charge);

    [Step, Compensate(nameof(Release))]
    public Task<Reservation> Reserve(string sku) => warehouse.ReserveAsync(sku);

    [Step, Retry(MaxAttempts = 5)]
    public Task Release(Reservation reservation) => warehouse.ReleaseAsync(reservation);

    [Step]
    public Task Ship(Shipment shipment) => warehouse.ShipAsync(shipment);
}
