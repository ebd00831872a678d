using System.Text;
using Portable.Runtime;

namespace Portable.Core.Tests;

/// <summary>What an invocation is followed by, and whose trace it belongs to.</summary>
public sealed class CorrelationTests
{
    private const string Trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private const string OtherTrace = "00-1111111111111111a3ce929d0e0e4736-00f067aa0ba902b7-00";

    [Theory]
    [InlineData("order-7", "order-7")]
    [InlineData("with space", null)]
    [InlineData("line\nbreak", null)]
    [InlineData("\"quoted\"", "\"quoted\"")]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("ünicode", null)]
    public void Only_visible_ascii_is_taken_over(string? sent, string? expected) => Assert.Equal(expected, Correlation.Accept(sent));

    [Fact]
    public void Length_is_bounded()
    {
        Assert.NotNull(Correlation.Accept(new string('a', 128)));
        Assert.Null(Correlation.Accept(new string('a', 129)));
    }

    [Fact]
    public async Task A_request_is_followed_by_its_header_its_trace_or_its_own_identifier()
    {
        Assert.Equal("c-1", await Requested(Trace, ("x-correlation-id", "c-1")));
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", await Requested(Trace, ("x-correlation-id", "not fit")));
        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", await Requested(Trace));
        Assert.Equal("i-1", await Requested(null));
        Assert.Equal("i-1", await Requested("00-nonsense"));
    }

    [Fact]
    public async Task The_state_of_the_trace_is_that_of_the_request()
    {
        string? state = null;
        var app = new PortableApp("local", [Http(context => state = context.TraceState)], []);
        var envelope = new FakeEnvelope();
        envelope.Headers["tracestate"] = "vendor=1";
        await new FunctionInvoker(app).InvokeAsync((HttpFunction)app.Functions[0], envelope, new InvocationContext(app, "F", "i-1", traceParent: Trace));
        Assert.Equal("vendor=1", state);
    }

    [Fact]
    public async Task Each_message_of_a_batch_is_followed_by_its_own()
    {
        var seen = new List<(string, string?, string?)>();
        var function = new MessageFunction("F", new QueueSource("q") { BatchSize = 3 }, async call => await call.ForEachAsync(
            static received => Encoding.UTF8.GetString(received.Body.Span),
            (inner, _) =>
            {
                seen.Add((inner.Context.CorrelationId, inner.Context.TraceParent, inner.Context.TraceState));
                return default;
            }));
        var app = new PortableApp("local", [function], []);
        var context = new InvocationContext(app, "F", "i-1", traceParent: OtherTrace);
        await new FunctionInvoker(app).InvokeAsync(function, [
            Message("1", ("portable-correlation-id", "c-1"), ("traceparent", Trace), ("tracestate", "vendor=1")),
            Message("2", ("correlationid", "c-2")),
            Message("3")], context);
        Assert.Equal([("c-1", Trace, "vendor=1"), ("c-2", OtherTrace, null), ("1111111111111111a3ce929d0e0e4736", OtherTrace, null)], seen);
        Assert.Equal(OtherTrace, context.TraceParent);
    }

    [Fact]
    public async Task A_delivery_of_one_message_belongs_to_its_trace()
    {
        var function = new MessageFunction("F", new QueueSource("q"), static _ => new(BatchResult.Success), handlesBatches: true);
        var app = new PortableApp("local", [function], []);
        var context = new InvocationContext(app, "F", "i-1", traceParent: OtherTrace);
        await new FunctionInvoker(app).InvokeAsync(function, [Message("1", ("traceparent", Trace), ("portable-correlation-id", "c-1"))], context);
        Assert.Equal(Trace, context.TraceParent);
        Assert.Equal("c-1", context.CorrelationId);
    }

    [Fact]
    public void The_first_invocation_of_a_process_is_its_cold_start()
    {
        var app = new PortableApp("local", [], []);
        Assert.True(new InvocationContext(app, "F", "1").IsColdStart);
        Assert.False(new InvocationContext(app, "F", "2").IsColdStart);
    }

    private static ReceivedMessage Message(string id, params (string, string)[] attributes) =>
        new(id, "{}"u8.ToArray(), Attributes: attributes.Length == 0 ? null : attributes.ToDictionary(pair => pair.Item1, pair => pair.Item2));

    private static HttpFunction Http(Action<InvocationContext> look) => new("F", "GET", "/f", call =>
    {
        look(call.Context);
        return new(HttpReply.Status(204));
    });

    private static async Task<string> Requested(string? traceParent, params (string Name, string Value)[] headers)
    {
        var id = "";
        var app = new PortableApp("local", [Http(context => id = context.CorrelationId)], []);
        var envelope = new FakeEnvelope();
        foreach (var (name, value) in headers)
        {
            envelope.Headers[name] = value;
        }

        await new FunctionInvoker(app).InvokeAsync((HttpFunction)app.Functions[0], envelope, new InvocationContext(app, "F", "i-1", traceParent: traceParent));
        return id;
    }
}
