using System.Runtime.InteropServices;
using Portable.Aws.RuntimeApi;
using Portable.Runtime;

namespace Portable.Aws;

/// <summary>
/// A custom runtime of Lambda: runs one function of the application in a loop of its own over the Runtime API. The environment
/// variable <c>_HANDLER</c> names the function.
/// </summary>
public static class LambdaBootstrap
{
    /// <summary>
    /// The environment variable that says, as <c>true</c>, that what is in front of the function takes streamed answers: a function URL whose invoke mode is
    /// <c>RESPONSE_STREAM</c>, or a REST API whose transfer mode is <c>STREAM</c>. Events do not say so.
    /// </summary>
    public const string StreamVariable = "PORTABLE_RESPONSE_STREAM";

    /// <summary>
    /// Runs until the platform sends SIGTERM or the token is cancelled; an invocation that has begun is answered first. Runs on the
    /// calling thread, for the process has nothing else to do.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="stopping">Ends the loop.</param>
    /// <returns>The exit code of the process: 0 after an orderly end.</returns>
    public static Task<int> RunAsync(PortableApp app, CancellationToken stopping = default)
    {
        var endpoint = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API");
        if (string.IsNullOrEmpty(endpoint))
        {
            Complain("AWS_LAMBDA_RUNTIME_API is not set: this program runs inside AWS Lambda. Build with PortableCloud=local to run it here.");
            return Task.FromResult(1);
        }

        var streams = string.Equals(Environment.GetEnvironmentVariable(StreamVariable), "true", StringComparison.OrdinalIgnoreCase);
        return Task.FromResult(Run(app, endpoint, Environment.GetEnvironmentVariable("_HANDLER"), stopping, streams));
    }

    /// <summary>The loop, with what it takes from the environment.</summary>
    internal static int Run(PortableApp app, string endpoint, string? handler, CancellationToken stopping, bool streams = false)
    {
        var drain = new Drain();
        PosixSignalRegistration? signals = null;
        using var registration = stopping.CanBeCanceled ? stopping.UnsafeRegister(static state => ((Drain)state!).Stop(), drain) : default;
        try
        {
            using var client = new RuntimeApiClient(endpoint, drain);
            if (TryStart(app, client, handler, streams) is not { } loop)
            {
                return 1;
            }

            // Done while the first request is on its way: it starts a thread, and nobody need wait for that.
            client.Meanwhile = () =>
            {
                client.Meanwhile = null;
                signals = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
                {
                    signal.Cancel = true;
                    drain.Stop();
                });
            };
            loop.Run();
            return 0;
        }
        catch (Exception e) when (e is RuntimeApiException or System.Net.Sockets.SocketException)
        {
            Complain(e.Message);
            return 1;
        }
        finally
        {
            signals?.Dispose();
            app.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    // A method of its own, so that the console is loaded only to complain.
    private static void Complain(string message) => Console.Error.WriteLine(message);

    private static InvocationLoop? TryStart(PortableApp app, RuntimeApiClient client, string? handler, bool streams)
    {
        var error = "Portable.UnknownFunction";
        try
        {
            var function = LambdaInvoker.Find(app, handler);
            error = "Portable.StartFailed";
            var start = app.StartAsync(function);
            if (!start.IsCompletedSuccessfully)
            {
                start.AsTask().GetAwaiter().GetResult(); // as the loop does: the thread has nothing else to do
            }

            return new InvocationLoop(client, new LambdaInvoker(app, function, streams));
        }
        catch (InvalidOperationException e)
        {
            Complain(e.Message);
            var body = new PostBuffer();
            ErrorJson.Write(body, error, e.Message, exception: null);
            client.PostInitError(error, body);
            return null;
        }
    }
}
