using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Portable.Gcp;

/// <summary>
/// Events of first generation functions, <c>{"context": {"eventId", "timestamp", "eventType", "resource"}, "data": {..}}</c> or the same members
/// without a context, as the CloudEvents that Eventarc would send. The mapping is that of the published conversion cases
/// (GoogleCloudPlatform/functions-framework-conformance, events/generate/data; functions-framework-dotnet, GcfEvents).
/// </summary>
internal static class LegacyEvent
{
    private const string Firestore = "google.cloud.firestore.document.v1.";
    private const string Storage = "google.cloud.storage.object.v1.";
    private const string Database = "google.firebase.database.ref.v1.";

    /// <summary>What becomes of one type of event.</summary>
    private sealed record Mapping(string Type, string Service, Shape Shape = Shape.Plain);

    /// <summary>How a resource divides into source and subject, and what becomes of the data.</summary>
    private enum Shape
    {
        Plain,
        PubSub,
        Storage,
        Document,
        Reference,
        User,
        Analytics,
    }

    private static Mapping? Find(string type) => type switch
    {
        "google.pubsub.topic.publish" or "providers/cloud.pubsub/eventTypes/topic.publish" => new(PubSubMessage.PublishedType, "pubsub.googleapis.com", Shape.PubSub),
        "google.storage.object.finalize" => OfStorage("finalized"),
        "google.storage.object.delete" => OfStorage("deleted"),
        "google.storage.object.archive" => OfStorage("archived"),
        "google.storage.object.metadataUpdate" => OfStorage("metadataUpdated"),
        "providers/cloud.storage/eventTypes/object.change" => OfStorage("changed"),
        "providers/cloud.firestore/eventTypes/document.write" => OfFirestore("written"),
        "providers/cloud.firestore/eventTypes/document.create" => OfFirestore("created"),
        "providers/cloud.firestore/eventTypes/document.update" => OfFirestore("updated"),
        "providers/cloud.firestore/eventTypes/document.delete" => OfFirestore("deleted"),
        "providers/google.firebase.database/eventTypes/ref.write" => OfDatabase("written"),
        "providers/google.firebase.database/eventTypes/ref.create" => OfDatabase("created"),
        "providers/google.firebase.database/eventTypes/ref.update" => OfDatabase("updated"),
        "providers/google.firebase.database/eventTypes/ref.delete" => OfDatabase("deleted"),
        "providers/firebase.auth/eventTypes/user.create" => new("google.firebase.auth.user.v1.created", "firebaseauth.googleapis.com", Shape.User),
        "providers/firebase.auth/eventTypes/user.delete" => new("google.firebase.auth.user.v1.deleted", "firebaseauth.googleapis.com", Shape.User),
        "providers/google.firebase.analytics/eventTypes/event.log" => new("google.firebase.analytics.log.v1.written", "firebaseanalytics.googleapis.com", Shape.Analytics),
        "google.firebase.remoteconfig.update" => new("google.firebase.remoteconfig.remoteConfig.v1.updated", "firebaseremoteconfig.googleapis.com"),
        _ => null,
    };

    private static Mapping OfStorage(string change) => new(Storage + change, "storage.googleapis.com", Shape.Storage);

    private static Mapping OfFirestore(string change) => new(Firestore + change, "firestore.googleapis.com", Shape.Document);

    private static Mapping OfDatabase(string change) => new(Database + change, "firebasedatabase.googleapis.com", Shape.Reference);

    /// <summary>The event as a CloudEvent; <see langword="null"/> when the body is no event of this form.</summary>
    /// <exception cref="CloudEventException">It is one, but malformed or of an unknown type.</exception>
    public static CloudEventEnvelope? TryRead(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !(root.TryGetProperty("context", out _) || root.TryGetProperty("eventType", out _)))
            {
                return null;
            }

            return Convert(root);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new CloudEventException("The event is not valid JSON.", innerException: e);
        }
    }

    private static CloudEventEnvelope Convert(JsonElement root)
    {
        var context = Member(root, "context", JsonValueKind.Object) ?? default;
        var type = Text(context, "eventType") ?? Text(root, "eventType");
        var id = Text(context, "eventId") ?? Text(root, "eventId");
        var data = Member(root, "data", JsonValueKind.Object);
        if (type is null || id is null || data is null)
        {
            throw new CloudEventException("The event is malformed: it has no data, identifier or type.");
        }

        var mapping = Find(type) ?? throw new CloudEventException("The event is of a type that no source of first generation functions has.");
        var resource = Member(context, "resource", JsonValueKind.Object);
        var name = (resource is { } described ? Text(described, "name") : Text(context, "resource")) ?? Text(root, "resource")
            ?? throw new CloudEventException("The event names no resource.");
        var service = (resource is { } with ? Text(with, "service") : null) ?? mapping.Service;
        var timestamp = Text(context, "timestamp") ?? Text(root, "timestamp");

        var (path, subject, extension) = Divide(mapping.Shape, name, data.Value, Text(root, "domain"));
        var builder = new CloudEventBuilder();
        builder.Set("specversion", "1.0");
        builder.Set("id", id);
        builder.Set("source", $"//{service}/{path}");
        builder.Set("type", mapping.Type);
        builder.Set("subject", subject);
        builder.Set("time", timestamp);
        builder.Set("datacontenttype", "application/json");
        if (extension is { } known)
        {
            builder.Set(known.Name, known.Value);
        }

        var envelope = builder.Build(default);
        return envelope with { Data = Reshape(mapping.Shape, data.Value, id, envelope.Time) };
    }

    private static (string Path, string? Subject, (string Name, string Value)? Extension) Divide(Shape shape, string resource, JsonElement data, string? domain)
    {
        var parts = resource.Split('/', 5);
        switch (shape)
        {
            // projects/P/topics/T
            case Shape.PubSub when parts is ["projects", _, "topics", var topic]:
                return (resource, null, ("topic", topic));

            // projects/_/buckets/B/objects/NAME, or NAME#GENERATION
            case Shape.Storage when parts is ["projects", "_", "buckets", var bucket, var rest] && rest.StartsWith("objects/", StringComparison.Ordinal):
                return ($"projects/_/buckets/{bucket}", WithoutGeneration(rest), ("bucket", bucket));

            // projects/P/databases/D/documents/..
            case Shape.Document when parts is [_, _, _, _, var document] && document.StartsWith("documents", StringComparison.Ordinal):
                return (string.Join('/', parts[..4]), document, null);

            // projects/_/instances/I/refs/..; the location is the first label of the domain
            case Shape.Reference when string.IsNullOrEmpty(domain):
                throw new CloudEventException("The event of a database has no domain.");
            case Shape.Reference when parts is [var projects, var project, var instances, var instance, var reference] && reference.StartsWith("refs", StringComparison.Ordinal):
                var location = domain == "firebaseio.com" ? "us-central1" : domain!.Split('.')[0];
                return ($"{projects}/{project}/locations/{location}/{instances}/{instance}", reference, null);

            case Shape.User:
                return (resource, Text(data, "uid") is { } uid ? "users/" + uid : null, null);

            // projects/P/events/E; the application is in the data
            case Shape.Analytics:
                var app = Member(data, "userDim", JsonValueKind.Object) is { } user && Member(user, "appInfo", JsonValueKind.Object) is { } info ? Text(info, "appId") : null;
                return parts is ["projects", var owner, "events", var logged] && app is not null
                    ? ($"projects/{owner}/apps/{app}", "events/" + logged, null)
                    : throw new CloudEventException("The event of Analytics names no application or no event.");

            default:
                return (resource, null, null);
        }
    }

    private static string WithoutGeneration(string objectName)
    {
        var hash = objectName.LastIndexOf('#');
        return hash > 0 && hash + 1 < objectName.Length && !objectName.AsSpan(hash + 1).ContainsAnyExceptInRange('0', '9') ? objectName[..hash] : objectName;
    }

    private static ReadOnlyMemory<byte> Reshape(Shape shape, JsonElement data, string id, DateTimeOffset? time)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (shape == Shape.PubSub)
            {
                WriteMessage(json, data, id, time);
            }
            else if (shape == Shape.User)
            {
                WriteUser(json, data);
            }
            else
            {
                data.WriteTo(json);
            }
        }

        return buffer.WrittenMemory;
    }

    // The message is wrapped, with identifier and time of the event inside, as Eventarc sends it.
    private static void WriteMessage(Utf8JsonWriter json, JsonElement data, string id, DateTimeOffset? time)
    {
        json.WriteStartObject();
        json.WriteStartObject("message");
        foreach (var member in data.EnumerateObject())
        {
            if (member.Name is not ("messageId" or "publishTime"))
            {
                member.WriteTo(json);
            }
        }

        json.WriteString("messageId", id);
        if (time is { } at)
        {
            json.WriteString("publishTime", at.UtcDateTime.ToString(at.Ticks % 10_000 == 0 ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    // Two members of the metadata have other names in the newer form.
    private static void WriteUser(Utf8JsonWriter json, JsonElement data)
    {
        json.WriteStartObject();
        foreach (var member in data.EnumerateObject())
        {
            if (member.Name != "metadata" || member.Value.ValueKind != JsonValueKind.Object)
            {
                member.WriteTo(json);
                continue;
            }

            json.WriteStartObject("metadata");
            foreach (var inner in member.Value.EnumerateObject())
            {
                json.WritePropertyName(inner.Name switch { "createdAt" => "createTime", "lastSignedInAt" => "lastSignInTime", var name => name });
                inner.Value.WriteTo(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static JsonElement? Member(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;

    private static string? Text(JsonElement element, string name) =>
        Member(element, name, JsonValueKind.String)?.GetString() is { Length: > 0 } text ? text : null;
}
