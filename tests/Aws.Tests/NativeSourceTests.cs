using Portable.TestKit;
using static Portable.Aws.Tests.MessageFixtures;

namespace Portable.Aws.Tests;

/// <summary>Every kind of source through the native runtime's loop; the events themselves are tested one by one beside this.</summary>
public sealed class NativeSourceTests
{
    private const string Good = """{"id":"g","total":5}""";
    private const string Bad = """{"id":"b","total":-1}""";

    private readonly List<string> _seen = [];

    [Fact]
    [Supports("Stream trigger", "aws native")]
    [Supports("Ordered sources stop at the first failure", "aws native")]
    public Task Streams() => HandlesAsync("Stream", Kinesis(("1", Good), ("2", Bad), ("3", Good)), """{"batchItemFailures":[{"itemIdentifier":"2"}]}""", 1);

    [Fact]
    [Supports("Table trigger", "aws native")]
    public Task Tables() => HandlesAsync("Table", DynamoDb(("1", "INSERT", null, Row("a", 1))), """{"batchItemFailures":[]}""", 1);

    [Fact]
    [Supports("Storage trigger", "aws native")]
    public Task Buckets() => HandlesAsync("Storage", S3(("ObjectCreated:Put", "a.jpg"), ("ObjectCreated:Copy", "b.jpg")), "null", 2);

    [Fact]
    [Supports("Event trigger", "aws native")]
    public Task Events() => HandlesAsync("Event", Bus("com.acme.order.placed.v2", Good), "null", 1);

    [Fact]
    [Supports("Device trigger", "aws native")]
    public Task Devices() => HandlesAsync("Device", Good, "null", 1);

    [Fact]
    [Supports("Ordered queue trigger", "aws managed")]
    public async Task Fifo_queues_in_managed_hosting() => Assert.Equal(
        """{"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":"3"}]}""", await Functions(_seen).InvokeAsync("Queue", Samples.Sqs(true, ("1", Good), ("2", Bad), ("3", Good))));

    [Fact]
    public async Task A_failed_event_of_an_asynchronous_source_is_an_error_that_Lambda_retries()
    {
        await using var runtime = new InProcessRuntime("Device", app: Functions(_seen));
        var answer = await runtime.Api.InvokeAsync(Bad);
        Assert.True(answer.IsError);
        Assert.Equal("EventFailedException", answer.Headers["Lambda-Runtime-Function-Error-Type"]);
        Assert.False((await runtime.Api.InvokeAsync(Good)).IsError);
    }

    private async Task HandlesAsync(string function, string json, string expected, int handled)
    {
        await using var runtime = new InProcessRuntime(function, app: Functions(_seen));
        var answer = await runtime.Api.InvokeAsync(json);
        Assert.False(answer.IsError, answer.Body);
        Assert.Equal(expected, answer.Body);
        Assert.Equal(handled, _seen.Count);
    }
}
