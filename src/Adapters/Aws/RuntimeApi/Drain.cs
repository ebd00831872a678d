namespace Portable.Aws.RuntimeApi;

/// <summary>
/// Ends the loop between two invocations: the wait for the next event is cut off, while an invocation that has begun is answered first.
/// </summary>
internal sealed class Drain
{
    private readonly object _gate = new();
    private Action? _cutOff;
    private bool _stopping;

    /// <summary>Whether no further event may be fetched.</summary>
    public bool Stopping
    {
        get
        {
            lock (_gate)
            {
                return _stopping;
            }
        }
    }

    /// <summary>Begins the wait for an event.</summary>
    /// <param name="cutOff">Ends the wait; called from another thread.</param>
    /// <returns><see langword="false"/> when the loop is to end instead.</returns>
    public bool TryBeginWait(Action cutOff)
    {
        lock (_gate)
        {
            _cutOff = _stopping ? null : cutOff;
            return !_stopping;
        }
    }

    /// <summary>The wait is over: from now on there may be an event to answer.</summary>
    public void EndWait()
    {
        lock (_gate)
        {
            _cutOff = null;
        }
    }

    /// <summary>Ends the loop as soon as nothing is left to answer.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            _cutOff?.Invoke();
            _cutOff = null;
        }
    }
}
