namespace Portable.Runtime;

/// <summary>The way from functions to a cloud's workflow engine; emitted code names the cloud's own where an application has workflows.</summary>
public interface IWorkflowBackend
{
    /// <summary>The client that functions are given.</summary>
    /// <param name="app">The application.</param>
    IWorkflowClient CreateClient(PortableApp app);
}

/// <summary>What the steps function does besides running steps, on engines whose waits begin with a token or an address.</summary>
public interface IEventWaits
{
    /// <summary>A run has begun to wait for an event, or waits no longer.</summary>
    /// <param name="app">The application.</param>
    /// <param name="request">The wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The answer to the engine, as JSON.</returns>
    ValueTask<ReadOnlyMemory<byte>> WaitAsync(PortableApp app, EventWaitRequest request, CancellationToken cancellationToken);
}
