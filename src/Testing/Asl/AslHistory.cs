namespace Portable.Testing.Asl;

/// <summary>Counts what an execution goes through, as the service does: events of its history and transitions.</summary>
/// <remarks>
/// The events of a state, as recorded executions show them: entered and exited; a task is scheduled, started, submitted if it waits, and ends; a parallel
/// state or map is started and succeeds or fails; each item of a map starts and ends.
/// </remarks>
internal sealed class AslHistory(AslOptions options)
{
    /// <summary>How many events the history of a Standard execution holds (developer guide, service quotas).</summary>
    public const int EventLimit = 25_000;

    /// <summary>With <c>ExecutionStarted</c>.</summary>
    public int Events { get; private set; } = 1;

    public int Transitions { get; private set; }

    public void Add(int events)
    {
        Events += events;
        if (Events > EventLimit && !options.Express)
        {
            throw new AslError(AslError.RuntimeError, $"The execution reached the maximum number of history events ({EventLimit}).");
        }
    }

    /// <summary>A state is entered or tried again.</summary>
    public void Transition()
    {
        if (++Transitions > options.MaxTransitions)
        {
            throw new SimulationLimitException($"The run went through more than {options.MaxTransitions} states.");
        }
    }
}
