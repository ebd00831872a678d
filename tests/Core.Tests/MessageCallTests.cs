using System.Text;
using Portable.Runtime;
using Portable.Runtime.Json;

namespace Portable.Core.Tests;

public sealed class MessageCallTests
{
    [Fact]
    public async Task A_failure_fails_its_message_alone()
    {
        var seen = new List<int>();
        var outcome = await Deliver(["1", "2", "3"], ordered: false, (message, _) =>
        {
            seen.Add(message.Body);
            return message.Body == 2 ? throw new InvalidOperationException("no") : default;
        });

        Assert.Equal([1, 2, 3], seen);
        Assert.Equal(["m2"], outcome.Failed.Select(failed => failed.Id));
        Assert.Equal("InvalidOperationException: no", outcome.Failed[0].Reason);
        Assert.Empty(outcome.Poison);
    }

    [Fact]
    public async Task An_ordered_source_stops_at_the_first_failure()
    {
        var seen = new List<int>();
        var outcome = await Deliver(["1", "2", "3"], ordered: true, (message, _) =>
        {
            seen.Add(message.Body);
            return message.Body == 2 ? throw new InvalidOperationException("no") : default;
        });

        Assert.Equal([1, 2], seen);
        Assert.Equal(["m2", "m3"], outcome.Failed.Select(failed => failed.Id));
    }

    [Theory]
    [InlineData("\"x\"")]
    [InlineData("{")]
    [InlineData("")]
    public async Task A_body_that_is_no_payload_is_poison(string body)
    {
        var outcome = await Deliver(["1", body], ordered: false, (_, _) => default);
        Assert.Equal(["m2"], outcome.Failed.Select(failed => failed.Id));
        Assert.Equal(["m2"], outcome.Poison.Select(failed => failed.Id));
        Assert.Contains("not valid JSON for Int32", outcome.Poison[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_handler_that_throws_fails_every_message()
    {
        await using var app = new PortableApp("local", [], [], Quiet);
        var function = new MessageFunction("f", new QueueSource("q") { BatchSize = 10 }, handlesBatches: true, handler: _ => throw new InvalidOperationException("no"));
        var outcome = await new FunctionInvoker(app).InvokeAsync(function, Messages(["1", "2"]), new InvocationContext(app, "f", "1"));
        Assert.Equal(["m1", "m2"], outcome.Failed.Select(failed => failed.Id));
    }

    [Fact]
    public async Task A_batch_handler_sees_the_readable_messages_and_reports_its_own_failures()
    {
        await using var app = new PortableApp("local", [], [], Quiet);
        var function = new MessageFunction("f", new QueueSource("q") { BatchSize = 10 }, handlesBatches: true, handler: call =>
        {
            var messages = call.Read(MessageReaders.Message(PortableJson.From<int>(PrimitiveJson.Default)));
            Assert.Equal([1, 3], messages.Select(message => message.Body));
            return ValueTask.FromResult(call.Complete(BatchResult.Partial("m3")));
        });
        var outcome = await new FunctionInvoker(app).InvokeAsync(function, Messages(["1", "x", "3"]), new InvocationContext(app, "f", "1"));
        Assert.Equal(["m3", "m2"], outcome.Failed.Select(failed => failed.Id));
        Assert.Equal(["m2"], outcome.Poison.Select(failed => failed.Id));
    }

    private static async Task<MessageOutcome> Deliver(string[] bodies, bool ordered, Func<Message<int>, InvocationContext, ValueTask> handler)
    {
        await using var app = new PortableApp("local", [], [], Quiet);
        var function = new MessageFunction("f", new QueueSource("q") { BatchSize = 10 }, handlesBatches: false, handler: call =>
            call.ForEachAsync(MessageReaders.Message(PortableJson.From<int>(PrimitiveJson.Default)), (c, message) => handler(message, c.Context)));
        return await new FunctionInvoker(app).InvokeAsync(function, Messages(bodies), new InvocationContext(app, "f", "1"), ordered);
    }

    private static ReceivedMessage[] Messages(string[] bodies) =>
        [.. bodies.Select((body, i) => new ReceivedMessage($"m{i + 1}", Encoding.UTF8.GetBytes(body)))];

    private static void Quiet(IPortableBuilder app) =>
        Microsoft.Extensions.DependencyInjection.LoggingServiceCollectionExtensions.AddLogging(app.Services, logging => Microsoft.Extensions.Logging.LoggingBuilderExtensions.ClearProviders(logging));
}
