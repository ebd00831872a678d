using System.Text;
using Portable.Aws.Events;
using Portable.Aws.Tests.App;
using Portable.TestKit;

namespace Portable.Aws.Tests;

public sealed class QueueEventTests
{
    private const string Good = """{"id":"g","total":5}""";
    private const string Bad = """{"id":"b","total":-1}""";

    [Fact]
    [Supports("Queue trigger, single messages", "aws native")]
    public async Task Everything_the_queue_says_of_a_message_is_there()
    {
        Assert.Equal("""{"batchItemFailures":[]}""", await InvokeAsync("Fulfil", Samples.Sqs(false, ("everything", Good))));
        Assert.Contains("everything g 2 2018-03-09T18:53:45.0290000+00:00 Tenant=blue,Raw=AQID", TestApplication.Journal);
    }

    [Fact]
    [Supports("Partial batch failure", "aws native")]
    public async Task Only_the_messages_that_failed_come_again() => Assert.Equal(
        """{"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":"4"}]}""",
        await InvokeAsync("Fulfil", Samples.Sqs(false, ("1", Good), ("2", Bad), ("3", Good), ("4", "poison"))));

    [Fact]
    [Supports("Ordered queue trigger", "aws native")]
    public async Task In_a_fifo_queue_everything_after_a_failure_comes_again() => Assert.Equal(
        """{"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":"3"}]}""",
        await InvokeAsync("Fulfil", Samples.Sqs(true, ("1", Good), ("2", Bad), ("3", Good))));

    [Fact]
    [Supports("Queue trigger, batches", "aws native")]
    public async Task A_batch_handler_names_what_failed() => Assert.Equal(
        """{"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":"4"}]}""",
        await InvokeAsync("Batch", Samples.Sqs(false, ("1", Good), ("2", Bad), ("3", Good), ("4", "poison"))));

    [Fact]
    public async Task A_batch_handler_of_a_fifo_queue_cannot_leave_gaps() => Assert.Equal(
        """{"batchItemFailures":[{"itemIdentifier":"2"},{"itemIdentifier":"3"},{"itemIdentifier":"4"}]}""",
        await InvokeAsync("Batch", Samples.Sqs(true, ("1", Good), ("2", Bad), ("3", Good), ("4", Good))));

    [Fact]
    public async Task A_batch_handler_that_throws_fails_the_whole_batch() => Assert.Equal(
        """{"batchItemFailures":[{"itemIdentifier":"1"},{"itemIdentifier":"2"}]}""",
        await InvokeAsync("Batch", Samples.Sqs(false, ("1", Good), ("2", """{"id":"z","total":0}"""))));

    [Fact]
    public async Task An_empty_batch_is_done() => Assert.Equal("""{"batchItemFailures":[]}""", await InvokeAsync("Fulfil", """{"Records":[]}"""));

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"Records\":null}")]
    [InlineData("{\"Records\":{}}")]
    [InlineData("{\"Records\":[1]}")]
    [InlineData("{\"Records\":[{}]}")]
    [InlineData("{\"Records\":[{\"messageId\":\"\",\"body\":\"\"}]}")]
    [InlineData("{\"Records\":[{\"Sns\":{\"Message\":\"m\"}}]}")]
    [InlineData("{\"Records\":[")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    public void What_is_no_batch_is_malformed(string json) => Assert.Throws<MalformedEventException>(() => SqsEvent.Read(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("\"3\"", 3)]
    [InlineData("3", 3)]
    [InlineData("\"x\"", 1)]
    [InlineData("\"-5\"", 1)]
    [InlineData("\"99999999999\"", int.MaxValue)]
    [InlineData("null", 1)]
    [InlineData("{\"a\":[1]}", 1)]
    public void Odd_counts_do_no_harm(string count, int expected)
    {
        var batch = SqsEvent.Read(Encoding.UTF8.GetBytes($$$"""{"Records":[{"messageId":"1","body":"","attributes":{"ApproximateReceiveCount":{{{count}}},"SentTimestamp":{{{count}}}}}]}"""));
        Assert.Equal(expected, batch.Messages[0].DeliveryCount);
        Assert.Equal(expected, batch.Attempt);
        Assert.False(batch.Ordered);
    }

    [Fact]
    public async Task A_message_without_a_body_fails_alone() => Assert.Equal(
        """{"batchItemFailures":[{"itemIdentifier":"2"}]}""",
        await InvokeAsync("Fulfil", Samples.Sqs(false, ("1", Good), ("2", "gone"), ("3", Good)).Replace("\"body\":\"gone\"", "\"body\":null", StringComparison.Ordinal)));

    [Fact]
    public void Attributes_are_found_ignoring_case()
    {
        var batch = SqsEvent.Read(Encoding.UTF8.GetBytes(Samples.Sqs(true, ("1", "a\u00e9\n"))));
        Assert.True(batch.Ordered);
        Assert.Equal("blue", batch.Messages[0].Attributes!["TENANT"]);
        Assert.Equal("a\u00e9\n", Encoding.UTF8.GetString(batch.Messages[0].Body.Span));
    }

    private static async Task<string> InvokeAsync(string function, string json)
    {
        await using var runtime = new InProcessRuntime(function);
        var answer = await runtime.Api.InvokeAsync(json);
        Assert.False(answer.IsError, answer.Body);
        return answer.Body;
    }
}
