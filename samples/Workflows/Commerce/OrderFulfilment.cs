namespace Workflows.Commerce;

/// <summary>Reserves, asks a person when it is expensive, and has another workflow ship it.</summary>
public sealed class OrderFulfilment
{
    private const int NeedsApproval = 100_000;

    [Workflow("order-with-approval")]
    public async Task<Fulfilment> Run(IWorkflow flow, Purchase order)
    {
        await flow.Step(Reserve, order);
        if (order.TotalCents >= NeedsApproval)
        {
            await flow.Step(AskForApproval, order);
            Approval approval;
            try
            {
                approval = await flow.Event<Approval>("approval", TimeSpan.FromDays(3));
            }
            catch (StepFailed failure) when (failure.Code == StepFailed.TimeoutCode)
            {
                await flow.Step(Release, order);
                return new Fulfilment(order.Id, "expired", null);
            }

            if (!approval.Granted)
            {
                await flow.Step(Release, order);
                return new Fulfilment(order.Id, "rejected", approval.By);
            }
        }

        var shipment = await flow.Child(Ship, new Parcel(order.Id, order.Customer));
        return new Fulfilment(order.Id, "shipped", shipment.Tracking);
    }

    /// <summary>A workflow of its own: others ship too.</summary>
    [Workflow("ship-parcel")]
    public async Task<Shipment> Ship(IWorkflow flow, Parcel parcel)
    {
        var (label, slot) = await flow.Parallel(flow.Branch(PrintLabel, parcel), flow.Branch(BookCourier, parcel));
        return new Shipment(parcel.OrderId, $"{label}/{slot}");
    }

    [Step, Retry(MaxAttempts = 3)]
    public Task Reserve(Purchase order) => Task.CompletedTask;

    [Step]
    public Task AskForApproval(Purchase order) => Task.CompletedTask;

    [Step, Retry(MaxAttempts = 5)]
    public Task Release(Purchase order) => Task.CompletedTask;

    [Step]
    public Task<string> PrintLabel(Parcel parcel) => Task.FromResult("label-" + parcel.OrderId);

    [Step, Retry(MaxAttempts = 3, IntervalSeconds = 2)]
    public Task<string> BookCourier(Parcel parcel) => Task.FromResult("courier-7");
}
