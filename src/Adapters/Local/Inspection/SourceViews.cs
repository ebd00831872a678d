using System.Text;

namespace Portable.Local;

/// <summary>Turns sources, tables, buckets and what was sent into what <c>/_portable/</c> shows.</summary>
internal static class SourceViews
{
    /// <summary>Queues are known by their name, everything else by the function that takes it.</summary>
    public static string Link(LocalSource source) => source is LocalQueue
        ? $"{Inspection.Root}/queues/{Uri.EscapeDataString(source.Name)}"
        : $"{Inspection.Root}/sources/{Uri.EscapeDataString(source.Function)}";

    public static SourceSummaryModel Summary(LocalSource source) =>
        new(source.Kind, source.Name, source.Function, source.Waiting, source.InFlight, source.Completed, source.DeadLetters.Count, Link(source));

    public static SourceModel Source(LocalSource source) => new(
        source.Kind, source.Name, source.Function, source.BatchSize, source.MaxAttempts, source.Waiting, source.InFlight, source.Completed, source.Definition.DeadLetter, source.Pending,
        DeadLetters(source), $"{Link(source)}/dead-letters/replay", Link(source));

    public static IReadOnlyList<DeadLetterModel> DeadLetters(LocalSource source) => [.. source.DeadLetters.Select(letter => new DeadLetterModel(
        letter.Id,
        Encoding.UTF8.GetString(letter.Body.Span),
        letter.Attributes,
        letter.DeliveryCount,
        letter.Reason,
        letter.At,
        $"{Link(source)}/dead-letters/{Uri.EscapeDataString(letter.Id)}/replay"))];

    public static IReadOnlyList<RowModel> Rows(LocalTable table) => [.. table.Rows.Select(static row => new RowModel(row.Key, InspectionViews.Json(row.Value)))];

    public static IReadOnlyList<SentMessageModel> Sent(IReadOnlyList<SentMessage> sent) => [.. sent.Select(static message => new SentMessageModel(
        message.At, message.Id, message.Queue, message.Function, message.Text, message.Attributes, message.Group, message.Delay > TimeSpan.Zero ? message.Delay.TotalSeconds : null))];

    public static IReadOnlyList<ObjectModel> Objects(LocalBucket bucket, PresignedUrls urls) => [.. bucket.Objects.Select(entry => new ObjectModel(
        entry.Name, entry.Size, urls.Sign(bucket.Bucket, entry.Name, BlobAccess.Read, TimeSpan.FromHours(1)).PathAndQuery))];
}
