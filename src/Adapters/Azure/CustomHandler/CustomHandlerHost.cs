using System.Globalization;
using System.Net;
using Portable.Runtime;
using Portable.Runtime.AspNetCore;

namespace Portable.Azure;

/// <summary>
/// The native host of Azure Functions: a custom handler, started by the Functions host, which owns the triggers and posts every
/// invocation to it on loopback. HTTP, queue and timer triggers; workflows need the managed hosting.
/// </summary>
public static class CustomHandlerHost
{
    private const string PortVariable = "FUNCTIONS_CUSTOMHANDLER_PORT";
    private const string OlderPortVariable = "FUNCTIONS_HTTPWORKER_PORT";

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(9);

    /// <summary>Runs until SIGTERM or SIGINT; then lets the running invocations finish.</summary>
    /// <param name="app">The application; it is disposed in the end.</param>
    /// <param name="args">Nothing; the Functions host says everything by environment.</param>
    /// <returns>The exit code: 0, or 1 when the host could not start.</returns>
    public static async Task<int> RunAsync(PortableApp app, string[] args)
    {
        await using var owned = app;
        try
        {
            if (args.Length > 0)
            {
                throw new FormatException($"'{args[0]}' is not an option; the Functions host says everything by environment.");
            }

            var port = Port(Environment.GetEnvironmentVariable);
            if (app.Functions.OfType<ScheduleFunction>().Select(static function => AppTimeZone.Problem(function, Environment.GetEnvironmentVariable)).FirstOrDefault(static problem => problem is not null) is { } problem)
            {
                throw new FormatException(problem);
            }

            await app.WithTelemetry().StartAsync(buildServices: true).ConfigureAwait(false);
            await using var host = await StartAsync(app, port, HostJson.ForwardsHttp([Environment.CurrentDirectory, AppContext.BaseDirectory]), CancellationToken.None).ConfigureAwait(false);
            await Console.Out.WriteLineAsync($"The custom handler is listening on {host.Addresses[0]}").ConfigureAwait(false);
            await host.RunUntilSignalAsync(Drain).ConfigureAwait(false);
            return 0;
        }
        catch (Exception e) when (e is FormatException or IOException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return 1;
        }
    }

    internal static Task<KestrelHost> StartAsync(PortableApp app, int port, bool forwardsHttp, CancellationToken cancellationToken)
    {
        var handler = new CustomHandler(app, forwardsHttp);
        return KestrelHost.StartAsync(new IPEndPoint(IPAddress.Loopback, port), handler.HandleAsync, () => app.CreateLogger("Portable.Azure"), cancellationToken, HealthEndpoint.From(Environment.GetEnvironmentVariable));
    }

    private static int Port(Func<string, string?> environment)
    {
        var text = environment(PortVariable) is { Length: > 0 } current ? current : environment(OlderPortVariable);
        return ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port
            : throw new FormatException(string.IsNullOrEmpty(text)
                ? $"{PortVariable} is not set: the Functions host starts this program (func start), or set it to a port to try it by hand."
                : $"{PortVariable} is '{text}', which is not a port number.");
    }
}
