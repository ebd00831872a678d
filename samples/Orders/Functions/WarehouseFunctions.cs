using Orders.Services;
using Portable;

namespace Orders.Functions;

/// <summary>
/// What the warehouse does when something happens: an event, a message, a file, a row, a scanner. None of these functions calls another.
/// </summary>
public sealed class WarehouseFunctions(IOrderStore orders, ICatalogue catalogue, [Queue("pick-lists")] IQueue<PickList> pickLists, [Bucket("delivery-notes")] IBlobStore notes)
{
    /// <summary>An event. It may arrive twice; the pick list is sent once.</summary>
    [Function, EventTrigger, Idempotent(nameof(OrderPlaced.OrderId)), DeadLetter("orders-dead")]
    public Task PlanPicking(OrderPlaced placed, CancellationToken cancellationToken) =>
        pickLists.Send(new PickList(placed.OrderId, placed.Skus), cancellationToken: cancellationToken);

    /// <summary>A message, and a file as its result.</summary>
    [Function(TimeoutSeconds = 30), QueueTrigger("pick-lists"), Idempotent(nameof(PickList.OrderId)), DeadLetter("orders-dead")]
    public Task PrintDeliveryNote(PickList list, CancellationToken cancellationToken) =>
        notes.Put($"new/{list.OrderId}.txt", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', list.Skus)), "text/plain", cancellationToken);

    /// <summary>A file that was written.</summary>
    [Function, StorageTrigger("delivery-notes", Prefix = "new/", Suffix = ".txt"), DeadLetter("orders-dead")]
    public async Task FileDeliveryNote(StorageEvent written, CancellationToken cancellationToken)
    {
        // Twice is harmless: a note that was filed already is filed again, one that is gone was filed.
        if (await notes.Get(written.Name, cancellationToken) is { } note)
        {
            await notes.Put("filed/" + written.Name["new/".Length..], note.Content, note.ContentType ?? "text/plain", cancellationToken);
            await notes.Delete(written.Name, cancellationToken);
        }
    }

    /// <summary>Records of a stream, many at a time and in order.</summary>
    [Function, StreamTrigger("page-views", BatchSize = 50), DeadLetter("page-views-dead")]
    public void CountPageViews(IReadOnlyList<StreamRecord<PageView>> views)
    {
        foreach (var view in views)
        {
            catalogue.CountView(view.Body.Sku);
        }
    }

    /// <summary>A row that changed. Azure does not tell of deletions; there an article that is not sold any more keeps its last price.</summary>
#pragma warning disable PORT016 // the last price of what is not sold does no harm
    [Function, TableTrigger("prices"), DeadLetter("prices-dead")]
#pragma warning restore PORT016
    public void FollowPrices(TableChange<Price> change) => catalogue.SetPrice(change.Key, change.New?.Cents);

    /// <summary>A device.</summary>
    [Function, DeviceTrigger("scanners/+/scans"), DeadLetter("scans-dead")]
    public async Task TakeScan(DeviceMessage<Scanned> scan, CancellationToken cancellationToken) =>
        await orders.SetStatusAsync(scan.Body.OrderId, $"packed by {scan.DeviceId ?? "a scanner"}", cancellationToken);
}
