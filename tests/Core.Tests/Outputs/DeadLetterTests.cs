using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Runtime;
using Portable.Runtime.Json;

namespace Portable.Core.Tests.Outputs;

/// <summary>What becomes of messages that a function with a dead letter queue cannot handle.</summary>
public sealed class DeadLetterTests
{
    private readonly RecordingBackend _backend = new();
    private readonly List<int> _handled = [];

    [Fact]
    public async Task A_poison_message_is_in_the_queue_with_its_reason_and_is_done()
    {
        var poison = Message("m1", "{") with { Attributes = new Dictionary<string, string> { ["tenant"] = "blue", ["traceparent"] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", ["bad\nname"] = "x", ["bad-value"] = "a\nb" } };
        var outcome = await Deliver([poison, Message("m2", "2")]);
        Assert.True(outcome.Succeeded);
        Assert.Equal(["m1"], outcome.DeadLettered.Select(letter => letter.Id));
        Assert.Equal([2], _handled);
        var (queue, letter) = Assert.Single(_backend.Messages);
        Assert.Equal(("orders-dead", "{"), (queue, Encoding.UTF8.GetString(letter.Body.Span)));
        Assert.Contains("not valid JSON for Int32", letter.Attributes["portable-dead-letter-reason"], StringComparison.Ordinal);
        Assert.Equal(("settle", "m1", "blue"), (letter.Attributes["portable-dead-letter-function"], letter.Attributes["portable-dead-letter-id"], letter.Attributes["tenant"]));
        Assert.Equal("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", letter.Attributes["traceparent"]);
        Assert.DoesNotContain("bad-value", letter.Attributes.Keys);
        Assert.DoesNotContain("bad\nname", letter.Attributes.Keys);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(7, true)]
    public async Task The_last_attempt_decides(int deliveryCount, bool dead)
    {
        var outcome = await Deliver([Message("m1", "13", deliveryCount), Message("m2", "2", deliveryCount)]);
        Assert.Equal(dead, outcome.Succeeded);
        Assert.Equal(dead ? 1 : 0, _backend.Messages.Count);
        Assert.Equal([13, 2], _handled);
        if (dead)
        {
            Assert.Equal("InvalidOperationException: unlucky", _backend.Messages[0].Message.Attributes["portable-dead-letter-reason"]);
        }
    }

    [Fact]
    public async Task An_ordered_source_goes_on_behind_a_dead_letter_and_stops_at_a_failure_that_is_tried_again()
    {
        var outcome = await Deliver([Message("m1", "{"), Message("m2", "13", 3), Message("m3", "3"), Message("m4", "13", 1), Message("m5", "5", 3)], ordered: true);
        Assert.Equal([13, 3, 13], _handled);
        Assert.Equal(["m4", "m5"], outcome.Failed.Select(failed => failed.Id));
        Assert.Equal(["m1", "m2"], _backend.Messages.Select(sent => sent.Message.Attributes["portable-dead-letter-id"]));
    }

    [Fact]
    public async Task What_cannot_be_sent_stays_failed_and_an_ordered_source_stops()
    {
        _backend.Fails = true;
        var outcome = await Deliver([Message("m1", "{"), Message("m2", "2")], ordered: true);
        Assert.Equal(["m1", "m2"], outcome.Failed.Select(failed => failed.Id));
        Assert.Equal(["m1"], outcome.Poison.Select(failed => failed.Id));
        Assert.Empty(outcome.DeadLettered);
        Assert.Empty(_handled);
    }

    [Fact]
    public async Task A_batch_handler_has_the_readable_ones_and_what_it_reports_on_the_last_attempt_is_dead()
    {
        MessageHandler handler = call =>
        {
            var messages = call.Read(MessageReaders.Message(PortableJson.From<int>(PrimitiveJson.Default)));
            _handled.AddRange(messages.Select(message => message.Body));
            return ValueTask.FromResult(call.Complete(BatchResult.Partial("m3", "m4")));
        };
        var outcome = await Deliver([Message("m1", "{"), Message("m2", "2"), Message("m3", "3", 3), Message("m4", "4", 2)], ordered: true, handler);
        Assert.Equal([2, 3, 4], _handled);
        Assert.Equal(["m4"], outcome.Failed.Select(failed => failed.Id));
        Assert.Equal(["m3", "m1"], _backend.Messages.Select(sent => sent.Message.Attributes["portable-dead-letter-id"]));
    }

    [Fact]
    public async Task A_batch_handler_that_throws_on_the_last_attempt()
    {
        var outcome = await Deliver([Message("m1", "1", 3), Message("m2", "2", 1)], handler: _ => throw new TimeoutException("slow"));
        Assert.Equal(["m2"], outcome.Failed.Select(failed => failed.Id));
        Assert.Equal("TimeoutException: slow", _backend.Messages[0].Message.Attributes["portable-dead-letter-reason"]);
    }

    [Fact]
    public async Task A_host_that_stops_gives_nothing_up()
    {
        using var stopping = new CancellationTokenSource();
        var outcome = await Deliver([Message("m1", "99", 3), Message("m2", "2", 3)], abort: stopping);
        Assert.Equal([99], _handled);
        Assert.Equal(["m1", "m2"], outcome.Failed.Select(failed => failed.Id));
        Assert.Empty(_backend.Messages);
    }

    [Fact]
    public async Task Events_of_another_version_are_dead_as_cloud_events()
    {
        var message = Message("e1", """{"a":1}""") with { Detail = new EventDescription("shop", "placed", 2, "orders/1"), EnqueuedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) };
        var outcome = await Deliver([message], source: new EventSource("placed"));
        Assert.True(outcome.Succeeded);
        var (_, letter) = Assert.Single(_backend.Messages);
        Assert.Contains("version 2", letter.Attributes["portable-dead-letter-reason"], StringComparison.Ordinal);
        Assert.Equal(
            """{"specversion":"1.0","id":"e1","source":"shop","type":"placed","subject":"orders/1","time":"2026-01-02T03:04:05+00:00","dataversion":"2","data":{"a":1}}""",
            Encoding.UTF8.GetString(letter.Body.Span));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("\"\xff\"")]
    public async Task Data_of_an_event_that_is_no_json_is_kept_as_bytes(string data)
    {
        var message = new ReceivedMessage("e1", Encoding.Latin1.GetBytes(data), Detail: new EventDescription("shop", "other"));
        await Deliver([message], source: new EventSource("placed"));
        using var letter = JsonDocument.Parse(_backend.Messages[0].Message.Body);
        Assert.Equal(Encoding.Latin1.GetBytes(data), letter.RootElement.GetProperty("data_base64").GetBytesFromBase64());
    }

    [Fact]
    public async Task Changes_of_rows_and_objects_are_dead_as_json()
    {
        MessageHandler fail = _ => throw new InvalidOperationException("no");
        await Deliver([new ReceivedMessage("r1", default, 3, Detail: new RowChanged(TableChangeKind.Modified, "7", Encoding.UTF8.GetBytes("""{"a":1}"""), Encoding.UTF8.GetBytes("""{"a":2}""")))], handler: fail, source: new TableSource("orders"));
        await Deliver([new ReceivedMessage("o1", default, 3, Detail: new ObjectChanged(new StorageEvent("o1", StorageChange.Created, "uploads", "a/b.txt", 5)))], handler: fail, source: new StorageSource("uploads"));
        Assert.Equal(
            ["""{"kind":"Modified","key":"7","old":{"a":1},"new":{"a":2}}""", """{"change":"Created","bucket":"uploads","name":"a/b.txt","size":5}"""],
            _backend.Messages.Select(sent => Encoding.UTF8.GetString(sent.Message.Body.Span)));
    }

    [Fact]
    public async Task Reasons_are_one_line_that_fits_and_ten_attributes_are_the_most()
    {
        var attributes = Enumerable.Range(0, 20).ToDictionary(i => $"own-{i}", _ => "x");
        MessageHandler fail = _ => throw new InvalidOperationException("first\r\nsecond" + new string('x', 5000));
        await Deliver([Message("m1", "1", 3) with { Attributes = attributes }], handler: fail);
        var letter = _backend.Messages[0].Message;
        Assert.StartsWith("InvalidOperationException: first  second", letter.Attributes["portable-dead-letter-reason"], StringComparison.Ordinal);
        Assert.Equal(1024, letter.Attributes["portable-dead-letter-reason"].Length);
        Assert.Equal(10, letter.Attributes.Count);
    }

    private async Task<MessageOutcome> Deliver(ReceivedMessage[] messages, bool ordered = false, MessageHandler? handler = null, MessageSource? source = null, CancellationTokenSource? abort = null)
    {
        handler ??= call => call.ForEachAsync(MessageReaders.Message(PortableJson.From<int>(PrimitiveJson.Default)), (_, message) =>
        {
            _handled.Add(message.Body);
            if (message.Body == 99)
            {
                abort!.Cancel();
                abort.Token.ThrowIfCancellationRequested();
            }

            return message.Body == 13 ? throw new InvalidOperationException("unlucky") : default;
        });
        await using var app = new PortableApp("aws", [], [], builder => builder.Services.AddLogging(static logging => logging.ClearProviders()), outputs: _backend);
        var function = new MessageFunction("settle", source ?? new QueueSource("orders"), handler, retry: RetryPolicy.Create(3), deadLetter: "orders-dead");
        return await new FunctionInvoker(app).InvokeAsync(function, messages, new InvocationContext(app, "settle", "i", abort: abort?.Token ?? default), ordered);
    }

    private static ReceivedMessage Message(string id, string body, int deliveryCount = 1) => new(id, Encoding.UTF8.GetBytes(body), deliveryCount);
}
