using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portable.Idempotency.Tests.Servers;

/// <summary>
/// The part of Firestore's REST interface that the store uses, written from its reference (documents.patch, .delete, .batchGet, Precondition): Google's emulator
/// cannot be had from the registries of this repository's tests. Its clock is 17 hours ahead, so that whoever compares it with another is found out.
/// </summary>
internal sealed class FakeFirestore : IDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JsonObject> _documents = new(StringComparer.Ordinal);
    private long _last;

    private FakeFirestore(WebApplication app) => _app = app;

    public string Host { get; private set; } = "";

    public static FakeFirestore Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FakeFirestore(app);
        app.Run(server.HandleAsync);
        app.StartAsync().GetAwaiter().GetResult();
        server.Host = new Uri(app.Urls.First()).Authority;
        return server;
    }

    public void Dispose() => _app.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        var path = request.Path.Value!;
        if (path.EndsWith("/token", StringComparison.Ordinal))
        {
            await context.Response.WriteAsync("""{"access_token":"a-token","expires_in":3599,"token_type":"Bearer"}""");
            return;
        }

        if (request.Headers.Authorization != "Bearer a-token" || !path.StartsWith("/v1/", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 401;
            return;
        }

        var body = request.ContentLength is > 0 ? await JsonNode.ParseAsync(request.Body) : null;
        var (status, answer) = Answer(request.Method, path["/v1/".Length..], body, request.Query["currentDocument.exists"], request.Query["currentDocument.updateTime"]);
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(answer);
    }

    private (int Status, string Answer) Answer(string method, string name, JsonNode? body, string? exists, string? updateTime)
    {
        lock (_gate)
        {
            if (name.EndsWith("documents:batchGet", StringComparison.Ordinal))
            {
                var now = Now();
                return (200, new JsonArray([.. body!["documents"]!.AsArray().Select(document => (string)document!).Select(document => (JsonNode)(
                    _documents.TryGetValue(document, out var found)
                        ? new JsonObject { ["found"] = found.DeepClone(), ["readTime"] = now }
                        : new JsonObject { ["missing"] = document, ["readTime"] = now }))]).ToJsonString());
            }

            _documents.TryGetValue(name, out var current);
            if (exists == "false" && current is not null)
            {
                return Error(409, "ALREADY_EXISTS");
            }

            if (updateTime is not null && current is null)
            {
                return Error(404, "NOT_FOUND");
            }

            if (updateTime is not null && (string)current!["updateTime"]! != updateTime)
            {
                return Error(400, "FAILED_PRECONDITION");
            }

            if (method == "DELETE")
            {
                _documents.Remove(name);
                return (200, "{}");
            }

            var time = Now();
            var document = new JsonObject { ["name"] = name, ["fields"] = body!["fields"]!.DeepClone(), ["createTime"] = (string?)current?["createTime"] ?? time, ["updateTime"] = time };
            _documents[name] = document;
            return (200, document.ToJsonString());
        }
    }

    // Microseconds that only go up, written with as many digits as needed.
    private string Now()
    {
        var ticks = DateTime.UtcNow.AddHours(17).Ticks / 10 * 10;
        _last = Math.Max(ticks, _last + 10);
        return new DateTime(_last, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
    }

    private static (int Status, string Answer) Error(int code, string status) =>
        (code, JsonSerializer.Serialize(new { error = new { code, status, message = "The document is not as expected." } }));
}
