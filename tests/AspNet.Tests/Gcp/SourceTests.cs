using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Portable.AspNet.Tests.Hosts;
using Portable.Gcp;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Gcp;

/// <summary>Every source of messages but the queue, in every form that Google Cloud delivers it in.</summary>
public sealed class SourceTests
{
    private const string Order = """{"id":"7","quantity":2}""";

    private static readonly DateTimeOffset Published = new(2021, 2, 5, 4, 6, 14, 109, TimeSpan.Zero);
    private static readonly DateTimeOffset Happened = new(2021, 2, 5, 5, 0, 0, TimeSpan.Zero);

    private readonly TriggersApp _app = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("push")]
    [InlineData("event")]
    [Supports("Stream trigger", "gcp native")]
    public async Task A_record_has_the_ordering_key_as_its_partition(string form)
    {
        var envelope = GoogleRequests.Message(Order, ("source", "web"));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("stream", form == "push" ? GoogleRequests.Push(envelope) : GoogleRequests.Event(envelope)));

        var record = _app.Single<StreamRecord<Order>>();
        Assert.Equal((new Order("7", 2), "message-id", "customer-7", "", Published), (record.Body, record.Id, record.PartitionKey, record.SequenceNumber, record.ArrivedAt));
        Assert.Equal("web", record.Attributes["Source"]);
    }

    [Theory]
    [InlineData("push")]
    [InlineData("event")]
    [Supports("Device trigger", "gcp native")]
    public async Task A_device_is_known_by_attributes(string form)
    {
        var envelope = GoogleRequests.Message(Order, ("deviceId", "pump-3"), ("topic", "devices/pump-3/telemetry"));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("device", form == "push" ? GoogleRequests.Push(envelope) : GoogleRequests.Event(envelope)));

        var message = _app.Single<DeviceMessage<Order>>();
        Assert.Equal((new Order("7", 2), "message-id", "pump-3", "devices/pump-3/telemetry", Published), (message.Body, message.Id, message.DeviceId, message.Topic, message.SentAt));
    }

    [Theory]
    [InlineData("created", "finalized", "in/a b.json", true)]
    [InlineData("created", "finalized", "in/a.txt", false)]
    [InlineData("created", "deleted", "in/a.json", false)]
    [InlineData("created", "metadataUpdated", "in/a.json", false)]
    [InlineData("deleted", "deleted", "anything", true)]
    [Supports("Storage trigger", "gcp native")]
    public async Task An_object_that_changed_is_told_to_who_asked(string function, string change, string name, bool told)
    {
        var data = new JsonObject { ["bucket"] = "some-bucket", ["name"] = name, ["size"] = "352", ["etag"] = "CNHZkbuF/ugCEAE=", ["contentType"] = "text/plain", ["metadata"] = new JsonObject { ["a"] = "b" } };
        using var request = GoogleRequests.Event("google.cloud.storage.object.v1." + change, Encoding.UTF8.GetBytes(data.ToJsonString()), attributes: ("bucket", "some-bucket"));
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(function, request));

        if (!told)
        {
            Assert.Empty(_app.Seen);
            return;
        }

        var seen = _app.Single<StorageEvent>();
        Assert.Equal(
            ("event-id", "some-bucket", name, 352L, "CNHZkbuF/ugCEAE=", "text/plain", Happened, function == "deleted" ? StorageChange.Deleted : StorageChange.Created),
            (seen.Id, seen.Bucket, seen.Name, seen.Size, seen.ETag, seen.ContentType, seen.Time, seen.Change));
    }

    [Theory]
    [InlineData("StorageObjectData-simple.json")]
    [InlineData("StorageObjectData-complex.json")]
    public async Task Published_objects_are_read(string file)
    {
        var json = await File.ReadAllBytesAsync(Path.Combine(RepositoryFolder.SharedOrSkip("gcp/testdata/storage"), file), Token);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("deleted", GoogleRequests.Event("google.cloud.storage.object.v1.deleted", json)));
        var expected = JsonNode.Parse(json)!;
        var seen = _app.Single<StorageEvent>();
        Assert.Equal(
            (expected["bucket"]!.GetValue<string>(), expected["name"]!.GetValue<string>(), expected["size"]?.ToString(), expected["etag"]?.GetValue<string>()),
            (seen.Bucket, seen.Name, seen.Size?.ToString(System.Globalization.CultureInfo.InvariantCulture), seen.ETag));
    }

    [Theory]
    [InlineData("created", "OBJECT_FINALIZE", false, true)]
    [InlineData("created", "OBJECT_FINALIZE", true, true)] // overwroteGeneration: written anew
    [InlineData("created", "OBJECT_METADATA_UPDATE", false, false)]
    [InlineData("deleted", "OBJECT_DELETE", false, true)]
    [InlineData("deleted", "OBJECT_DELETE", true, false)] // overwrittenByGeneration: the other half of an overwrite
    [InlineData("deleted", "OBJECT_ARCHIVE", false, true)]
    [InlineData("deleted", "OBJECT_ARCHIVE", true, false)]
    [InlineData("deleted", "OBJECT_FINALIZE", false, false)]
    public async Task A_notification_of_a_bucket_is_read(string function, string type, bool overwrite, bool told)
    {
        List<(string, string)> attributes =
        [
            ("notificationConfig", "projects/_/buckets/some-bucket/notificationConfigs/1"), ("eventType", type), ("payloadFormat", "JSON_API_V1"),
            ("bucketId", "some-bucket"), ("objectId", "in/a.json"), ("objectGeneration", "1587627537231057"), ("eventTime", "2020-04-23T07:38:57.230123Z"),
        ];
        if (overwrite)
        {
            attributes.Add((type == "OBJECT_FINALIZE" ? "overwroteGeneration" : "overwrittenByGeneration", "1587627537231058"));
        }

        var envelope = GoogleRequests.Message("""{"size":"352","etag":"e","contentType":"text/plain"}""", [.. attributes]);
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(function, GoogleRequests.Push(envelope)));
        if (!told)
        {
            Assert.Empty(_app.Seen);
            return;
        }

        var seen = _app.Single<StorageEvent>();
        Assert.Equal(("message-id", "some-bucket", "in/a.json", 352L, "e", "text/plain"), (seen.Id, seen.Bucket, seen.Name, seen.Size, seen.ETag, seen.ContentType));
        Assert.Equal(new DateTimeOffset(2020, 4, 23, 7, 38, 57, 230, TimeSpan.Zero).AddTicks(1230), seen.Time);
    }

    [Theory]
    [InlineData("push")]
    [InlineData("event")]
    [InlineData("structured message")]
    [InlineData("plain")]
    [Supports("Event trigger", "gcp native")]
    public async Task An_event_arrives_however_it_travels(string form)
    {
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("event", EventRequest(form, ("dataversion", "2"), ("subject", "orders/7"), ("correlationid", "c-1"), ("traceparent", Trace))));

        var seen = _app.Single<Event<Order>>();
        Assert.Equal(
            (new Order("7", 2), "e-1", "portable.orders", TriggersApp.EventType, 2, "orders/7", Happened),
            (seen.Data, seen.Id, seen.Source, seen.Type, seen.Version, seen.Subject, seen.Time));
        Assert.Equal(("c-1", Trace), (seen.Attributes["correlationid"], seen.Attributes["traceparent"]));
        Assert.Equal(Trace, Assert.Single(_app.Invocations).TraceParent);
    }

    [Theory]
    [InlineData(UnknownVersions.DeadLetter, HttpStatusCode.InternalServerError, 0)]
    [InlineData(UnknownVersions.Skip, HttpStatusCode.NoContent, 0)]
    [InlineData(UnknownVersions.Accept, HttpStatusCode.NoContent, 1)]
    public async Task Another_version_is_handled_by_policy(UnknownVersions policy, HttpStatusCode status, int seen)
    {
        _app.UnknownVersions = policy;
        Assert.Equal(status, await SendAsync("event", EventRequest("push", ("dataversion", "3"))));
        Assert.Equal(seen, _app.Seen.Count);
    }

    [Theory]
    [InlineData("push", "dataversion", "two", "'dataversion' is no version")]
    [InlineData("plain", "dataversion", "0", "'dataversion' is no version")]
    [InlineData("push", "type", "", "'type'")]
    [InlineData("push", "source", "http://[", "'source'")]
    [InlineData("push", "x", "a\rb", "control characters")]
    [InlineData("structured message", "source", "http://[", "'source'")]
    public async Task What_no_delivery_makes_an_event_is_poison_with_a_reason(string form, string attribute, string value, string reason)
    {
        Assert.Equal(HttpStatusCode.InternalServerError, await SendAsync("event", EventRequest(form, (attribute, value))));
        Assert.Empty(_app.Seen);
        Assert.Contains(reason, Assert.Single(_app.Log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("created", "finalized", "[]", "'bucket' and 'name'")]
    [InlineData("created", "finalized", """{"bucket":"b"}""", "'bucket' and 'name'")]
    [InlineData("created", "finalized", """{"bucket":"b","name":"\ud800"}""", "'bucket' and 'name'")]
    public async Task An_object_that_nobody_can_read_is_poison_with_a_reason(string function, string change, string data, string reason)
    {
        Assert.Equal(HttpStatusCode.InternalServerError, await SendAsync(function, GoogleRequests.Event("google.cloud.storage.object.v1." + change, Encoding.UTF8.GetBytes(data))));
        Assert.Contains(reason, Assert.Single(_app.Log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("queue")]
    [InlineData("stream")]
    [InlineData("device")]
    [InlineData("created")]
    [InlineData("event")]
    [InlineData("table")]
    [InlineData("schedule")]
    public async Task An_event_of_another_kind_is_refused(string function)
    {
        using var request = GoogleRequests.Event("google.cloud.audit.log.v1.written", "{}"u8.ToArray());
        var status = await SendAsync(function, request);

        // Whether an event is of the type that an event function wants is a matter of policy and goes the way of poison; all else is wired wrongly.
        Assert.Equal(function == "event" ? HttpStatusCode.InternalServerError : HttpStatusCode.BadRequest, status);
        Assert.Empty(_app.Seen);
    }

    [Fact]
    public async Task A_failure_of_any_source_is_not_acknowledged()
    {
        _app.Failure = new InvalidOperationException("no");
        Assert.Equal(HttpStatusCode.InternalServerError, await SendAsync("stream", GoogleRequests.Push(GoogleRequests.Message(Order))));
    }

    [Fact]
    public async Task A_schedule_may_come_by_way_of_a_topic()
    {
        Assert.Equal(HttpStatusCode.NoContent, await SendAsync("schedule", GoogleRequests.Event(GoogleRequests.Message(""))));
        Assert.Equal(Published, _app.Single<ScheduledEvent>().ScheduledTime);
    }

    [Fact]
    [Supports("Stream trigger", "gcp managed")]
    [Supports("Device trigger", "gcp managed")]
    public async Task The_vendors_framework_hands_over_messages()
    {
        (string, string)[] attributes = [("id", "event-id"), ("source", "//pubsub.googleapis.com/projects/p/topics/t"), ("type", GoogleRequests.Published), ("topic", "t")];
        await _app.HandleAsync("stream", GoogleRequests.Message(Order).ToJsonString(), attributes);
        await _app.HandleAsync("device", GoogleRequests.Message(Order, ("deviceId", "pump-3")).ToJsonString(), attributes);
        Assert.Equal("customer-7", Assert.IsType<StreamRecord<Order>>(_app.Seen.First()).PartitionKey);
        Assert.Equal("pump-3", Assert.IsType<DeviceMessage<Order>>(_app.Seen.Last()).DeviceId);
    }

    [Fact]
    [Supports("Storage trigger", "gcp managed")]
    [Supports("Event trigger", "gcp managed")]
    public async Task The_vendors_framework_hands_over_events()
    {
        await _app.HandleAsync(
            "deleted", """{"bucket":"b","name":"n"}""", ("id", "1"), ("source", "//storage"), ("type", "google.cloud.storage.object.v1.deleted"), ("datacontenttype", "application/json"), ("time", "2021-02-05T05:00:00Z"));
        await _app.HandleAsync("event", Encoding.UTF8.GetBytes(Order), ("id", "e-1"), ("source", "portable.orders"), ("type", TriggersApp.EventType), ("dataversion", "2"), ("subject", "orders/7"));
        Assert.Equal((StorageChange.Deleted, Happened), (((StorageEvent)_app.Seen.First()).Change, ((StorageEvent)_app.Seen.First()).Time));
        Assert.Equal((2, "orders/7"), (((Event<Order>)_app.Seen.Last()).Version, ((Event<Order>)_app.Seen.Last()).Subject));

        await Assert.ThrowsAsync<EventFailedException>(() => _app.HandleAsync("deleted", "{}", ("id", "1"), ("source", "//storage"), ("type", "google.cloud.storage.object.v1.deleted")));
        await Assert.ThrowsAsync<EventFailedException>(() => _app.HandleAsync("deleted", "{}", ("id", "1"), ("type", "google.cloud.storage.object.v1.deleted")));
    }

    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static HttpRequestMessage EventRequest(string form, params (string Name, string Value)[] more)
    {
        Dictionary<string, string> attributes = new() { ["specversion"] = "1.0", ["id"] = "e-1", ["source"] = "portable.orders", ["type"] = TriggersApp.EventType, ["time"] = "2021-02-05T05:00:00Z" };
        foreach (var (name, value) in more)
        {
            attributes[name] = value;
        }

        if (form == "plain")
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(Order, Encoding.UTF8, "application/json") };
            foreach (var (name, value) in attributes)
            {
                request.Headers.Add("ce-" + name, value);
            }

            return request;
        }

        if (form == "structured message")
        {
            var json = new JsonObject();
            foreach (var (name, value) in attributes)
            {
                json[name] = value;
            }

            json["data"] = JsonNode.Parse(Order);
            return GoogleRequests.Push(GoogleRequests.Message(json.ToJsonString(), ("content-type", "application/cloudevents+json")));
        }

        var envelope = GoogleRequests.Message(Order, [.. attributes.Select(static attribute => ("ce-" + attribute.Key, attribute.Value)), ("content-type", "application/json")]);
        return form == "push" ? GoogleRequests.Push(envelope) : GoogleRequests.Event(envelope);
    }

    private async Task<HttpStatusCode> SendAsync(string function, HttpRequestMessage request)
    {
        await using var gcp = await _app.StartAsync(function);
        using var response = await gcp.Http.SendAsync(request, Token);
        return response.StatusCode;
    }
}
