// What the generator emits for one HTTP function on Google Cloud, native hosting.
using Portable.Gcp;
using Portable.Runtime;

return await CloudRunHost.RunAsync(PortableApp.WithoutServices("gcp", [Functions.Hello], []), args);

internal static class Functions
{
    internal static readonly HttpFunction Hello = new("Hello", "GET", "/hello", HelloAsync);

    private static ValueTask<HttpReply> HelloAsync(HttpCall call)
    {
        var binder = new HttpBinder(call);
        var name = binder.QueryOrNull("name");
        return new(HttpReply.Text($"Hello, {name ?? "you"}"));
    }
}
