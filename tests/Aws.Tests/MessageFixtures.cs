using System.Text;
using System.Text.Json;
using Portable.Runtime;
using Portable.Runtime.Json;
using Portable.Aws.Tests.App;

namespace Portable.Aws.Tests;

/// <summary>One function per kind of message source, and events for them in the forms that AWS documents.</summary>
internal static class MessageFixtures
{
    /// <summary>The functions, which write what they see into a list and fail for a total below zero.</summary>
    public static PortableApp Functions(List<string> seen, bool batches = false)
    {
        var order = PortableJson.From<Order>(TestJson.Default);
        return new PortableApp("aws",
        [
            new MessageFunction("Stream", new StreamSource("clicks"), call => HandleAsync(call, MessageReaders.Record(order), record => $"{record.Id} {record.PartitionKey} {record.SequenceNumber} {record.ArrivedAt:O} {See(record.Body)}")),
            new MessageFunction("Table", new TableSource("orders"), call => HandleAsync(call, MessageReaders.Row(order), row => $"{row.Kind} {row.Key} {See(row.Old)} -> {See(row.New)} {row.Time:O}")),
            new MessageFunction("Storage", new StorageSource("uploads", Suffix: ".jpg"), call => HandleAsync(call, MessageReaders.Object, change => $"{change.Change} {change.Bucket} {change.Name} {change.Size} {change.ETag} {change.Time:O} {Fail(change.Name == "fails.jpg")}")),
            new MessageFunction("Event", new EventSource("com.acme.order.placed", 2), call => HandleAsync(call, MessageReaders.Event(order), e => $"{e.Id} {e.Source} {e.Type} {e.Version} {e.Subject} {e.Time:O} {string.Join(',', e.Attributes)} {See(e.Data)}")),
            new MessageFunction("Device", new DeviceSource("devices/+/telemetry"), call => HandleAsync(call, MessageReaders.Device(order), message => $"{message.Id} {message.DeviceId} {message.Topic} {message.SentAt:O} {See(message.Body)}")),
            new MessageFunction("Queue", new QueueSource("orders"), call => HandleAsync(call, MessageReaders.Message(order), message => $"{message.Id} {See(message.Body)}")),
        ], []);

        async ValueTask<BatchResult> HandleAsync<T>(MessageCall call, MessageReader<T> reader, Func<T, string> see)
        {
            if (!batches)
            {
                return await call.ForEachAsync(reader, (_, message) =>
                {
                    seen.Add(see(message));
                    return default;
                });
            }

            seen.AddRange(call.Read(reader).Select(see));
            return call.Complete(BatchResult.Success);
        }
    }

    /// <summary>Handles an event with a function as managed code does.</summary>
    public static async Task<string> InvokeAsync(this PortableApp app, string function, string json)
    {
        using var reader = new StreamReader(await new LambdaFunction(app, function).InvokeAsync(new MemoryStream(Encoding.UTF8.GetBytes(json)), "request", TimeSpan.FromSeconds(10)));
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public static string Kinesis(params (string Sequence, string Json)[] records) => "{\"Records\":[" + string.Join(',', records.Select(static record => $$$"""
        {"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"p1","sequenceNumber":"{{{record.Sequence}}}","data":"{{{Convert.ToBase64String(Encoding.UTF8.GetBytes(record.Json))}}}","approximateArrivalTimestamp":1480641523.477},
         "eventSource":"aws:kinesis","eventVersion":"1.0","eventID":"shardId-000000000006:{{{record.Sequence}}}","eventName":"aws:kinesis:record","invokeIdentityArn":"arn:aws:iam::123456789012:role/r","awsRegion":"us-east-2","eventSourceARN":"arn:aws:kinesis:us-east-2:123456789012:stream/clicks"}
        """)) + "]}";

    public static string DynamoDb(params (string Sequence, string Name, string? Old, string? New)[] records) => "{\"Records\":[" + string.Join(',', records.Select(static record => $$$"""
        {"eventID":"e{{{record.Sequence}}}","eventName":"{{{record.Name}}}","eventVersion":"1.1","eventSource":"aws:dynamodb","awsRegion":"us-east-1",
         "dynamodb":{"ApproximateCreationDateTime":1480642020,"Keys":{"sort":{"N":"7"},"id":{"S":"a"}}{{{Image("OldImage", record.Old)}}}{{{Image("NewImage", record.New)}}},"SequenceNumber":"{{{record.Sequence}}}","SizeBytes":54,"StreamViewType":"NEW_AND_OLD_IMAGES"},
         "eventSourceARN":"arn:aws:dynamodb:us-east-1:123456789012:table/orders/stream/2016-12-01T00:00:00.000"}
        """)) + "]}";

    public static string Row(string id, int total) => $$$"""{"id":{"S":"{{{id}}}"},"total":{"N":"{{{total}}}"}}""";

    public static string S3(params (string Name, string Key)[] records) => "{\"Records\":[" + string.Join(',', records.Select(static (record, index) => $$$"""
        {"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"us-east-1","eventTime":"2026-03-01T03:00:00.123Z","eventName":"{{{record.Name}}}","userIdentity":{"principalId":"EXAMPLE"},
         "s3":{"s3SchemaVersion":"1.0","configurationId":"c","bucket":{"name":"uploads","ownerIdentity":{"principalId":"EXAMPLE"},"arn":"arn:aws:s3:::uploads"},
               "object":{"key":"{{{record.Key}}}","size":1024,"eTag":"0123","sequencer":"0A{{{index}}}" } } }
        """)) + "]}";

    public static string Bus(string type, string detail, string resources = "", string source = "portable.orders") => $$$"""
        {"version":"0","id":"17793124-05d4-b198-2fde-7ededc63b103","detail-type":"{{{type}}}","source":"{{{source}}}","account":"111122223333","time":"2026-03-01T03:00:00Z","region":"ca-central-1","resources":[{{{resources}}}],"detail":{{{detail}}}}
        """;

    private static string Image(string name, string? json) => json is null ? "" : $",\"{name}\":{json}";

    private static string See(Order? order) => order is null ? "-" : order.Total < 0 ? throw new InvalidOperationException("A negative total.") : $"{order.Id}:{order.Total}";

    private static string Fail(bool fails) => fails ? throw new InvalidOperationException("It fails.") : "";
}
