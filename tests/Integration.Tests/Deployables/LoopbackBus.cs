using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Portable.Integration.Tests.Deployables;

/// <summary>A cloud's service for events on the loopback interface: it takes whatever is published and says what a healthy service says.</summary>
internal sealed class LoopbackBus : IAsyncDisposable
{
    private readonly WebApplication _server;

    private LoopbackBus(string answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            Published.Enqueue((context.Request.Path, await reader.ReadToEndAsync(context.RequestAborted)));
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer, context.RequestAborted);
        });
    }

    /// <summary>Where it listens, <c>http://127.0.0.1:PORT</c>.</summary>
    public string Address => _server.Urls.First();

    /// <summary>What was sent, oldest first: the path and the body of each request.</summary>
    public ConcurrentQueue<(string Path, string Body)> Published { get; } = new();

    /// <summary>Starts a service whose every answer has a body.</summary>
    public static async Task<LoopbackBus> StartAsync(string answer, CancellationToken cancellationToken)
    {
        var bus = new LoopbackBus(answer);
        await bus._server.StartAsync(cancellationToken);
        return bus;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
