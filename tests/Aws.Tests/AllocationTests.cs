using System.Text;
using Portable.Aws.RuntimeApi;
using Portable.Runtime;

namespace Portable.Aws.Tests;

/// <summary>What an invocation allocates beyond its handler: a budget, so that it does not grow unnoticed.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void A_request_costs_little_beyond_its_handler()
    {
        var reply = HttpReply.Text("Hello");
        var app = PortableApp.WithoutServices("aws", [new HttpFunction("Hello", "GET", "/hello", _ => new(reply))], []);
        var payload = Encoding.UTF8.GetBytes(Samples.Http("GET", "/hello", "name=you", routeKey: "GET /hello"));
        Assert.InRange(PerInvocation(app, payload), 0, 1344); // of which a debug build takes a fifth for its state machines
    }

    [Fact]
    public void A_message_costs_little_beyond_its_handler()
    {
        var app = PortableApp.WithoutServices("aws", [new MessageFunction("Fulfil", new QueueSource("orders") { BatchSize = 10 }, handlesBatches: true, handler: static _ => new(BatchResult.Success))], []);
        const int Messages = 10;
        var payload = Encoding.UTF8.GetBytes($$"""{"Records":[{{string.Join(',', Enumerable.Repeat("""{"messageId":"059f36b4-87a3-44ab-83d2-661975830a7d","body":"plain","attributes":{"ApproximateReceiveCount":"1","SentTimestamp":"1520621625029"},"messageAttributes":{},"eventSource":"aws:sqs"}""", Messages))}}]}""");
        Assert.InRange(PerInvocation(app, payload), 0, 1280 + (Messages * 320));
    }

    private static long PerInvocation(PortableApp app, byte[] payload)
    {
        var invoker = new LambdaInvoker(app, app.Functions[0]);
        var output = new PostBuffer();
        const int Count = 200;
        for (var i = 0; i < Count; i++)
        {
            Invoke();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++)
        {
            Invoke();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / Count;

        void Invoke()
        {
            output.Reset();
            var pending = invoker.InvokeAsync(payload, "id", DateTimeOffset.UnixEpoch, Samples.Trace, output);
            Assert.True(pending.IsCompletedSuccessfully);
        }
    }
}
