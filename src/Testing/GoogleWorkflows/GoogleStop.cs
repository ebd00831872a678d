namespace Portable.Testing.GoogleWorkflows;

/// <summary>Ends the branches of a parallel step after one of them failed.</summary>
internal sealed class GoogleStop(GoogleStop? outer)
{
    private bool _requested;

    public bool Requested => _requested || outer?.Requested == true;

    public void Request() => _requested = true;

    public void ThrowIfRequested()
    {
        if (Requested)
        {
            throw new GoogleStopped();
        }
    }
}

internal sealed class GoogleStopped : Exception;
