#pragma warning disable CA1822, IDE0060 // steps are called through scripts: their bodies say nothing

namespace Portable.Workflows.Tests.Cases;

public abstract class Unscripted
{
    protected static Task<T> Never<T>() => throw new InvalidOperationException("A scripted step ran for real.");
}

public sealed class LinearWorkflow : Unscripted
{
    [Workflow("linear")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var quote = await flow.Step(Price, order);
        var charge = await flow.Step(Charge, quote);
        return new Receipt(order.Id, charge.Status, charge.Id, quote.TotalCents);
    }

    [Step(TimeoutSeconds = 10)]
    public Task<Quote> Price(Order order, CancellationToken ct) => Never<Quote>();

    [Step, Retry(MaxAttempts = 3, On = ["PaymentTimeout", "Timeout"], IntervalSeconds = 1, BackoffRate = 2)]
    public Task<ChargeResult> Charge(Quote quote) => Never<ChargeResult>();
}

public sealed class BranchesWorkflow : Unscripted
{
    [Workflow("branches", TimeoutSeconds = 3600)]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        if (order.TotalCents > 100_000)
        {
            var quote = await flow.Step(Price, order);
            if (quote.TotalCents >= 200_000)
            {
                return new Receipt(order.Id, "rejected", null, quote.TotalCents);
            }

            await flow.Step(Approve, quote);
        }
        else if (order.TotalCents < 0 || order.Id == "")
        {
            return new Receipt(order.Id, "invalid");
        }
        else if (order.Express && order.TotalCents <= 500)
        {
            await flow.Step(Upgrade, order.Id);
        }

        var paid = await flow.Step(Pay, order.TotalCents);
        if (paid)
        {
            return new Receipt(order.Id, "paid");
        }

        return new Receipt(order.Id, "unpaid");
    }

    [Step]
    public Task<Quote> Price(Order order) => Never<Quote>();

    [Step]
    public Task Approve(Quote quote) => Never<bool>();

    [Step]
    public Task Upgrade(string id) => Never<bool>();

    [Step]
    public Task<bool> Pay(int cents) => Never<bool>();
}

public sealed class NullsWorkflow : Unscripted
{
    [Workflow("nulls")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var quote = await flow.Step(Price, order);
        if (quote.ShipTo is not null && quote.ShipTo.City == "Bonn" && quote.ShipTo.Street != "Weg 1")
        {
            return new Receipt(order.Id, "local", quote.ShipTo.Street);
        }

        if (quote.Discount > 5 || order.Note is null)
        {
            return new Receipt(order.Id, "discount or no note", order.Note);
        }

        if (quote.Discount.HasValue && quote.Discount.Value == 5)
        {
            return new Receipt(order.Id, "five", null, quote.Discount.Value);
        }

        if (order.Customer == null || order.Customer.Tier < 2)
        {
            return new Receipt(order.Id, "plain customer");
        }

        if (!(order.Customer.Email != null))
        {
            return new Receipt(order.Id, "no mail", order.Customer.Name, order.Customer.Tier);
        }

        return new Receipt(order.Id, "mail", order.Customer.Email);
    }

    [Step]
    public Task<Quote> Price(Order order) => Never<Quote>();
}

public sealed class RetryAllWorkflow : Unscripted
{
    [Workflow("retry-all")]
    public async Task<ChargeResult> Run(IWorkflow flow, Quote quote)
    {
        await flow.Step(Log, "before");
        var result = await flow.Step(Charge, quote);
        await flow.Step(Log, "after");
        return result;
    }

    [Step(TimeoutSeconds = 5), Retry(MaxAttempts = 4, IntervalSeconds = 2, BackoffRate = 1.5, MaxIntervalSeconds = 4)]
    public Task<ChargeResult> Charge(Quote quote) => Never<ChargeResult>();

    [Step, Retry(MaxAttempts = 1)]
    public Task Log(string text) => Never<bool>();
}

public sealed class CatchWorkflow : Unscripted
{
    [Workflow("catching")]
    public async Task<Receipt> Run(IWorkflow flow, Quote quote)
    {
        try
        {
            var charge = await flow.Step(Charge, quote);
            await flow.Step(Confirm, charge);
        }
        catch (StepFailed failure)
        {
            if (failure.Code == "CardDeclined")
            {
                return new Receipt(quote.OrderId, "declined", failure.FailureData);
            }

            await flow.Step(Refund, new Receipt(quote.OrderId, failure.Code, failure.Message));
            return new Receipt(quote.OrderId, "refunded", failure.Message);
        }

        return new Receipt(quote.OrderId, "charged");
    }

    [Step, Retry(MaxAttempts = 2, On = ["Busy"])]
    public Task<ChargeResult> Charge(Quote quote) => Never<ChargeResult>();

    [Step]
    public Task Confirm(ChargeResult charge) => Never<bool>();

    [Step]
    public Task Refund(Receipt receipt) => Never<bool>();
}

public sealed class NestedTryWorkflow : Unscripted
{
    [Workflow("nested-try")]
    public async Task<Receipt> Run(IWorkflow flow, Quote quote)
    {
        try
        {
            await flow.Step(First, quote);
            try
            {
                await flow.Step(Second, quote);
            }
            catch (StepFailed failure)
            {
                await flow.Step(First, quote);
                if (failure.Code != "Second")
                {
                    return new Receipt(quote.OrderId, "inner", failure.Code);
                }
            }

            await flow.Step(Third, quote);
        }
        catch (StepFailed failure)
        {
            return new Receipt(quote.OrderId, "outer", failure.Code);
        }

        try
        {
            await flow.Step(Third, quote);
        }
        catch (StepFailed)
        {
        }

        return new Receipt(quote.OrderId, "done");
    }

    [Step]
    public Task First(Quote quote) => Never<bool>();

    [Step]
    public Task Second(Quote quote) => Never<bool>();

    [Step]
    public Task Third(Quote quote) => Never<bool>();
}

public sealed partial class InferenceWorkflow : Unscripted
{
    [Workflow("inference")]
    public async Task<Receipt> Run(IWorkflow flow, Order order)
    {
        var risk = await flow.Step(Score, order);
        if (risk.Blocked || risk.Score >= 80)
        {
            return new Receipt(order.Id, "blocked", risk.Level, risk.Score);
        }

        try
        {
            var second = await flow.Step(Score, order);
            return new Receipt(order.Id, "scored twice", second.Level);
        }
        catch (StepFailed failure)
        {
            return new Receipt(order.Id, "scored once", failure.Code);
        }
    }

    [Inference("risk-model", TimeoutSeconds = 5), Retry(MaxAttempts = 2, On = ["InferenceFailed"], IntervalSeconds = 3)]
    public partial Task<Risk> Score(Order order, CancellationToken ct = default);
}

public sealed class LocalsWorkflow : Unscripted
{
    [Workflow("locals")]
    public async Task<Shipment> Run(IWorkflow flow, Order map)
    {
        const string Carrier = "rail";
        var not = map.Id;
        var copy = map;
        var express = copy.Express && copy.TotalCents != 0;
        var receipt = new Receipt(not, "made", Amount: 3);
        if (express)
        {
            var text = await flow.Step(Echo, "in a scope");
            return new Shipment { OrderId = text, Carrier = Carrier, Fragile = express, Receipt = receipt };
        }

        if (receipt.Status == "made" && !express)
        {
            var text = await flow.Step(Echo, receipt.OrderId);
            return new Shipment { OrderId = text, Zone = receipt.Amount, Receipt = new Receipt(text, receipt.Status) };
        }

        return new Shipment();
    }

    [Step]
    public Task<string> Echo(string text) => Never<string>();
}

public sealed class PassOnWorkflow : Unscripted
{
    [Workflow("pass-on")]
    public async Task<Tagged> Run(IWorkflow flow, Order order) => await flow.Step(Pack, new Tagged(order.Id, order.Tags));

    [Step]
    public Task<Tagged> Pack(Tagged tagged) => Never<Tagged>();
}

public sealed class BareWorkflow : Unscripted
{
    [Workflow("bare")]
    public async Task Run(IWorkflow flow)
    {
        await flow.Step(Ping);
        var count = await flow.Step(Count);
        if (count == 2)
        {
            await flow.Step(Ping);
        }
    }

    [Step, Retry(MaxAttempts = 2)]
    public Task Ping() => Never<bool>();

    [Step]
    public Task<int> Count(CancellationToken ct) => Never<int>();
}

public sealed class TryReturnsWorkflow : Unscripted
{
    [Workflow("try-returns")]
    public async Task<string> Run(IWorkflow flow, string input)
    {
        try
        {
            return await flow.Step(Echo, input);
        }
        catch (StepFailed failure)
        {
            var code = failure.Code;
            return code;
        }
    }

    [Step]
    public Task<string> Echo(string text) => Never<string>();
}

public sealed class TextsWorkflow : Unscripted
{
    [Workflow("texts")]
    public async Task<Receipt> Run(IWorkflow flow, string input)
    {
        if (input == "it's \"quoted\" \\ 100 %} ${x} ü 😀\n")
        {
            return new Receipt("{% $x %}", "${sys.get_env(\"X\")}", "a: b # c");
        }

        if (input == "null" || input == "true" || input == "5")
        {
            return new Receipt("null", "true", "5");
        }

        var answer = await flow.Step(Echo, "it's \"quoted\" \\ 100 %} ${x} ü 😀\n");
        return new Receipt(answer, "no", "- x");
    }

    [Step]
    public Task<string> Echo(string text) => Never<string>();
}

public sealed class LongWorkflow : Unscripted
{
    [Workflow("long-condition")]
    public async Task<string> Run(IWorkflow flow, Order order)
    {
        if ((order.Customer is not null && order.Customer.Name == "somebody with a rather long name that fills the line")
            || (order.Note is not null && order.Note == "a note that is just as long as that name was, or nearly so")
            || (order.Id != "an identifier of some length" && order.TotalCents > 1_000_000_000 && order.Express)
            || (order.Customer is not null && order.Customer.Tier > 12 && order.Customer.Email is not null && order.Customer.Email == "somebody@example.org"))
        {
            return await flow.Step(Echo, "yes");
        }

        return "no";
    }

    [Step]
    public Task<string> Echo(string text) => Never<string>();
}
