using Portable.Aws.Tests.App;
using Portable.Runtime;

namespace Portable.Aws.Tests;

/// <summary>The runtime's loop on a thread of this process, towards a fake Runtime API.</summary>
internal sealed class InProcessRuntime : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public InProcessRuntime(string handler, Behaviour? behaviour = null, PortableApp? app = null, bool streams = false)
    {
        Api = new FakeRuntimeApi(behaviour);
        Loop = Task.Factory.StartNew(() => LambdaBootstrap.Run(app ?? TestApplication.Create(), Api.Endpoint, handler, _stop.Token, streams), TaskCreationOptions.LongRunning);
    }

    public FakeRuntimeApi Api { get; }

    /// <summary>Ends with the exit code.</summary>
    public Task<int> Loop { get; }

    /// <summary>Ends the loop as SIGTERM does.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await Loop;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Api.DisposeAsync();
        _stop.Dispose();
    }
}
