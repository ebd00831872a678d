using System.Text.Json;
using Portable.Azure;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Azure;

/// <summary>What each trigger delivers on Azure, in the forms that the Functions host uses for the isolated worker and for custom handlers.</summary>
public sealed class TriggerTests
{
    public static TheoryData<Way> Ways { get; } = [Way.Managed, Way.Native];

    [Theory, MemberData(nameof(Ways))]
    [Supports("Queue trigger, single messages", "azure native")]
    public async Task A_queue_message_of_another_sender_is_the_body_itself(Way way)
    {
        var app = new TriggersApp();
        Assert.Null(await app.DeliverAsync(way, "Queue", """{"id":"7","quantity":2}""", new() { ["Id"] = "m1", ["DequeueCount"] = 3L, ["InsertionTime"] = "2026-01-02T03:04:05+00:00" }));
        var message = app.Only<Message<Item>>();
        Assert.Equal(("7", 2, "m1", 3, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)), (message.Body.Id, message.Body.Quantity, message.Id, message.DeliveryCount, message.EnqueuedAt));
        Assert.Empty(message.Attributes);
    }

    [Fact]
    public async Task A_queue_message_whose_first_name_is_no_Unicode_is_refused_like_any_other()
    {
        var failure = await new TriggersApp().DeliverAsync(Way.Managed, "Queue", """{"\ud800":1,"id":"7"}""");
        Assert.StartsWith("Queue did not handle", failure, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_queue_message_of_ours_brings_its_attributes_and_its_trace(Way way)
    {
        var app = new TriggersApp();
        Assert.Null(await app.DeliverAsync(way, "Queue", """{"$portable":{"attributes":{"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","portable-correlation-id":"c-1","a":"ü"}},"body":{"id":"7"}}"""));
        var message = app.Only<Message<Item>>();
        Assert.Equal(("7", "ü", "inv-1"), (message.Body.Id, message.Attributes["A"], message.Id));
        Assert.Equal(("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "c-1"), Assert.Single(app.Traces));
    }

    [Theory, MemberData(nameof(Ways))]
    [Supports("Stream trigger", "azure managed")]
    [Supports("Stream trigger", "azure native")]
    public async Task A_batch_of_an_event_hub_carries_where_each_record_stands(Way way)
    {
        var app = new TriggersApp();
        Assert.Null(await app.DeliverAsync(way, "Stream", ["""{"id":"a"}""", """{"id":"b"}"""], Batch()));
        Assert.Equal(
            [("a", "3/41", "customer-1", "41", "web"), ("b", "3/42", "3", "42", "7")],
            app.Seen.Cast<StreamRecord<Item>>().Select(record => (record.Body.Id, record.Id, record.PartitionKey, record.SequenceNumber, record.Attributes["Kind"])));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), ((StreamRecord<Item>)app.Seen.First()).ArrivedAt);
        Assert.Equal(1, Assert.Single(app.Invocations).Attempt);
    }

    [Fact]
    public async Task The_worker_hands_arrays_over_as_collections_of_texts_or_numbers()
    {
        // TypedData's CollectionString and CollectionSInt64 arrive as they are, other arrays as JSON.
        var app = new TriggersApp();
        var data = Batch();
        data["SequenceNumberArray"] = new List<long> { 41, 42 };
        data["PartitionKeyArray"] = new List<string> { "customer-1", "" };
        data["PropertiesArray"] = """[{"Kind":"web"},{"Kind":7}]""";
        data["EnqueuedTimeUtcArray"] = """["2026-01-02T03:04:05Z","2026-01-02T03:04:06Z"]""";
        Assert.Null(await app.DeliverAsync(Way.Managed, "Stream", ["""{"id":"a"}""", """{"id":"b"}"""], data));
        Assert.Equal([("3/41", "customer-1", "web"), ("3/42", "3", "7")], app.Seen.Cast<StreamRecord<Item>>().Select(record => (record.Id, record.PartitionKey, record.Attributes["kind"])));
    }

    [Theory, MemberData(nameof(Ways))]
    [Supports("Ordered sources stop at the first failure", "azure managed")]
    [Supports("Ordered sources stop at the first failure", "azure native")]
    public async Task A_failure_in_a_stream_fails_the_batch_and_nothing_behind_it_is_handled(Way way)
    {
        var app = new TriggersApp { Handle = static record => _ = ((StreamRecord<Item>)record).Body.Id == "b" ? throw new InvalidOperationException("no stock") : 0 };
        var failure = await app.DeliverAsync(way, "Stream", ["""{"id":"a"}""", """{"id":"b"}""", """{"id":"c"}"""], new() { ["SequenceNumberArray"] = new[] { 1L, 2L, 3L } }, retries: 2);
        Assert.Contains("Stream did not handle 2 of 3 messages, the first of them 2: InvalidOperationException: no stock", failure, StringComparison.Ordinal);
        Assert.Equal(["a", "b"], app.Seen.Cast<StreamRecord<Item>>().Select(record => record.Body.Id));
        Assert.Equal(3, Assert.Single(app.Invocations).Attempt);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_batch_of_which_the_host_says_nothing_is_handled_all_the_same(Way way)
    {
        var app = new TriggersApp();
        Assert.Null(await app.DeliverAsync(way, "Stream", ["""{"id":"a"}""", """{"id":"b"}"""], new() { ["SequenceNumberArray"] = "nonsense", ["PropertiesArray"] = "[7]", ["PartitionContext"] = "[" }));
        Assert.Equal([("inv-1/0", ""), ("inv-1/1", "")], app.Seen.Cast<StreamRecord<Item>>().Select(record => (record.Id, record.SequenceNumber)));
    }

    [Theory]
    [InlineData(Way.Managed, "cloudevents")]
    [InlineData(Way.Managed, "eventgridschema")]
    [InlineData(Way.Native, "cloudevents")]
    [InlineData(Way.Native, "eventgridschema")]
    [Supports("Storage trigger", "azure managed")]
    [Supports("Storage trigger", "azure native")]
    public async Task A_blob_event_of_the_documentation_is_a_change_of_an_object(Way way, string schema)
    {
        var sample = File.ReadAllText(RepositoryFolder.SharedOrSkip($"azure/eventgrid.blobcreated.{schema}.json"));
        foreach (var payload in new[] { sample, JsonDocument.Parse(sample).RootElement[0].GetRawText() })
        {
            var app = new TriggersApp();
            Assert.Null(await app.DeliverAsync(way, "Storage", payload));
            var change = app.Only<StorageEvent>();
            Assert.Equal(
                ("831e1650-001e-001b-66ab-eeb76e069631", StorageChange.Created, "test-container", "new-file.txt", 524288L, "0x8D4BCC2E4835CD0", "text/plain"),
                (change.Id, change.Change, change.Bucket, change.Name, change.Size, change.ETag, change.ContentType));
            Assert.Equal(DateTimeOffset.Parse("2017-06-26T18:41:00.9584103Z", System.Globalization.CultureInfo.InvariantCulture), change.Time);
        }
    }

    [Theory]
    [InlineData("Storage", "Microsoft.Storage.BlobCreated", "test-container/blobs/a/b%20c ü.txt", "a/b%20c ü.txt")]
    [InlineData("Deleted", "Microsoft.Storage.BlobDeleted", "test-container/blobs/blobs/x", "blobs/x")]
    [InlineData("Storage", "Microsoft.Storage.BlobCreated", "test-container/blobs/a.png", null)] // another suffix
    [InlineData("Storage", "Microsoft.Storage.BlobDeleted", "test-container/blobs/a.txt", null)] // another change
    [InlineData("Storage", "Microsoft.Storage.BlobCreated", "other/blobs/a.txt", null)] // another container of the account
    [InlineData("Storage", "Microsoft.Storage.BlobTierChanged", "test-container/blobs/a.txt", null)] // neither
    public async Task Only_the_asked_for_changes_arrive_and_the_others_are_no_failure(string function, string type, string path, string? name)
    {
        var app = new TriggersApp();
        Assert.Null(await app.DeliverAsync(Way.Native, function, $$"""{"specversion":"1.0","id":"1","source":"s","data":{},"type":"{{type}}","subject":"/blobServices/default/containers/{{path}}"}"""));
        Assert.Equal(name, app.Seen.Cast<StorageEvent>().SingleOrDefault()?.Name);
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"Microsoft.Storage.BlobCreated","subject":"/elsewhere","data":{}}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"Microsoft.Storage.BlobCreated","subject":"/blobServices/default/containers/c/blobs/"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"Microsoft.Storage.BlobCreated"}""")]
    [InlineData("nonsense")]
    public async Task A_malformed_blob_event_is_poison(string payload) =>
        Assert.Contains("The message is no change of an object.", await new TriggersApp().DeliverAsync(Way.Managed, "Storage", payload), StringComparison.Ordinal);

    [Fact]
    public void The_container_of_a_bucket_may_have_another_name()
    {
        string? Environment(string name) => name == "PORTABLE_BUCKET_MY_UPLOADS" ? "https://acct.blob.core.windows.net/prod-uploads" : null;
        const string payload = """{"specversion":"1.0","id":"1","source":"s","type":"Microsoft.Storage.BlobCreated","subject":"/blobServices/default/containers/prod-uploads/blobs/a","data":{}}""";
        var message = Assert.Single(MessagePayloads.Read(new StorageSource("my-uploads"), [payload], new BindingData(new Dictionary<string, object?>()), "i", 1, Environment));
        Assert.Equal("prod-uploads", Assert.IsType<ObjectChanged>(message.Detail).Change.Bucket);
        Assert.Empty(MessagePayloads.Read(new StorageSource("my-uploads"), [payload], new BindingData(new Dictionary<string, object?>()), "i", 1, static _ => null));
    }

    [Theory, MemberData(nameof(Ways))]
    [Supports("Event trigger", "azure managed")]
    [Supports("Event trigger", "azure native")]
    public async Task An_event_brings_what_CloudEvents_says_of_it(Way way)
    {
        var app = new TriggersApp();
        Assert.Null(await app.DeliverAsync(way, "Event", """
            {"specversion":"1.0","id":"e1","source":"portable.shop","type":"com.acme.placed","subject":"orders/7","time":"2026-01-02T03:04:05Z","datacontenttype":"application/json",
             "dataversion":2,"traceparent":"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01","correlationid":"c1","data":{"id":"7","quantity":2}}
            """));
        var received = app.Only<Event<Item>>();
        Assert.Equal(("e1", "portable.shop", "com.acme.placed", 2, "orders/7", 2, "c1"), (received.Id, received.Source, received.Type, received.Version, received.Subject, received.Data.Quantity, received.Attributes["correlationid"]));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), received.Time);
        Assert.Equal(("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "c1"), Assert.Single(app.Traces));
    }

    [Theory]
    [InlineData("""{"id":"e1","topic":"/t","subject":"orders/7","eventType":"com.acme.placed","eventTime":"2026-01-02T03:04:05Z","data":{"id":"7"},"dataVersion":"2.0","metadataVersion":"1"}""")]
    [InlineData("""{"specversion":"1.0","id":"e1","source":"/t","subject":"orders/7","type":"com.acme.placed","dataversion":"2","data_base64":"eyJpZCI6IjcifQ=="}""")]
    public async Task Event_Grids_own_schema_and_encoded_data_are_read_too(string payload)
    {
        var app = new TriggersApp();
        Assert.Null(await app.DeliverAsync(Way.Native, "Event", payload));
        var received = app.Only<Event<Item>>();
        Assert.Equal(("e1", "/t", 2, "7"), (received.Id, received.Source, received.Version, received.Data.Id));
    }

    [Theory]
    [InlineData(UnknownVersions.DeadLetter, "The event is of version 1; the function takes version 2.", 0)]
    [InlineData(UnknownVersions.Skip, null, 0)]
    [InlineData(UnknownVersions.Accept, null, 1)]
    public async Task Other_versions_follow_the_functions_policy(UnknownVersions policy, string? failure, int handled)
    {
        var app = new TriggersApp { UnknownVersions = policy };
        var answer = await app.DeliverAsync(Way.Managed, "Event", """{"specversion":"1.0","id":"e1","source":"s","type":"com.acme.placed","data":{"id":"7"}}""");
        Assert.Equal(failure is null ? null : "Event did not handle message e1: " + failure, answer);
        Assert.Equal(handled, app.Seen.Count);
    }

    [Theory]
    [InlineData("""{"specversion":"0.3","id":"1","source":"s","type":"com.acme.placed"}""")]
    [InlineData("""{"specversion":"1.0","id":"","source":"s","type":"com.acme.placed"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","type":"com.acme.placed"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"com.acme.placed","dataversion":"x"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"com.acme.placed","dataversion":-2}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"com.acme.placed","data_base64":"!"}""")]
    [InlineData("""{"specversion":"1.0","id":"1\ud800","source":"s","type":"com.acme.placed"}""")]
    [InlineData("""{"specversion":"1.0","id":"1","source":"s","type":"com.acme.placed"} x""")]
    [InlineData("7")]
    [InlineData("")]
    public async Task A_malformed_event_is_poison(string payload) =>
        Assert.Contains("The message is no event.", await new TriggersApp().DeliverAsync(Way.Managed, "Event", payload), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Ways))]
    [Supports("Table trigger", "azure managed")]
    [Supports("Table trigger", "azure native")]
    public async Task A_batch_of_the_change_feed_is_documents_as_they_are_now(Way way)
    {
        var app = new TriggersApp();
        Assert.Null(await app.DeliverAsync(way, "Table", """
            [{"id":"7","quantity":2,"_rid":"Or0zAKFb9w8BAAAAAAAAAA==","_etag":"\"0000\"","_ts":1767323045,"_lsn":12},{"id":"8","quantity":3,"_ts":1767323046,"_etag":"\"0001\""}]
            """));
        Assert.Equal(
            [(TableChangeKind.Written, "7", "Or0zAKFb9w8BAAAAAAAAAA==/12", 2), (TableChangeKind.Written, "8", "8/0001", 3)],
            app.Seen.Cast<TableChange<Item>>().Select(change => (change.Kind, change.Key, change.Id, change.New!.Quantity)));
        var first = (TableChange<Item>)app.Seen.First();
        Assert.Null(first.Old);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), first.Time);
    }

    [Theory]
    [InlineData("""[{"id":"7"},7]""")]
    [InlineData("""[{"id":"7"},{"ID":"8"}]""")]
    public async Task A_document_without_an_id_is_poison(string payload)
    {
        var app = new TriggersApp();
        Assert.Contains("The message is no change of a row.", await app.DeliverAsync(Way.Managed, "Table", payload), StringComparison.Ordinal);
        Assert.Equal("7", app.Only<TableChange<Item>>().Key);
    }

    [Theory, MemberData(nameof(Ways))]
    [Supports("Device trigger", "azure managed")]
    [Supports("Device trigger", "azure native")]
    public async Task A_devices_message_names_the_device_that_the_hub_knows(Way way)
    {
        var app = new TriggersApp();
        var data = Batch();
        data["SystemPropertiesArray"] = new object[] { new Dictionary<string, object> { ["iothub-connection-device-id"] = "pump-1", ["iothub-enqueuedtime"] = 1620647502173 }, new Dictionary<string, object> { ["mqtt-topic"] = "t" } };
        if (way == Way.Managed)
        {
            data["SystemPropertiesArray"] = JsonSerializer.Serialize(data["SystemPropertiesArray"]);
        }

        Assert.Null(await app.DeliverAsync(way, "Device", ["""{"id":"a"}""", """{"id":"b"}"""], data));
        Assert.Equal([("3/41", "pump-1", null), ("3/42", null, "t")], app.Seen.Cast<DeviceMessage<Item>>().Select(message => (message.Id, message.DeviceId, message.Topic)));
    }

    [Theory]
    [InlineData("""{"Data":{"messages":"7"}}""")]
    [InlineData("""{"Data":{"other":"7"}}""")]
    [InlineData("""{"Data":[]}""")]
    [InlineData("""{"Data":{"message":"\ud800"}}""")]
    public async Task An_invocation_of_another_form_is_400(string invocation) => Assert.Equal(400, (await new TriggersApp().PostAsync("Queue", System.Text.Encoding.UTF8.GetBytes(invocation))).Status);

    [Fact]
    public async Task Invalid_UTF8_is_400() => Assert.Equal(400, (await new TriggersApp().PostAsync("Queue", [.. "{\"Data\":{\"message\":\""u8, 0xff, .. "\"}}"u8])).Status);

    private static Dictionary<string, object?> Batch() => new()
    {
        ["PartitionContext"] = """{"FullyQualifiedNamespace":"n","EventHubName":"clicks","ConsumerGroup":"$Default","PartitionId":"3"}""",
        ["SequenceNumberArray"] = new[] { 41L, 42L },
        ["PartitionKeyArray"] = new string?[] { "customer-1", null },
        ["EnqueuedTimeUtcArray"] = new[] { "2026-01-02T03:04:05", "2026-01-02T03:04:06" },
        ["PropertiesArray"] = """[{"Kind":"web"},{"Kind":7}]""",
    };
}
