using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Portable.AspNet.Tests.Gcp;
using Portable.Azure;
using Portable.Gcp;
using Portable.Local;
using Portable.Runtime;
using Portable.TestKit;

namespace Portable.AspNet.Tests.Operations;

/// <summary>What guards a function holds on every host: authorization, validation, idempotency, secrets, dead letters.</summary>
public sealed class GuardTests
{
    private readonly GuardedApp _guarded = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("local")]
    [InlineData("gcp managed")]
    [InlineData("gcp native")]
    [InlineData("azure managed")]
    [InlineData("azure native")]
    [Supports("Authorization", "local")]
    [Supports("Authorization", "gcp managed")]
    [Supports("Authorization", "gcp native")]
    [Supports("Authorization", "azure managed")]
    [Supports("Authorization", "azure native")]
    [Supports("Payloads validated", "local")]
    [Supports("Payloads validated", "gcp managed")]
    [Supports("Payloads validated", "gcp native")]
    [Supports("Payloads validated", "azure managed")]
    [Supports("Payloads validated", "azure native")]
    [Supports("Idempotency", "local")]
    [Supports("Idempotency", "gcp managed")]
    [Supports("Idempotency", "gcp native")]
    [Supports("Idempotency", "azure managed")]
    [Supports("Idempotency", "azure native")]
    [Supports("Secrets", "local")]
    [Supports("Secrets", "gcp managed")]
    [Supports("Secrets", "gcp native")]
    [Supports("Secrets", "azure managed")]
    [Supports("Secrets", "azure native")]
    [Supports("Trace context and correlation id", "local")]
    public async Task A_request_is_guarded(string target) => await RequestsAsync(target, "Pay", _guarded.GuardsRequestsAsync);

    [Theory]
    [InlineData("local")]
    [InlineData("gcp managed")]
    [InlineData("gcp native")]
    [Supports("Binary and multi-value HTTP", "local")]
    [Supports("Binary and multi-value HTTP", "gcp managed")]
    [Supports("Binary and multi-value HTTP", "gcp native")]
    public async Task Bytes_and_several_headers_of_one_name_are_kept(string target) => await RequestsAsync(target, "Bytes", static async send =>
    {
        var headers = await GuardedApp.KeepsBytesAsync(send);
        Assert.Equal(["a", "b"], headers.Where(static header => header.Key == "X-Many").Select(static header => header.Value));
        Assert.Equal(["a=1; Path=/", "b=2"], headers.Where(static header => header.Key == "Set-Cookie").Select(static header => header.Value));
    });

    [Theory]
    [InlineData("gcp managed")]
    [InlineData("gcp native")]
    [InlineData("azure managed")]
    [InlineData("azure native")]
    public async Task A_message_is_guarded(string target)
    {
        await using var app = _guarded.Build(target[..target.IndexOf(' ', StringComparison.Ordinal)]);
        await _guarded.GuardsMessagesAsync((id, body) => target switch
        {
            "gcp managed" => new GcpFunction(app, "Take").HandleEventAsync([new("id", "e"), new("source", "//pubsub"), new("type", GoogleRequests.Published)], Envelope(id, body).ToJsonString(), Token),
            "gcp native" => PostAsync(new GcpFunction(app, "Take").HandleAsync, "/", Envelope(id, body).ToJsonString()),
            "azure managed" => new AzureFunction(app, "Take").InvokeMessagesAsync(body, new Dictionary<string, object?> { ["Id"] = id }, 0, "i", null, Token),
            _ => PostAsync(new CustomHandler(app, forwardsHttp: false).HandleAsync, "/Take", $$$"""{"Data":{"message":{{{body}}} },"Metadata":{"Id":"\"{{{id}}}\""} }"""),
        });
    }

    private async Task RequestsAsync(string target, string function, Func<SendRequest, Task> scenario)
    {
        await using var app = _guarded.Build(target.Split(' ')[0]);
        switch (target)
        {
            case "local":
                await using (var host = await LocalHost.StartAsync(app, new() { Url = "http://127.0.0.1:0" }, Token))
                {
                    using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
                    await scenario((path, body, headers) => SendAsync(http, path, body, headers));
                }

                break;
            case "gcp native":
                await using (var gcp = await GcpFixture.StartAsync(app, function))
                {
                    await scenario((path, body, headers) => SendAsync(gcp.Http, path, body, headers));
                }

                break;
            case "azure managed":
                await scenario(async (path, body, headers) =>
                {
                    using var stream = new MemoryStream(body);
                    var reply = await new AzureFunction(app, function).InvokeHttpAsync("POST", new Uri("https://shop.example" + path), headers, stream, "i", null, Token);
                    return (reply.StatusCode, reply.Headers, reply.Body.ToArray());
                });
                break;
            default:
                await scenario((path, body, headers) => CallAsync(
                    target == "azure native" ? new CustomHandler(app, forwardsHttp: true).HandleAsync : new GcpFunction(app, function).HandleAsync, path, body, headers));
                break;
        }
    }

    private static async Task<(int, IReadOnlyList<KeyValuePair<string, string>>, byte[])> SendAsync(HttpClient http, string path, byte[] body, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            Assert.True((name == "Content-Type" ? request.Content.Headers : (System.Net.Http.Headers.HttpHeaders)request.Headers).TryAddWithoutValidation(name, value));
        }

        using var answer = await http.SendAsync(request, Token);
        return ((int)answer.StatusCode, [.. answer.Headers.NonValidated.SelectMany(static header => header.Value.Select(value => KeyValuePair.Create(header.Key, value)))], await answer.Content.ReadAsByteArrayAsync(Token));
    }

    private static async Task<(int, IReadOnlyList<KeyValuePair<string, string>>, byte[])> CallAsync(RequestDelegate handler, string path, byte[] body, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = "POST";
        context.Request.Path = path;
        context.Request.Body = new MemoryStream(body);
        context.Request.ContentLength = body.Length;
        foreach (var (name, value) in headers)
        {
            context.Request.Headers.Append(name, value);
        }

        using var answer = new MemoryStream();
        context.Response.Body = answer;
        await handler(context);
        return (context.Response.StatusCode, [.. context.Response.Headers.SelectMany(static header => header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")))], answer.ToArray());
    }

    private static async Task PostAsync(RequestDelegate handler, string path, string body)
    {
        var (status, _, answer) = await CallAsync(handler, path, Encoding.UTF8.GetBytes(body), [new("Content-Type", "application/json")]);
        Assert.True(status is 200 or 204, Encoding.UTF8.GetString(answer));
    }

    private static JsonObject Envelope(string id, string body)
    {
        var envelope = GoogleRequests.Message(body);
        envelope["message"]!["messageId"] = id;
        return envelope;
    }
}
