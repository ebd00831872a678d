namespace Workflows.Commerce;

/// <summary>Tries the card at once and again after a day and after two more, then the bank, and hands over to collection in the end.</summary>
public sealed class EscalatingPayment
{
    [Workflow("escalating-payment")]
    public async Task<Settled> Run(IWorkflow flow, Payment payment)
    {
        var round = 0;
        while (round < 3)
        {
            round++;
            try
            {
                await flow.Step(ChargeCard, payment);
                return new Settled(payment.Id, "card", round);
            }
            catch (StepFailed failure) when (failure.Code != "AccountClosed")
            {
                await flow.Step(Remind, payment);
                await flow.Delay(TimeSpan.FromDays(round));
            }
        }

        try
        {
            await flow.Step(DebitBank, payment);
            return new Settled(payment.Id, "bank", round);
        }
        catch (StepFailed)
        {
            await flow.Step(Collect, payment);
            return new Settled(payment.Id, "collection", round);
        }
    }

    [Step(TimeoutSeconds = 20), Idempotent(nameof(Payment.Id)), Retry(MaxAttempts = 3, On = ["Busy", "Timeout"], IntervalSeconds = 2, BackoffRate = 3, MaxIntervalSeconds = 60)]
    public Task ChargeCard(Payment payment) => payment.Account == "empty" ? throw new StepFailed("CardDeclined", "No funds.") : Task.CompletedTask;

    [Step]
    public Task Remind(Payment payment) => Task.CompletedTask;

    [Step, Retry(MaxAttempts = 2, IntervalSeconds = 1)]
    public Task DebitBank(Payment payment) => payment.Account == "empty" ? throw new StepFailed("Refused") : Task.CompletedTask;

    [Step]
    public Task Collect(Payment payment) => Task.CompletedTask;
}
