using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Portable.Runtime;

namespace Portable.Core.Tests.Security;

/// <summary>One function with a policy, which answers with who calls.</summary>
internal sealed class SecuredApp : IAsyncDisposable
{
    private readonly HttpFunction _function;

    public SecuredApp(HttpAuthorization policy, string cloud = "local", Action<IPortableBuilder>? configure = null, TimeProvider? time = null)
    {
        _function = new HttpFunction("Who", "GET", "/", call =>
        {
            Calls++;
            return new(HttpReply.Text($"{call.Context.User.Identity?.IsAuthenticated} {call.Context.User.Identity?.Name} {call.Context.User.IsInRole("admin")}"));
        }) { Authorization = policy };
        App = new PortableApp(cloud, [_function], [], configure + (static app => app.Services.AddLogging(static logging => logging.ClearProviders())), time);
    }

    public PortableApp App { get; }

    public int Calls { get; private set; }

    /// <summary>Sends a request; the answer is its status and its text, for a problem its challenge and detail.</summary>
    public async Task<(int Status, string Text)> SendAsync(params (string Name, string Value)[] headers)
    {
        var request = new FakeEnvelope();
        foreach (var (name, value) in headers)
        {
            request.Headers[name] = value;
        }

        return await SendAsync(request);
    }

    public async Task<(int Status, string Text)> SendAsync(HttpEnvelope request)
    {
        var reply = await new FunctionInvoker(App).InvokeAsync(_function, request, new InvocationContext(App, "Who", "1"));
        var text = Encoding.UTF8.GetString(reply.Body.Span);
        if (reply.StatusCode >= 400)
        {
            using var problem = JsonDocument.Parse(text);
            Assert.Equal(reply.StatusCode, problem.RootElement.GetProperty("status").GetInt32());
            text = $"{reply.Headers.FirstOrDefault(static header => header.Key == "WWW-Authenticate").Value} | {problem.RootElement.GetProperty("detail").GetString()}";
        }

        return (reply.StatusCode, text);
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
