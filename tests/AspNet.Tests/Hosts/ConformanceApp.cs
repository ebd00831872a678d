using System.Text.Json;
using Portable.Runtime;
using Portable.Runtime.Json;

namespace Portable.AspNet.Tests.Hosts;

/// <summary>The functions of the published functions-framework conformance cases, as users would write them.</summary>
public static class ConformanceApp
{
    private const int Together = 10;

    public static PortableApp Build()
    {
        var arrived = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new PortableApp(
            "gcp",
            [
                new HttpFunction("HttpFunc", "*", "/{*rest}", static call => new(HttpReply.JsonText(200, call.Request.Body))),
                new HttpFunction("Typed", "POST", "/", static call =>
                {
                    var binder = new HttpBinder(call);
                    var body = binder.Body(PrimitiveJson.Default.JsonElement);
                    return new(binder.Failed
                        ? binder.Problem()
                        : HttpReply.JsonText(200, System.Text.Encoding.UTF8.GetBytes($$"""{"payload":{{body.GetRawText()}}}""")));
                }),

                // The published case sleeps a second; this one answers nobody before all have arrived, which no serial host survives.
                new HttpFunction("Concurrent", "*", "/{*rest}", async _ =>
                {
                    if (Interlocked.Increment(ref arrived) == Together)
                    {
                        all.SetResult();
                    }

                    await all.Task;
                    return HttpReply.Text("done");
                }),

                // Runs until the test says so, however long the host has been told to stop.
                new HttpFunction("Hold", "*", "/{*rest}", async _ =>
                {
                    await Console.Out.WriteLineAsync("entered");
                    return HttpReply.Text(await Console.In.ReadLineAsync());
                }),
            ],
            []);
    }
}
