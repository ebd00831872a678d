#pragma warning disable CA1822, IDE0060 // steps are called through scripts: their bodies say nothing

namespace Portable.Workflows.Tests.Cases;

public sealed record Facts(string? Left, string? Right, int A, int? B, long C, bool? Flag, bool On, Shipment? Shipment, byte Small = 1);

public record Base
{
    public int Level { get; init; } = 4;
}

public sealed record Parent(string Kind);

public sealed record Derived(string Kind, int Value) : Base
{
    public Parent? Parent { get; init; }

    public string? Extra { get; set; } = "extra";
}

public readonly record struct Point(int X, int Y);

/// <summary>Comparisons of members with each other, names that need quotes, every kind of construction.</summary>
public sealed class FactsWorkflow : Unscripted
{
    [Workflow("facts")]
    public async Task<Derived> Run(IWorkflow flow, Facts facts)
    {
        if (facts.Left == facts.Right && facts.Left != "same")
        {
            return new Derived("equal texts", -1) { Parent = new Parent("p"), Extra = null };
        }

        if (facts.Left != facts.Right && facts.A > facts.C)
        {
            return new(Value: facts.A, Kind: "above");
        }

        if (facts.A == facts.B || facts.A >= facts.B)
        {
            return new Derived("at least", facts.Small);
        }

        if (facts.Flag == true || facts.Flag is false && facts.On)
        {
            return new Derived("flag", default) { Extra = facts.Right };
        }

        if (facts.Shipment is not null || facts.On)
        {
            return new Derived("never read", 1);
        }

        await flow.Step(Place, new Point(1, facts.A));
        return new Derived("end", 2);
    }

    [Step]
    public Task Place(Point point) => Never<bool>();
}

/// <summary>Members under names that are no identifiers.</summary>
public sealed class NamesWorkflow : Unscripted
{
    [Workflow("names")]
    public async Task<Receipt> Run(IWorkflow flow, Facts facts)
    {
        var shipment = await flow.Step(Ship, facts);
        if (facts.Shipment is not null && facts.Shipment.Zone < 0)
        {
            return new Receipt("in", facts.Shipment.Carrier, facts.Shipment.OrderId, facts.Shipment.Zone);
        }

        if (shipment.Zone > 6 && shipment.OrderId is not null && !shipment.Fragile)
        {
            return new Receipt(shipment.OrderId, shipment.Carrier, null, shipment.Zone);
        }

        return new Receipt("none", "none");
    }

    [Step]
    public Task<Shipment> Ship(Facts facts) => Never<Shipment>();
}

/// <summary>Blocks in blocks: what joins where.</summary>
public sealed class JoinsWorkflow : Unscripted
{
    [Workflow("joins")]
    public async Task<Receipt> Run(IWorkflow flow, Facts facts)
    {
        if (facts.On)
        {
            try
            {
                if (facts.A > 1)
                {
                    await flow.Step(Do, "one");
                }
                else
                {
                    var text = await flow.Step(Do, "two");
                    var unused = text;
                    if (text == "stop")
                    {
                        return new Receipt("stopped", text);
                    }
                }

                await flow.Step(Do, "three");
            }
            catch (StepFailed failure)
            {
                var code = failure.Code;
                var same = code;
                if (same == "Again")
                {
                    try
                    {
                        await flow.Step(Do, "four");
                    }
                    catch (StepFailed)
                    {
                        await flow.Step(Do, code);
                    }
                }
                else if (same == "Ignore")
                {
                }
                else
                {
                    return new Receipt("failed", same, failure.Message);
                }
            }
        }
        else
        {
        }

        var last = await flow.Step(Do, "last");
        {
            var status = last;
            var receipt = new Receipt("done", status);
            return receipt;
        }
    }

    [Step]
    public Task<string> Do(string what) => Never<string>();
}

/// <summary>A workflow that calls nothing.</summary>
#pragma warning disable CS1998 // an engine may run it all the same
public sealed class PureWorkflow
{
    [Workflow("pure")]
    public async Task<Receipt> Run(IWorkflow flow, Facts facts)
    {
        var left = facts.Left;
        if (left is null)
        {
            return new Receipt("null", "null");
        }

        return new Receipt(left, "text", facts.Right, facts.A);
    }
}
