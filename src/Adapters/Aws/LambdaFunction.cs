using System.Runtime.InteropServices;
using Portable.Aws.RuntimeApi;
using Portable.Runtime;

namespace Portable.Aws;

/// <summary>
/// A function of the application as a class-library handler of the managed .NET runtime: a stream in, a stream out. Emitted handlers
/// hold one per function; it may be called from several threads at a time.
/// </summary>
public sealed class LambdaFunction
{
    private readonly PortableApp _app;
    private readonly LambdaInvoker _invoker;

    /// <summary>The function of that name.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message lists the names.</exception>
    public LambdaFunction(PortableApp app, string functionName)
    {
        _app = app.WithTelemetry(); // the vendor's package, by its HTTP client, has loaded what that needs
        _invoker = new LambdaInvoker(app, LambdaInvoker.Find(app, functionName));
    }

    /// <summary>Handles one event.</summary>
    /// <param name="input">The event.</param>
    /// <param name="requestId">Lambda's id of the invocation.</param>
    /// <param name="remaining">How long the invocation may still take.</param>
    /// <returns>The answer, at its beginning.</returns>
    /// <exception cref="MalformedEventException">The event is not one for the function's trigger.</exception>
    /// <exception cref="LambdaStepFailure">A step of a workflow failed.</exception>
    public async Task<Stream> InvokeAsync(Stream input, string requestId, TimeSpan remaining)
    {
        var payload = await ReadAsync(input).ConfigureAwait(false);
        var output = new PostBuffer(1024);
        var trace = Environment.GetEnvironmentVariable("_X_AMZN_TRACE_ID"); // the managed runtime sets it for each invocation
        await _invoker.InvokeAsync(payload, requestId, _app.Time.GetUtcNow() + remaining, trace, output).ConfigureAwait(false);
        MemoryMarshal.TryGetArray(output.Body, out var bytes);
        return new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
    }

    // The managed runtime hands over a memory stream, whose bytes need no copy.
    private static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Stream input)
    {
        if (input is MemoryStream memory && memory.TryGetBuffer(out var buffer))
        {
            return buffer.AsMemory((int)memory.Position);
        }

        using var copy = new MemoryStream();
        await input.CopyToAsync(copy).ConfigureAwait(false);
        return copy.GetBuffer().AsMemory(0, (int)copy.Length);
    }
}
