using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orders.Services;
using Portable.Local;

namespace Orders.Demo;

/// <summary>The workflow: an order that ships, one that the model rejects, a bank that is slow, a card that is declined.</summary>
internal sealed class WorkflowScenes(LocalHost host, DemoTable table)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await RunAsync("order.json", "shipped (payment-A-1001), 1 charge", cancellationToken);
        await RunAsync("order-suspicious.json", "rejected (The order is unusually large.), 0 charges", cancellationToken);
        await RunAsync("order-slow-bank.json", "shipped (payment-A-1004), 2 charges", cancellationToken);
        await RunAsync("order-declined.json", "declined (The bank declined the card.), 1 charge", cancellationToken);

        // The declined order's reservation was given back by the compensating branch.
        var reserved = host.App.Services.GetRequiredService<IStock>().Reserved.Order(StringComparer.Ordinal);
        table.Check("order-fulfilment", "workflow", "stock afterwards", "A-1001, A-1004 reserved", $"{string.Join(", ", reserved)} reserved");
    }

    private async Task RunAsync(string file, string expected, CancellationToken cancellationToken)
    {
        var run = host.Workflows.Start("order-fulfilment", SampleInput.Read(file));
        await run.Completion.WaitAsync(cancellationToken);
        table.Check("order-fulfilment", "workflow", file, expected, Describe(run));
    }

    private static string Describe(LocalRun run)
    {
        if (run.Failure is { } failure)
        {
            return $"failed: {failure.Code}: {failure.Message}";
        }

        var receipt = JsonSerializer.Deserialize(run.Output!, OrdersJson.Default.Receipt)!;
        var charges = run.Calls.GetValueOrDefault("Charge");
        return $"{receipt.Status} ({receipt.Detail}), {charges} {(charges == 1 ? "charge" : "charges")}";
    }
}
