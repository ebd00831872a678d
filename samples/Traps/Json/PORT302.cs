// Workflow 'Run' passes 'Order' and 'Quote' around, whose JSON names follow different policies: give their contexts the same PropertyNamingPolicy
using System.Text.Json.Serialization;
using Portable;

namespace Traps.Json;

public sealed class PORT302
{
    [Workflow("port302")]
    public async Task<Quote> Run(IWorkflow flow, Order order)
    {
        var quote = await flow.Step(Price, order);
        return quote;
    }

    [Step]
    public Task<Quote> Price(Order order) => Task.FromResult(new Quote(order.Cents));

    public sealed record Quote(int Cents);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower), JsonSerializable(typeof(PORT302.Quote))]
internal sealed partial class OtherNamesJson : JsonSerializerContext;
