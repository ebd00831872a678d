using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portable.Integration.Tests.Deployables;

/// <summary>Lambda's Runtime API on the loopback interface, as far as one deployable needs it.</summary>
internal sealed class RuntimeApi : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly Channel<string> _events = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();

    private RuntimeApi()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    public string Address => new Uri(_server.Urls.First()).Authority;

    public static async Task<RuntimeApi> StartAsync(CancellationToken cancellationToken)
    {
        var api = new RuntimeApi();
        await api._server.StartAsync(cancellationToken);
        return api;
    }

    /// <summary>Has the process handle an event.</summary>
    /// <returns>What it posted: the response, or <c>error: </c> and the error.</returns>
    public async Task<string> InvokeAsync(string json, CancellationToken cancellationToken)
    {
        await _events.Writer.WriteAsync(json, cancellationToken);
        return await _answers.Reader.ReadAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.EndsWith("/invocation/next", StringComparison.Ordinal))
        {
            var json = await _events.Reader.ReadAsync(context.RequestAborted);
            context.Response.Headers["Lambda-Runtime-Aws-Request-Id"] = Guid.NewGuid().ToString();
            context.Response.Headers["Lambda-Runtime-Deadline-Ms"] = DateTimeOffset.UtcNow.AddSeconds(30).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
            context.Response.Headers["Lambda-Runtime-Invoked-Function-Arn"] = "arn:aws:lambda:eu-central-1:123456789012:function:orders";
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json, context.RequestAborted);
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        await _answers.Writer.WriteAsync(path.EndsWith("/response", StringComparison.Ordinal) ? body : $"error: {body}", context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
