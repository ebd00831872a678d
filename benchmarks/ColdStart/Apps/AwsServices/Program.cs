// What the generator emits for a function whose class takes a service: the container, configuration and logging are built at the
// first invocation.
using Microsoft.Extensions.DependencyInjection;
using Portable.Aws;
using Portable.Runtime;

return await LambdaBootstrap.RunAsync(new PortableApp("aws", [Functions.Hello], [], static app => app.Services.AddSingleton<Greeter>()));

internal static class Functions
{
    internal static readonly HttpFunction Hello = new("Hello", "GET", "/hello", HelloAsync);

    private static ValueTask<HttpReply> HelloAsync(HttpCall call)
    {
        var binder = new HttpBinder(call);
        var name = binder.QueryOrNull("name");
        return new(HttpReply.Text(call.Context.Services.GetRequiredService<Greeter>().Greet(name ?? "you")));
    }
}

internal sealed class Greeter
{
    public string Greet(string name) => $"Hello, {name}";
}
