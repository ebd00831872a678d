// What the generator emits for two HTTP functions: one answers with a text, one binds and answers with JSON.
using System.Text.Json.Serialization;
using Portable.Aws;
using Portable.Runtime;
using Portable.Runtime.Json;

return await LambdaBootstrap.RunAsync(PortableApp.WithoutServices("aws", [Functions.Hello, Functions.Greet], []));

internal static class Functions
{
    internal static readonly HttpFunction Hello = new("Hello", "GET", "/hello", HelloAsync);
    internal static readonly HttpFunction Greet = new("Greet", "POST", "/greet/{name}", GreetAsync);

    private static ValueTask<HttpReply> HelloAsync(HttpCall call)
    {
        var binder = new HttpBinder(call);
        var name = binder.QueryOrNull("name");
        return new(HttpReply.Text($"Hello, {name ?? "you"}"));
    }

    private static async ValueTask<HttpReply> GreetAsync(HttpCall call)
    {
        var binder = new HttpBinder(call);
        var name = binder.Route<string>("name");
        var greeting = binder.Body(PortableJson.From<Greeting>(GreetingJson.Default));
        if (binder.Failed)
        {
            return binder.Problem();
        }

        await Task.CompletedTask.ConfigureAwait(false);
        return HttpReply.Json(new Greeted($"{greeting.Text}, {name}"), PortableJson.From<Greeted>(GreetingJson.Default));
    }
}

internal sealed record Greeting(string Text);

internal sealed record Greeted(string Text);

[JsonSerializable(typeof(Greeting))]
[JsonSerializable(typeof(Greeted))]
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
internal sealed partial class GreetingJson : JsonSerializerContext;
