using System.Text;
using Portable.Aws.Events;
using Portable.Runtime;
using Portable.TestKit;
using static Portable.Aws.Tests.MessageFixtures;

namespace Portable.Aws.Tests;

/// <summary>S3, EventBridge and IoT: sources that hand over an event and try it again as a whole.</summary>
public sealed class AsynchronousEventTests
{
    private const string Good = """{"id":"g","total":5}""";

    private readonly List<string> _seen = [];

    [Fact]
    [Supports("Storage trigger", "aws managed")]
    public async Task A_notification_of_a_bucket_has_its_key_decoded()
    {
        Assert.Equal("null", await Functions(_seen).InvokeAsync("Storage", S3(("ObjectCreated:Put", "a/New+File%2B%C3%A9.jpg"), ("ObjectCreated:Put", "other.png"), ("ObjectRemoved:Delete", "gone.jpg"), ("ObjectTagging:Put", "tagged.jpg"))));
        Assert.Equal(["Created uploads a/New File+é.jpg 1024 0123 2026-03-01T03:00:00.1230000+00:00 "], _seen);
    }

    [Fact]
    public async Task One_failed_record_fails_the_event()
    {
        var error = await Assert.ThrowsAsync<EventFailedException>(() => Functions(_seen).InvokeAsync("Storage", S3(("ObjectCreated:Put", "fails.jpg"), ("ObjectCreated:Put", "good.jpg"))));
        Assert.Equal("1 of 2 records of the event were not handled. The first: InvalidOperationException: It fails.", error.Message);
        Assert.Single(_seen); // the one behind it was handled
    }

    [Theory]
    [InlineData("Object Created", StorageChange.Created)]
    [InlineData("Object Deleted", StorageChange.Deleted)]
    public void S3_speaks_through_EventBridge_too(string type, StorageChange expected)
    {
        var batch = S3Event.Read(Encoding.UTF8.GetBytes(Bus(type, """{"version":"0","bucket":{"name":"uploads"},"object":{"key":"a+b%20c.jpg","size":5,"etag":"e","version-id":"v","sequencer":"617f"},"reason":"PutObject"}""", source: "aws.s3")));
        var change = Assert.IsType<ObjectChanged>(Assert.Single(batch.Messages).Detail).Change;
        Assert.Equal((expected, "uploads", "a+b%20c.jpg", 5L, "e"), (change.Change, change.Bucket, change.Name, change.Size!.Value, change.ETag!)); // keys are plain there
        Assert.Equal("uploads/a%2Bb%2520c.jpg#617f", change.Id);
    }

    [Fact]
    public async Task The_vendors_own_storage_events_are_read()
    {
        var direct = S3Event.Read(await File.ReadAllBytesAsync(RepositoryFolder.SharedOrSkip("aws/aws-lambda-dotnet/s3-event.json"), TestContext.Current.CancellationToken));
        Assert.Equal(["HappyFace.jpg", "New File.jpg"], direct.Messages.Select(static message => ((ObjectChanged)message.Detail!).Change.Name));
        var bus = S3Event.Read(await File.ReadAllBytesAsync(RepositoryFolder.SharedOrSkip("aws/aws-lambda-dotnet/cloudwatchevents-s3objectcreated.json"), TestContext.Current.CancellationToken));
        Assert.Equal("DOC-EXAMPLE-BUCKET1", ((ObjectChanged)Assert.Single(bus.Messages).Detail!).Change.Bucket);
    }

    [Fact]
    [Supports("Event trigger", "aws managed")]
    public async Task An_event_brings_what_its_publisher_wrote()
    {
        Assert.Equal("null", await Functions(_seen).InvokeAsync("Event", Bus("com.acme.order.placed.v2", Good,
            """ "urn:portable:id:evt-1","urn:portable:subject:orders%2F7","urn:portable:traceparent:00-a-b-01","urn:portable:correlationid:c-1","arn:aws:x","urn:portable:","urn:portable:x" """)));
        Assert.Equal(["evt-1 portable.orders com.acme.order.placed 2 orders/7 2026-03-01T03:00:00.0000000+00:00 [traceparent, 00-a-b-01],[correlationid, c-1] g:5"], _seen);
    }

    [Fact]
    public async Task An_event_of_somebody_else_has_EventBridges_id()
    {
        var batch = BusEvent.Read(Encoding.UTF8.GetBytes(Bus("Order Placed", Good, source: "com.acme")), "Order Placed");
        var message = Assert.Single(batch.Messages);
        Assert.Equal("17793124-05d4-b198-2fde-7ededc63b103", message.Id);
        Assert.Equal(new EventDescription("com.acme", "Order Placed", 1, null, "application/json"), message.Detail);
        await Assert.ThrowsAsync<EventFailedException>(() => Functions(_seen).InvokeAsync("Event", Bus("com.acme.order.placed", Good))); // version 1, where the function takes 2
    }

    [Theory]
    [InlineData("a.v2", "a", "a", 2)]
    [InlineData("a.v2", "a.v2", "a.v2", 1)]
    [InlineData("a.v1", "a", "a.v1", 1)]
    [InlineData("a.v02", "a", "a.v02", 1)]
    [InlineData("a.v", "a", "a.v", 1)]
    [InlineData("a.vx", "a", "a.vx", 1)]
    [InlineData("a.v99999999999", "a", "a.v99999999999", 1)]
    [InlineData(".v2", "a", ".v2", 1)]
    public void A_version_stands_behind_the_type(string detailType, string wanted, string type, int version) =>
        Assert.Equal((type, version), BusEvent.SplitVersion(detailType, wanted));

    [Fact]
    [Supports("Device trigger", "aws managed")]
    public async Task A_device_speaks_through_a_rule()
    {
        Assert.Equal("null", await Functions(_seen).InvokeAsync("Device", """{"id":"g","total":5,"deviceId":"d1","topic":"devices/d1/telemetry","timestamp":1772334000123}"""));
        Assert.Equal("null", await Functions(_seen).InvokeAsync("Device", Good));
        Assert.Equal(["request d1 devices/d1/telemetry 2026-03-01T03:00:00.1230000+00:00 g:5", "request    g:5"], _seen);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_fails_its_invocation()
    {
        var error = await Assert.ThrowsAsync<EventFailedException>(() => Functions(_seen).InvokeAsync("Device", "[1]"));
        Assert.StartsWith("The event was not handled: The body is not valid JSON for Order", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<EventFailedException>(() => Functions(_seen).InvokeAsync("Event", """{"id":"1","source":"s","detail-type":"com.acme.order.placed.v2"}"""));
        Assert.Contains("no detail", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Storage", "{}")]
    [InlineData("Storage", "{\"Records\":[{}]}")]
    [InlineData("Storage", "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"b\"}}}]}")]
    [InlineData("Storage", "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":[]}]}")]
    [InlineData("Storage", "{\"detail-type\":\"Object Created\"}")]
    [InlineData("Event", "{\"id\":\"1\"}")]
    [InlineData("Event", "{\"id\":\"1\",\"detail-type\":\"t\"}")]
    [InlineData("Event", "[]")]
    [InlineData("Event", "{\"id\":\"\\ud800\"}")]
    [InlineData("Device", "{")]
    [InlineData("Device", "")]
    public async Task What_is_no_event_of_the_source_is_malformed(string function, string json) =>
        await Assert.ThrowsAsync<MalformedEventException>(() => Functions(_seen).InvokeAsync(function, json));
}
