using Portable.Runtime;

namespace Portable.Local;

/// <summary>Something that a body has asked for and that has not ended.</summary>
internal sealed class LocalOperation(Operation what, Action<LocalOperation> start)
{
    private readonly ExecutionContext? _context = ExecutionContext.Capture();

    public Operation What { get; } = what;

    /// <summary>Ends with the entry that ends the operation.</summary>
    public TaskCompletionSource<RunEvent> Completion { get; } = new();

    /// <summary>When the wait is over at the latest.</summary>
    public DateTimeOffset? Due { get; set; }

    public Alarm? Alarm { get; set; }

    public void Start() => start(this);

    /// <summary>Whether a journal's entry is about this.</summary>
    public bool Fits(RunEvent entry) => entry.Operation == What.Kind && entry.Step == What.Name;

    /// <summary>
    /// Runs code that is not the workflow's: in the context of the body's call, and not on the run's loop. It begins in the order in which
    /// the body asked for it.
    /// </summary>
    public void Run(Action action)
    {
        var loop = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (_context is null)
            {
                action();
            }
            else
            {
                ExecutionContext.Run(_context, static action => ((Action)action!)(), action);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(loop);
        }
    }
}
