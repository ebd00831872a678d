using Microsoft.AspNetCore.Http;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Gcp;

/// <summary>
/// The native host of Google Cloud: one process serves one function on <c>$PORT</c>, in a container on Cloud Run, without any of the
/// vendor's packages. It behaves as the Functions Framework does towards the platform.
/// </summary>
public static class CloudRunHost
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(9); // Cloud Run ends the process 10 seconds after SIGTERM

    /// <summary>Runs until SIGTERM or SIGINT; then lets the running requests finish.</summary>
    /// <param name="app">The application; it is disposed in the end.</param>
    /// <param name="args">The command line: <c>--target NAME</c>, <c>--port NUMBER</c>, or nothing.</param>
    /// <returns>The exit code: 0, or 1 when the host could not start.</returns>
    public static async Task<int> RunAsync(PortableApp app, string[] args)
    {
        await using var owned = app;
        try
        {
            var arguments = CloudRunArguments.Parse(app, args, Environment.GetEnvironmentVariable);
            await app.WithTelemetry().StartAsync(arguments.Function, buildServices: true).ConfigureAwait(false);
            await using var host = await StartAsync(app, arguments, CancellationToken.None).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"{arguments.Function.Name} is listening on {host.Addresses[0]}").ConfigureAwait(false);
            await host.RunUntilSignalAsync(Drain).ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is FormatException or IOException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
    }

    internal static Task<KestrelHost> StartAsync(PortableApp app, CloudRunArguments arguments, CancellationToken cancellationToken)
    {
        var function = new GcpFunction(app, arguments.Function);
        return KestrelHost.StartAsync(arguments.Address, context => HandleAsync(function, context), () => app.CreateLogger("Portable.Gcp"), cancellationToken, HealthEndpoint.From(Environment.GetEnvironmentVariable));
    }

    /// <summary>Browsers and crawlers ask for these two wherever a service is; they must not start a function.</summary>
    private static Task HandleAsync(GcpFunction function, HttpContext context) => context.Request.Path.Value is "/robots.txt" or "/favicon.ico"
        ? HttpReply.Status(404).WriteAsync(context)
        : function.HandleAsync(context);
}
