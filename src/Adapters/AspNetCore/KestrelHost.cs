using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Portable.Runtime.AspNetCore;

/// <summary>
/// Kestrel and nothing else: no generic host, no container, no middleware, no configuration of its own. The application's own services
/// are built when a function asks for them, so a function that needs none starts at the cost of opening a socket.
/// </summary>
public sealed class KestrelHost : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly CancellationTokenSource _stopping;

    private KestrelHost(KestrelServer server, CancellationTokenSource stopping)
    {
        _server = server;
        _stopping = stopping;
        var addresses = server.Features.Get<IServerAddressesFeature>()!.Addresses;
        Addresses = [.. addresses.Select(static address => new Uri(address))];
    }

    /// <summary>Where the host listens; a port of 0 has become a real one.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>Cancelled when the host begins to stop.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Starts listening on one address, HTTP/1.1 without TLS, as platforms' front ends speak to their containers.</summary>
    /// <param name="address">The address and port; port 0 takes a free one.</param>
    /// <param name="handler">Answers every request.</param>
    /// <param name="logger">Hears of requests whose handler threw; they are answered with 500.</param>
    /// <param name="cancellationToken">Cancels starting.</param>
    /// <param name="health">Where the platform asks whether the process can take requests; <see langword="null"/> for nowhere.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<KestrelHost> StartAsync(IPEndPoint address, RequestDelegate handler, Func<ILogger> logger, CancellationToken cancellationToken = default, HealthEndpoint? health = null)
    {
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        options.Limits.MaxRequestBodySize = null; // bodies are read by RequestBody, which has its own limit
        options.Listen(address, static listen => listen.Protocols = HttpProtocols.Http1);

        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        var stopping = new CancellationTokenSource();
        try
        {
            await server.StartAsync(new Application(handler, logger, health, stopping.Token), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        return new KestrelHost(server, stopping);
    }

    /// <summary>Whether starting failed because another process has the port.</summary>
    public static bool IsAddressInUse(IOException exception) => exception.InnerException is AddressInUseException;

    /// <summary>Waits for SIGTERM or SIGINT (or the token), then lets the running requests finish.</summary>
    /// <param name="drain">How long running requests may take to finish.</param>
    /// <param name="cancellationToken">Stops the host as a signal does.</param>
    public async Task RunUntilSignalAsync(TimeSpan drain, CancellationToken cancellationToken = default)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true; // the runtime must not end the process while requests are running
            stop.TrySetResult();
        }

        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var token = cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), stop);
        await stop.Task.ConfigureAwait(false);
        await StopAsync(drain).ConfigureAwait(false);
    }

    /// <summary>Stops listening and lets the running requests finish.</summary>
    /// <param name="drain">How long they may take; then their connections are closed.</param>
    public async Task StopAsync(TimeSpan drain)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(drain);
        await _server.StopAsync(limit.Token).ConfigureAwait(false);
    }

    /// <summary>Stops at once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_stopping.IsCancellationRequested)
        {
            await StopAsync(TimeSpan.Zero).ConfigureAwait(false);
        }

        _server.Dispose();
    }

    private sealed class Application(RequestDelegate handler, Func<ILogger> logger, HealthEndpoint? health, CancellationToken stopping) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }

        public async Task ProcessRequestAsync(HttpContext context)
        {
            try
            {
                await (health?.IsFor(context.Request) == true ? HealthEndpoint.AnswerAsync(context, stopping.IsCancellationRequested) : handler(context)).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
            {
                // The caller is gone; there is nobody to answer.
            }
            catch (Microsoft.AspNetCore.Http.BadHttpRequestException e) when (!context.Response.HasStarted)
            {
                await HttpReply.Problem(e.StatusCode, "The request could not be read.").WriteAsync(context).ConfigureAwait(false);
            }
            catch (Exception e) when (!context.Response.HasStarted)
            {
                HostLog.RequestFailed(logger(), context.Request.Path.Value ?? "/", e);
                context.Response.Clear();
                await HttpReply.Problem(500, "The request failed.").WriteAsync(context).ConfigureAwait(false);
            }
        }
    }
}
