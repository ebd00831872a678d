using Portable.Gcp.Firestore;
using Portable.Runtime;

namespace Portable.Gcp;

/// <summary>Changes of documents in Firestore, events of Eventarc (googleapis/google-cloudevents, firestore/v1): the data is protobuf unless the trigger asks for JSON.</summary>
internal static class TableChanges
{
    private const string EventPrefix = "google.cloud.firestore.document.v1.";
    private const string Documents = "/documents/";

    public static ReceivedMessage? Read(MessageSource source, Delivery delivery)
    {
        if (delivery.Event is not { } envelope || !envelope.Type.StartsWith(EventPrefix, StringComparison.Ordinal))
        {
            throw Sources.WrongType(delivery, $"{EventPrefix}written, .created, .updated or .deleted");
        }

        return new ReceivedMessage(envelope.Id, default, 1, envelope.Extensions, envelope.Time, Detail(envelope));
    }

    private static MessageDetail Detail(CloudEventEnvelope envelope)
    {
        try
        {
            var change = IsProtobuf(envelope) ? DocumentProtobuf.Read(envelope.Data.Span) : DocumentJson.Read(envelope.Data.Span);
            return KeyOf(change.Name, envelope.Subject) is { } key
                ? new RowChanged(KindOf(envelope.Type, change), key, change.Old, change.New)
                : new Unreadable("The event names no document.");
        }
        catch (FormatException e)
        {
            return new Unreadable(e.Message);
        }
    }

    private static bool IsProtobuf(CloudEventEnvelope envelope) => envelope.DataContentType is { } media
        ? media.Contains("protobuf", StringComparison.OrdinalIgnoreCase)
        : envelope.Data.Length > 0 && envelope.Data.Span[0] != (byte)'{';

    // ".withAuthContext" behind the kind says who did it; what was done is the same.
    private static TableChangeKind KindOf(string type, DocumentChange change)
    {
        var kind = type[EventPrefix.Length..];
        var end = kind.IndexOf('.', StringComparison.Ordinal);
        return (end < 0 ? kind : kind[..end]) switch
        {
            "created" => TableChangeKind.Inserted,
            "updated" => TableChangeKind.Modified,
            "deleted" => TableChangeKind.Removed,
            _ => change.New.IsEmpty ? TableChangeKind.Removed : change.Old.IsEmpty ? TableChangeKind.Inserted : TableChangeKind.Modified,
        };
    }

    // projects/P/databases/D/documents/PATH; the event's subject is documents/PATH.
    private static string? KeyOf(string? name, string? subject)
    {
        var path = name ?? (subject is null ? null : "/" + subject);
        var start = path?.IndexOf(Documents, StringComparison.Ordinal) ?? -1;
        return start < 0 || path!.Length == start + Documents.Length ? null : path[(start + Documents.Length)..];
    }
}
