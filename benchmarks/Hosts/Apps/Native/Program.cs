// What the generator emits for an HTTP function and a queue function on Google Cloud, native hosting.
using Portable;
using Portable.Benchmarks.Hosts;
using Portable.Gcp;
using Portable.Runtime;

return await CloudRunHost.RunAsync(PortableApp.WithoutServices("gcp", [Functions.Place, Functions.Receive], []), args);

internal static class Functions
{
    internal static readonly HttpFunction Place = new("place", "POST", "/orders/{id}", PlaceAsync);

    internal static readonly MessageFunction Receive = new("receive", new QueueSource("orders"), ReceiveAsync);

    private static ValueTask<HttpReply> PlaceAsync(HttpCall call)
    {
        var binder = new HttpBinder(call);
        var id = binder.Route<string>("id");
        var order = binder.Body(HostsJson.Default.Order);
        return new(binder.Failed ? binder.Problem() : HttpReply.Json(Receipt.Of(id, order), HostsJson.Default.Receipt));
    }

    private static ValueTask<BatchResult> ReceiveAsync(MessageCall call) => call.ForEachAsync(
        MessageReaders.Message(HostsJson.Default.Order),
        static (_, message) => Receipt.Of(message.Id, message.Body).Items > 0 ? default : throw new InvalidOperationException());
}
