using System.Globalization;
using System.Runtime.ExceptionServices;

namespace Portable.Runtime;

/// <summary>
/// A part of a run that goes on by itself: the run, a branch, or an element of a map. It numbers what it asks for, so that every
/// replay finds it under the same key, and remembers what can be undone.
/// </summary>
internal sealed class FlowScope(FlowGroup? group, string path)
{
    private readonly string _prefix = path.Length == 0 ? "" : path + "/";
    private int _operations;

    /// <summary>What of this scope can be undone, in the order in which it was done.</summary>
    public List<DoneStep> Done { get; } = [];

    /// <summary>Whether this scope must stop before it asks for anything more.</summary>
    public bool IsStopped => group?.IsStopped ?? false;

    /// <summary>Cancelled when it must stop; ends the waits that it is in.</summary>
    public CancellationToken Stopped => group?.Stopped ?? CancellationToken.None;

    public string NextKey() => _prefix + (_operations++).ToString(CultureInfo.InvariantCulture);

    /// <exception cref="FlowStopped">The scope must stop.</exception>
    public void ThrowIfStopped()
    {
        if (IsStopped)
        {
            throw new FlowStopped();
        }
    }
}

/// <summary>The branches of a parallel, or the elements of a map, and what becomes of all of them when one fails.</summary>
internal sealed class FlowGroup : IDisposable
{
    private readonly bool _stopsOnFailure;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _outer;
    private readonly FlowScope _parent;
    private ExceptionDispatchInfo? _defect;
    private ExceptionDispatchInfo? _failure;
    private int _failed = int.MaxValue;
    private bool _stopped;

    /// <param name="parent">The scope that runs them.</param>
    /// <param name="stopsOnFailure">Whether a failure stops the others, and the first one counts. Otherwise they run to their end and the first in order counts.</param>
    public FlowGroup(FlowScope parent, bool stopsOnFailure)
    {
        _parent = parent;
        _stopsOnFailure = stopsOnFailure;
        _stop = new CancellationTokenSource();
        _outer = parent.Stopped.Register(static source => ((CancellationTokenSource)source!).Cancel(), _stop, useSynchronizationContext: false);
    }

    public bool IsStopped => _stopped || _parent.IsStopped;

    public CancellationToken Stopped => _stop.Token;

    public void Failed(int index, Exception exception)
    {
        if (exception is not StepFailed)
        {
            // A programming error: the run fails with it whatever the others do.
            _defect ??= ExceptionDispatchInfo.Capture(exception);
            Stop();
        }
        else if (_stopsOnFailure)
        {
            _failure ??= ExceptionDispatchInfo.Capture(exception);
            Stop();
        }
        else if (index < _failed)
        {
            _failed = index;
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    public void ThrowIfFailed() => (_defect ?? _failure)?.Throw();

    public void Dispose()
    {
        _outer.Dispose();
        _stop.Dispose();
    }

    private void Stop()
    {
        if (!_stopped)
        {
            _stopped = true;
            _stop.Cancel();
        }
    }
}

/// <summary>A step that was done and can be undone.</summary>
/// <param name="Undo">The step that undoes it.</param>
/// <param name="Payload">What that step takes.</param>
internal sealed record DoneStep(StepDefinition Undo, ReadOnlyMemory<byte> Payload);

/// <summary>
/// Unwinds a branch that must stop because another one failed. It is no <see cref="StepFailed"/>, so that no handler of the workflow sees it.
/// </summary>
internal sealed class FlowStopped() : Exception("Another branch failed.");
