using Microsoft.Extensions.DependencyInjection;
using Orders.Services;
using Portable.Local;

namespace Orders.Demo;

/// <summary>What an order sets going by itself, and the other sources: a stream, a table, a device.</summary>
internal sealed class WarehouseScenes(LocalHost host, HttpClient http, DemoTable table)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // The order of the first scene was published as an event; each of these functions sent what started the next.
        await SettledAsync("PlanPicking", cancellationToken);
        table.Check("PlanPicking", "event com.example.order.placed", "by POST /orders, twice", "1 event, 1 pick list", $"{host.Events.Events.Count} event, {host.Sent.Count(static sent => sent.Queue == "pick-lists")} pick list");
        await SettledAsync("PrintDeliveryNote", cancellationToken);
        table.Check("PrintDeliveryNote", "queue pick-lists", "by PlanPicking", "1 done", $"{host.Source("PrintDeliveryNote").Completed} done");
        await SettledAsync("FileDeliveryNote", cancellationToken);
        table.Check("FileDeliveryNote", "bucket delivery-notes", "by PrintDeliveryNote", "filed/A-1001.txt", string.Join(", ", host.Bucket("delivery-notes").Objects.Select(static item => item.Name)));

        await ViewAsync(cancellationToken);
        await PriceAsync(cancellationToken);
        await ScanAsync(cancellationToken);
    }

    private async Task ViewAsync(CancellationToken cancellationToken)
    {
        var views = host.Stream("page-views");
        for (var i = 0; i < 100; i++)
        {
            views.Put($$"""{"sku":"{{(i % 2 == 0 ? "lamp" : "desk")}}"}""", partitionKey: $"visitor-{i % 10}");
        }

        await SettledAsync("CountPageViews", cancellationToken);
        var catalogue = host.App.Services.GetRequiredService<ICatalogue>();
        table.Check("CountPageViews", "stream page-views", "100 records", "50 of lamp, 50 of desk", $"{catalogue.Views("lamp")} of lamp, {catalogue.Views("desk")} of desk");
    }

    private async Task PriceAsync(CancellationToken cancellationToken)
    {
        var prices = host.Table("prices");
        prices.Put("lamp", """{"sku":"lamp","cents":4900}""");
        prices.Put("lamp", """{"sku":"lamp","cents":4500}""");
        prices.Put("desk", """{"sku":"desk","cents":0}""");
        await SettledAsync("FollowPrices", cancellationToken);
        var letters = host.Sent.Where(static sent => sent.Queue == "prices-dead").ToList();
        table.Check("FollowPrices", "table prices", "two changes, an invalid one", "lamp 4500, 1 dead letter", $"lamp {host.App.Services.GetRequiredService<ICatalogue>().PriceOf("lamp")}, {letters.Count} dead letter");
    }

    private async Task ScanAsync(CancellationToken cancellationToken)
    {
        host.Device("scanners/7/scans").Send("""{"orderId":"A-1001","barcode":"4006381333931"}""", deviceId: "scanner-7");
        await SettledAsync("TakeScan", cancellationToken);
        await new HttpScenes(http, table).FindAsync("/orders/A-1001", "200 A-1001 is packed by scanner-7", cancellationToken);
        table.Check("TakeScan", "device scanners/+/scans", "a scan", "1 done", $"{host.Source("TakeScan").Completed} done");
    }

    private Task SettledAsync(string function, CancellationToken cancellationToken) => host.Source(function).WhenEmptyAsync(cancellationToken);
}
